"""What holds for every form: it is whole or not there, and takes any text."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from export_builder import agreement, full, hostile

from mithaq.errors import ExportError, MithaqError
from mithaq.export import EXPORTS, Options, export, parquet
from mithaq.ledger.items import Agreement

ROOT = Path(__file__).parents[2]
FORMS = pytest.mark.parametrize("form", sorted(EXPORTS))


def place(folder: Path, form: str) -> Path:
    return folder / f"ledger{EXPORTS[form].ending}"


def content(path: Path) -> dict[str, bytes]:
    """Every file under *path* with its bytes."""
    files = sorted(path.rglob("*")) if path.is_dir() else [path]
    return {str(f): f.read_bytes() for f in files if f.is_file()}


def breaking(error: BaseException) -> Iterator[Agreement]:
    yield full()
    raise error


def test_the_table_of_forms() -> None:
    assert list(EXPORTS) == ["jsonl", "csv", "parquet", "sqlite", "plover", "ftm", "ics", "graphml"]
    assert {name: e.extra for name, e in EXPORTS.items() if e.extra} == {
        "parquet": "parquet",
        "ftm": "ftm",
        "ics": "export",
        "graphml": "export",
    }
    assert all(e.what and (e.ending.startswith(".") or name == "parquet") for name, e in EXPORTS.items())


def test_an_unknown_form_names_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="did you mean 'jsonl'"):
        export("jsnol", [], tmp_path / "x")


@FORMS
def test_the_same_ledger_gives_the_same_bytes(form: str, tmp_path: Path) -> None:
    path = place(tmp_path, form)
    assert export(form, [full()], path) > 0
    first = content(path)
    assert first
    export(form, [full()], path)
    assert content(path) == first


@FORMS
def test_nothing_and_hostile_text_are_written(form: str, tmp_path: Path) -> None:
    assert export(form, [], place(tmp_path, form)) == 0
    assert export(form, hostile(), place(tmp_path, form)) > 0
    assert [p.name for p in tmp_path.iterdir()] == [place(tmp_path, form).name]


@FORMS
@pytest.mark.parametrize("error", [RuntimeError("lost"), KeyboardInterrupt()])
def test_a_failure_midway_leaves_nothing_or_what_was_there(form: str, error: BaseException, tmp_path: Path) -> None:
    path = place(tmp_path, form)
    with pytest.raises(type(error)):
        export(form, breaking(error), path)
    assert list(tmp_path.iterdir()) == []
    export(form, [agreement("old")], path)
    before = content(path)
    with pytest.raises(type(error)):
        export(form, breaking(error), path)
    assert content(path) == before
    assert list(tmp_path.iterdir()) == [path]


@FORMS
def test_a_full_disk_is_said_and_leaves_what_was_there(
    form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = place(tmp_path, form)
    export(form, [agreement("old")], path)
    before = content(path)

    def full_disk(handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full_disk)
    with pytest.raises(ExportError, match="No space left on device"):
        export(form, [full()], path)
    assert content(path) == before
    assert list(tmp_path.iterdir()) == [path]


SMALL_DISK = """
import resource, signal, sys
from dataclasses import replace
from pathlib import Path
from export_builder import full
from mithaq.errors import ExportError
from mithaq.export import export
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (8_000, 8_000))
def many():
    for n in range(150):
        commitments = tuple(replace(c, id=f"{n}-{c.id}", agreement=f"a{n}") for c in full().commitments)
        yield replace(full(), id=f"a{n}", commitments=commitments)
for form, path in zip(*[iter(sys.argv[1:])] * 2):
    try:
        export(form, many(), Path(path))
    except ExportError as error:
        print(form, error.message)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="this system has no limit on the size of files")
