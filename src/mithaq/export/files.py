"""Writing a file or a folder so that it is there whole or not at all.

What is written goes under a temporary name beside its place, is forced to the disk, and is renamed at the end. An
error, an interrupt or a full disk leaves what was there before, and no temporary file.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import IO

from mithaq.errors import ExportError


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """A temporary path to write to; it takes the place of *path* when the block ends well.

    Raises :class:`~mithaq.errors.ExportError` where *path* cannot be a file of its own (a folder, a device, a missing
    folder) and for any error of the operating system while writing.
    """
    place = _place(path)
    if place.exists() and not place.is_file():
        kind = "a folder" if place.is_dir() else "no ordinary file"
        raise ExportError(f"{path} is {kind}", "give the name of a file")
    temporary = _beside(place)
    try:
        os.close(os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))
        yield temporary
        _to_disk(temporary)
        os.replace(temporary, place)
    except OSError as error:
        raise _refused(path, error) from error
    finally:
        temporary.unlink(missing_ok=True)


@contextmanager
def whole_text(path: Path, bom: bool = False, newline: str = "\n") -> Iterator[IO[str]]:
    """An open UTF-8 text file that takes the place of *path* when the block ends well (see :func:`whole_file`)."""
    encoding = "utf-8-sig" if bom else "utf-8"
    with whole_file(path) as temporary, temporary.open("w", encoding=encoding, newline=newline) as file:
        yield file


@contextmanager
def whole_folder(path: Path, names: tuple[str, ...]) -> Iterator[Path]:
    """A temporary folder to write the files *names* in; it takes the place of *path* when the block ends well.

    A folder that holds anything else is never replaced: :class:`~mithaq.errors.ExportError`.
    """
    place = _place(path)
    if place.exists() and not place.is_dir():
        raise ExportError(f"{path} is a file", "this form writes a folder: give the name of one")
    strange = sorted(set(os.listdir(place)) - set(names)) if place.exists() else []
    if strange:
        raise ExportError(
            f"{path} holds {strange[0]!r}, which is no part of an export", "give a new or an empty folder"
        )
    temporary, old = _beside(place), _beside(place)
    try:
        temporary.mkdir()
        yield temporary
        for name in names:
            _to_disk(temporary / name)
        if place.exists():
            os.rename(place, old)
        os.rename(temporary, place)
    except OSError as error:
        raise _refused(path, error) from error
    finally:
        if old.exists() and not place.exists():
            os.rename(old, place)
        shutil.rmtree(temporary, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)


def _place(path: Path) -> Path:
    """Where *path* leads, links followed, so that a link stays a link."""
    place = path.resolve()
    if not place.parent.is_dir():
        raise ExportError(f"{path}: there is no folder {place.parent}", "make it first")
    return place


_numbers = count()


def _beside(place: Path) -> Path:
    """A name of this process in the same folder, which is on the same disk."""
    return place.with_name(f".{place.name[:100]}.{os.getpid()}-{next(_numbers)}.tmp")


def _to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _refused(path: Path, error: OSError) -> ExportError:
    return ExportError(f"{path} cannot be written: {error.strerror or error}", "nothing was changed there")
