"""Zip archives: each member is read as a file is."""

from __future__ import annotations

import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
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
_DAMAGE = (zipfile.BadZipFile, NotImplementedError, RuntimeError, zlib.error, EOFError, struct.error, OSError,
           ValueError, OverflowError, IndexError)  # fmt: skip
"""What the library raises over bytes that it did not expect; ``OSError`` for places that no file has."""
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
    with seekable(source.stream) as file, _opened(file) as archive:
        if docx.MAIN_PART in archive.namelist():
            yield from docx.read_file(replace(source, reader="docx"), file)
            return
        members = [m for m in archive.infolist() if not m.filename.endswith("/") and not is_litter(m.filename)]
        if not members:
            raise InputError("the archive holds no files")
        for member in members:
            yield from _member(source, archive, member)


def _opened(file: BinaryIO) -> zipfile.ZipFile:
    _check_directory(file)
    try:
        return zipfile.ZipFile(file)
    except _DAMAGE as error:
        raise _damaged(error) from error


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
            content = _Content(archive, member)
        except InputError as error:
            yield source.aside(error.message, error.hint, name)
        else:
            with content:
                yield from source.inner(unpacked(content, source.budget), name)


class _Content:
    """What is in a member; raises :class:`~mithaq.errors.InputError` for whatever the library finds wrong with it."""

    def __init__(self, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
        try:
            self._file = archive.open(member)
        except _DAMAGE as error:
            raise _damaged(error) from error

    def read(self, size: int) -> bytes:
        try:
            return self._file.read(size)
        except _DAMAGE as error:
            raise _damaged(error) from error

    def __enter__(self) -> None:
        pass

    def __exit__(self, *_: object) -> None:
        self._file.close()


def _damaged(error: Exception) -> InputError:
    return InputError(f"its zip data is damaged: {error!s:.200}", "fetch or pack it again")


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