def test_a_disk_that_fills_while_writing_is_said(tmp_path: Path) -> None:
    # Each file may grow to 8,000 octets: the error comes from a write in the middle, as on a disk that fills.
    forms = [f for f in EXPORTS if f != "graphml"]  # its size is that of the pairs and areas, not of the ledger
    places = {f: place(tmp_path, f) for f in forms}
    places["plover"] = tmp_path / "plover.jsonl"
    for form, path in places.items():
        export(form, [agreement("old")], path)
    before = {f: content(p) for f, p in places.items()}
    listed = sorted(tmp_path.iterdir())
    paths = [str(ROOT / "src"), str(ROOT / "tests" / "export")]
    done = subprocess.run(
        [sys.executable, "-c", SMALL_DISK, *(x for f, p in places.items() for x in (f, str(p)))],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    assert [line.split()[0] for line in done.stdout.splitlines()] == forms
    assert all("cannot be written" in line for line in done.stdout.splitlines())
    assert {f: content(p) for f, p in places.items()} == before
    assert sorted(tmp_path.iterdir()) == listed


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize("form", ["jsonl", "ics"])
def test_a_device_is_never_replaced(form: str) -> None:
    with pytest.raises(ExportError, match="no ordinary file"):
        export(form, [full()], Path("/dev/full"))
    assert Path("/dev/full").is_char_device()


@FORMS
def test_a_missing_folder_is_said(form: str, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="there is no folder"):
        export(form, [full()], tmp_path / "none" / "x")


@pytest.mark.parametrize(
    ("form", "module"),
    [("parquet", "pyarrow"), ("ftm", "followthemoney"), ("ics", "icalendar"), ("graphml", "networkx")],
)
def test_a_missing_package_is_one_error_with_the_command(
    form: str, module: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(MithaqError) as raised:
        export(form, [full()], place(tmp_path, form))
    assert module in raised.value.message
    assert raised.value.hint == "pip install 'mithaq[export]'"
    assert list(tmp_path.iterdir()) == []


def test_a_file_form_refuses_a_folder_and_a_folder_form_refuses_strange_files(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="is a folder"):
        export("csv", [full()], tmp_path)
    (tmp_path / "letter.txt").write_text("mine", "utf-8")
    with pytest.raises(ExportError, match=r"holds 'letter\.txt'"):
        export("parquet", [full()], tmp_path)
    with pytest.raises(ExportError, match="is a file"):
        export("parquet", [full()], tmp_path / "letter.txt")
    assert (tmp_path / "letter.txt").read_text("utf-8") == "mine"


def test_a_link_stays_a_link_and_a_file_is_readable_by_others(tmp_path: Path) -> None:
    (tmp_path / "real.csv").write_text("old", "utf-8")
    link = tmp_path / "link.csv"
    link.symlink_to("real.csv")
    umask = os.umask(0o022)
    try:
        export("csv", [full()], link, Options())
    finally:
        os.umask(umask)
    assert link.is_symlink()
    assert (tmp_path / "real.csv").read_text("utf-8").startswith("agreement,")
    assert (tmp_path / "real.csv").stat().st_mode & 0o777 == 0o644


@pytest.mark.parametrize("form", ["jsonl", "csv", "parquet", "sqlite", "plover", "ftm", "ics"])
def test_agreements_are_written_as_they_come(form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "GROUP", 2)
    alive = 0
    most = 0

    class Watched:
        """Counts the agreements that someone still holds."""

        def __init__(self) -> None:
            nonlocal alive, most
            alive += 1
            most = max(most, alive)

        def __del__(self) -> None:
            nonlocal alive
            alive -= 1

    def many() -> Iterator[Agreement]:
        for n in range(200):
            watched = agreement(f"a{n}")
            object.__setattr__(watched, "name", _Held("x", Watched()))
            yield watched

    export(form, many(), place(tmp_path, form))
    assert most <= 4


class _Held(str):
    """A string that keeps something alive as long as itself."""

    what: object

    def __new__(cls, text: str, what: object) -> _Held:
        made = super().__new__(cls, text)
        made.what = what
        return made
