"""``manifest.json``: what a folder was made of, and how far it is. It says no time of day: the same run, the same file.

A folder goes on only with the inputs, the options and the version of mithaq that it began with: else its rows would
not belong together.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from mithaq.batch.shards import Job
from mithaq.batch.tables import TABLES
from mithaq.batch.writing import WORK, shards_in
from mithaq.errors import RunError

NAME = "manifest.json"
KIND = "mithaq run"
FORMAT = 1
"""The version of the tables and of this file."""
_NEW_FOLDER = "give --out a new folder"


@dataclass(frozen=True, slots=True)
class Manifest:
    """*inputs* are objects with ``path``, ``size`` (bytes) and ``changed`` (nanoseconds since 1970); ``totals`` says
    how many shards and rows there are so far, all of them if *complete*."""

    mithaq: str
    options: dict[str, Any]
    inputs: list[dict[str, Any]]
    complete: bool = False
    totals: dict[str, int] | None = None

    def with_totals(self, totals: dict[str, int], complete: bool) -> Manifest:
        """The same run, so far."""
        return replace(self, totals=totals, complete=complete)


def of(inputs: Sequence[str], job: Job) -> Manifest:
    """The manifest of a run that begins; raises :class:`~mithaq.errors.RunError` for inputs that cannot be resumed."""
    options = {
        "shard": job.shard,
        "outlet": job.defaults.outlet,
        "published": job.defaults.published,
        "column": dict(sorted(job.columns)),
    }
    seen: set[str] = set()
    found = []
    for path in inputs:
        real = os.path.realpath(path)
        if real in seen:
            raise RunError(f"{path} is given twice", "name each input once")
        seen.add(real)
        found.append(_input(path))
    return Manifest(job.reader, options, found)


def _input(path: str) -> dict[str, Any]:
    if path == "-":
        raise RunError("a run cannot take up standard input again where it stopped", "write it to a file first")
    try:
        state = os.stat(path)
    except OSError as error:
        raise RunError(f"{path}: {error.strerror or error}", "check the paths of the inputs") from error
    if not os.path.isfile(path):
        raise RunError(f"{path} is no ordinary file", "name the files themselves")
    return {"path": path, "size": state.st_size, "changed": state.st_mtime_ns}


def load(folder: Path) -> Manifest | None:
    """The manifest of a folder, ``None`` if it has none; raises :class:`~mithaq.errors.RunError` if it is no such."""
    try:
        data = json.loads((folder / NAME).read_text("utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError) as error:
        raise RunError(f"{folder / NAME} cannot be read: {error}", _NEW_FOLDER) from error
    if not isinstance(data, dict) or data.get("kind") != KIND:
        raise RunError(f"{folder / NAME} is not of mithaq run", _NEW_FOLDER)
    if data.get("format") != FORMAT:
        raise RunError(f"{folder} was written by another version of mithaq (format {data.get('format')})", _NEW_FOLDER)
    return Manifest(data["mithaq"], data["options"], data["inputs"], data["complete"], data["totals"])


def store(folder: Path, manifest: Manifest) -> None:
    """Write the manifest, whole or not at all."""
    fields = {name: getattr(manifest, name) for name in ("mithaq", "options", "inputs", "complete", "totals")}
    temporary = folder / WORK / NAME
    temporary.write_text(
        json.dumps({"kind": KIND, "format": FORMAT, **fields}, indent=1, ensure_ascii=False) + "\n", "utf-8"
    )
    os.replace(temporary, folder / NAME)


@contextmanager
def entered(folder: Path, wanted: Manifest) -> Iterator[Manifest]:
    """The folder, made or found, for this process alone; the manifest that it has.

    Raises :class:`~mithaq.errors.RunError` if it is of another run, holds other things, or another process is at it.
    """
    found = load(folder)
    if found is None:
        strange = sorted(set(os.listdir(folder)) - {WORK, *TABLES}) if folder.is_dir() else []
        if strange or (folder.exists() and not folder.is_dir()):
            raise RunError(f"{folder} holds {strange[0]!r}" if strange else f"{folder} is a file", _NEW_FOLDER)
        if shards_in(folder):
            raise RunError(f"{folder} holds shards but no {NAME}", _NEW_FOLDER)
    else:
        _compare(folder, found, wanted)
    for name in (WORK, *TABLES):
        (folder / name).mkdir(parents=True, exist_ok=True)
    with open(folder / WORK / "lock", "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise RunError(f"another mithaq run is writing to {folder}", "wait for it, or end it") from error
        _tidy(folder / WORK)
        if found is None:
            store(folder, wanted)
        yield found or wanted


def _tidy(work: Path) -> None:
    """What attempts that were killed left behind."""
    for path in work.iterdir():
        if path.name != "lock":
            path.unlink()


def _compare(folder: Path, found: Manifest, wanted: Manifest) -> None:
    if found.mithaq != wanted.mithaq:
        raise RunError(
            f"{folder} was begun with mithaq {found.mithaq}, this is {wanted.mithaq}", f"install that, or {_NEW_FOLDER}"
        )
    for name, value in wanted.options.items():
        if found.options.get(name) != value:
            was = found.options.get(name)
            raise RunError(
                f"{folder} was begun with other options: --{name} was {was!r}, now {value!r}",
                f"give the same options, or {_NEW_FOLDER}",
            )
    if [i["path"] for i in found.inputs] != [i["path"] for i in wanted.inputs]:
        raise RunError(
            f"{folder} was begun with other inputs, or in another order ({len(found.inputs):,} then, "
            f"{len(wanted.inputs):,} now)",
            f"give the same inputs, or {_NEW_FOLDER}",
        )
    for was, now in zip(found.inputs, wanted.inputs, strict=True):
        if was != now:
            raise RunError(f"{now['path']} has changed since {folder} was begun", _NEW_FOLDER)
