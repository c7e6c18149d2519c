"""Zip archives: each member is read as a file is."""

from __future__ import annotations

import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import BinaryIO

from mithaq.errors import InputError
from mithaq.readers.formats import docx
from mithaq.readers.formats.archives import is_litter, refusal
from mithaq.readers.limits import MAX_DIRECTORY
from mithaq.readers.sources import Item, Source
from mithaq.readers.streams import seekable, unpacked

_MAGIC = (b"PK\x03\x04", b"PK\x05\x06")
_ENCRYPTED = 1
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2)
_END = struct.Struct("<4s4H2LH")
_END_MAGIC = b"PK\x05\x06"
_END_64 = struct.Struct("<4sQ2H2L4Q")
_END_64_MAGIC = b"PK\x06\x06"
_LONGEST_COMMENT = 1 << 16


def recognises(source: Source) -> bool:
    """By the first bytes."""
    return source.head().startswith(_MAGIC)


def read(source: Source) -> Iterator[Item]:
    """What the members hold, in the order of the archive's directory."""
    with seekable(source.stream) as file, opened(file) as archive:
        if docx.MAIN_PART in archive.namelist():
            yield from docx.read_file(replace(source, reader="docx"), file)
            return
        members = [m for m in archive.infolist() if not m.filename.endswith("/") and not is_litter(m.filename)]
        if not members:
            raise InputError("the archive holds no files")
        for member in members:
            yield from _member(source, archive, member)


@contextmanager
def opened(file: BinaryIO) -> Iterator[zipfile.ZipFile]:
    """The archive; raises :class:`~mithaq.errors.InputError`, also for what goes wrong while it is read."""
    _check_directory(file)
    try:
        with zipfile.ZipFile(file) as archive:
            yield archive
    except (zipfile.BadZipFile, NotImplementedError, zlib.error, EOFError, struct.error, RuntimeError, ValueError) as e:
        if isinstance(e, RecursionError):
            raise
        raise InputError(f"its zip data is damaged: {e}", "fetch or pack it again") from e


def _member(source: Source, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[Item]:
    name = member.filename
    if reason := refusal(name):
        yield source.aside(*reason, part=name[:80])
    elif stat.S_IFMT(member.external_attr >> 16) not in (0, stat.S_IFREG):
        yield source.aside("a link or device, not a file", "pack the file itself", part=name)
    elif member.flag_bits & _ENCRYPTED:
        yield source.aside("it is encrypted", "unpack it with its password", part=name)
    elif member.compress_type not in _METHODS:
        yield source.aside("packed by a rare method", "pack it again with the ordinary one (deflate)", part=name)
    else:
        try:
            with _named_damage(), archive.open(member) as file:
                yield from source.inner(unpacked(file, source.budget), name)
        except InputError as error:
            yield source.aside(error.message, error.hint, part=name)


@contextmanager
def _named_damage() -> Iterator[None]:
    try:
        yield
    except (zipfile.BadZipFile, NotImplementedError, zlib.error, EOFError, struct.error) as error:
        raise InputError(f"its zip data is damaged: {error}", "fetch or pack it again") from error


def _check_directory(file: BinaryIO) -> None:
    """Raise :class:`~mithaq.errors.InputError` if the directory, which is read into memory whole, is too large."""
    size = file.seek(0, 2)
    start = max(size - _LONGEST_COMMENT - _END.size - _END_64.size - 20, 0)
    file.seek(start)
    tail = file.read()
    file.seek(0)
    at = tail.rfind(_END_MAGIC)
    if 0 <= at <= len(tail) - _END.size:
        directory = _END.unpack_from(tail, at)[5]
        at_64 = tail.rfind(_END_64_MAGIC, 0, at)
        if 0 <= at_64 <= len(tail) - _END_64.size:
            directory = max(directory if directory != 0xFFFFFFFF else 0, _END_64.unpack_from(tail, at_64)[8])
        if directory > min(MAX_DIRECTORY, size):
            raise InputError(
                f"its directory is over {MAX_DIRECTORY // 1_000_000} MB, or not there", "pack its files as several zips"
            )
