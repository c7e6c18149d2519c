"""The sample plug-in and mithaq, as wheels in an environment of their own, from the command line; and what docs say."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sysconfig
import venv
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "plugins.md").read_text("utf-8")
COMMANDS = re.findall(r"```bash\n(.*?)```", PAGE, re.DOTALL)
MAIL = "examples/plugin/tests/agency.eml"
LANGUAGE = re.compile(r"```(\w*)\n")


class Place(NamedTuple):
    """An environment with both wheels, and a folder with the repository's examples."""

    bin: Path
    folder: Path

    def run(self, command: str, code: int = 0) -> tuple[str, str]:
        """Standard output and standard error of a shell command that ends with *code*."""
        known = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "MITHAQ_PLUGINS", "MITHAQ_DB")}
        # Offline, and with the build backend that is there: what pip would fetch is no part of what is tested.
        pip = {"PIP_NO_INDEX": "1", "PIP_NO_DEPS": "1", "PIP_NO_BUILD_ISOLATION": "off", "PIP_QUIET": "2"}
        env = {**known, **pip, "PATH": f"{self.bin}{os.pathsep}{known['PATH']}"}
        done = subprocess.run(["bash", "-ec", command], cwd=self.folder, env=env, capture_output=True, timeout=180)
        out, err = done.stdout.decode(), done.stderr.decode()
        assert "Traceback" not in err
        assert done.returncode == code, f"{command}\n{out}\n{err}"
        return out, err


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    folder = tmp_path_factory.mktemp("sample")
    shutil.copytree(ROOT / "examples", folder / "examples")
    environment = folder / "environment"
    venv.create(environment, symlinks=True)
    # The packages that mithaq needs are those of these tests; what is installed into the environment goes before them.
    site = Path(sysconfig.get_path("purelib", vars={"base": str(environment)}))
    (site / "present.pth").write_text(sysconfig.get_path("purelib") + "\n")
    pip = environment / "bin" / "pip"
    pip.write_text(f'#!/bin/sh\nexec "{environment}/bin/python" -m pip "$@"\n')
    pip.chmod(0o755)
    found = Place(environment / "bin", folder)
    found.run(f"pip wheel --wheel-dir wheels '{ROOT}' ./examples/plugin")
    assert sorted(p.name.split("-")[0] for p in (folder / "wheels").iterdir()) == ["mithaq", "mithaq_sample"]
    found.run("pip install wheels/*.whl")
    return found


def test_both_are_installed_from_their_wheels(place: Place) -> None:
    out, _ = place.run("python -c 'import mithaq, mithaq_sample; print(mithaq.__file__, mithaq_sample.__file__)'")
    assert [path.startswith(str(place.folder / "environment")) for path in out.split()] == [True, True]


def test_plugins_lists_one_of_each_kind(place: Place) -> None:
    rows = [json.loads(line) for line in place.run("mithaq plugins")[0].splitlines()]
    sample = [row for row in rows if row["plugin"] == "sample"]
    assert {(row["distribution"], row["version"]) for row in sample} == {("mithaq-sample", "1.0")}
    assert [(row["kind"], row["gives"]) for row in sample] == [
        ("format", "mail"),
        ("stage", "find_joint_statements"),
        ("backend", "lead"),
        ("exporter", "markdown"),
        ("lexicon", "sample"),
        ("command", "voices"),
    ]
    assert all(row["what"] for row in sample)
    assert len(rows) > 50
    assert "mithaq-sample" in place.run("mithaq plugins --format table")[0]
    assert place.run("mithaq plugins --format csv")[0].startswith("plugin,version,distribution,gives_kind,gives,")
    assert "voices" in place.run("mithaq --help")[0]
    assert "markdown" in place.run("mithaq export --help")[0]


@pytest.fixture(scope="module")
def page(place: Place) -> dict[str, tuple[str, str]]:
    """What each command of the page printed, in their order."""
    assert len(COMMANDS) == 3
    return {line: place.run(line) for block in COMMANDS for line in block.splitlines()}


def test_the_commands_of_the_page_read_explain_export_and_count(place: Place, page: dict[str, tuple[str, str]]) -> None:
    record = json.loads((place.folder / "records.jsonl").read_text("utf-8"))
    assert (record["outlet"], record["published"]) == ("نشرة البحيرة", "2026-03-10")
    assert [a["speaker"] for a in record["attributions"]] == ["بيان مشترك", "وزير الدفاع الكيني"]
    explained = page[f"mithaq explain {MAIL} --format table"][0]
    assert explained.count("joint statement") == 1
    assert "sample.nod" in explained
    lead = json.loads(page[f"mithaq read --backend lead --backend-option paragraphs=1 {MAIL}"][0])
    assert lead["provisions"] == record["provisions"][:1]
    assert page["mithaq voices records.jsonl"][0] == "1\tبيان مشترك\n1\tوزير الدفاع الكيني\n"
    ledger = (place.folder / "ledger.md").read_text("utf-8")
    assert "| IND KEN | exercise | agreed | 2026-03-10 | نشرة البحيرة |" in ledger
    assert page["mithaq plugins --check"][1] == ""
    assert "sample" in page["mithaq plugins"][0]
    assert '"sample"' not in page["MITHAQ_PLUGINS=off mithaq plugins"][0]


def test_a_backend_refuses_what_it_does_not_know(place: Place) -> None:
    out, err = place.run(f"mithaq read --backend lead --backend-option lines=2 {MAIL}", 2)
    assert (out, err) == ("", "mithaq: the backend 'lead' has no option 'lines' (it has: paragraphs)\n")


def test_its_own_tests_pass(place: Place) -> None:
    assert "6 passed" in place.run("python -m pytest -q -c /dev/null -p no:cacheprovider examples/plugin/tests")[0]


def test_the_page_shows_what_the_sample_has() -> None:
    project = (ROOT / "examples" / "plugin" / "pyproject.toml").read_text("utf-8")
    (toml,) = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    assert [line for line in toml.splitlines() if line not in project] == []
    assert set(LANGUAGE.findall(PAGE)) <= {"bash", "toml", "python", ""}
    for path in re.findall(r"\]\((\.\./[^)]+)\)", PAGE):
        assert (ROOT / "docs" / path).exists(), path


def test_a_broken_plugin_beside_it_is_named_and_skipped(place: Place) -> None:
    broken = place.folder / "broken"
    shutil.copytree(ROOT / "examples" / "plugin", broken)
    shutil.move(broken / "src" / "mithaq_sample", broken / "src" / "mithaq_broken")
    project = (broken / "pyproject.toml").read_text("utf-8")
    project = project.replace("mithaq_sample", "mithaq_broken").replace("mithaq-sample", "mithaq-broken")
    (broken / "pyproject.toml").write_text(project.replace('sample = "', 'broken = "'), "utf-8")
    (broken / "src" / "mithaq_broken" / "__init__.py").write_text("import mithaq_that_is_not_there\n")
    place.run("pip install ./broken")
    try:
        out, err = place.run(f"mithaq read {MAIL}")
        why = "ModuleNotFoundError: No module named 'mithaq_that_is_not_there'"
        assert err == f"mithaq: plug-in 'broken' (mithaq-broken 1.0) is skipped: {why}\n"
        assert "نشرة البحيرة" in out
        skipped = [json.loads(line) for line in place.run("mithaq plugins")[0].splitlines()][-1]
        assert (skipped["plugin"], skipped["kind"], skipped["what"]) == ("broken", "skipped", why)
    finally:
        place.run("pip uninstall --yes mithaq-broken")
