"""Tar archives: each member is read as a file is, in one pass and with no member held in memory."""

from __future__ import annotations

import io
import tarfile
from collections.abc import Iterator

from mithaq.errors import InputError
from mithaq.readers.formats.archives import is_litter, refusal
from mithaq.readers.limits import MAX_NAME
from mithaq.readers.sources import Item, Source
from mithaq.readers.streams import CHUNK, drain, unpacked

_BLOCK = tarfile.BLOCKSIZE
_MAGIC = slice(257, 262)
_LONG_NAME = tarfile.GNUTYPE_LONGNAME
_PASSED = (tarfile.XGLTYPE, tarfile.GNUTYPE_LONGLINK, tarfile.SOLARIS_XHDTYPE)
_FILES = (tarfile.REGTYPE, tarfile.AREGTYPE, tarfile.CONTTYPE)
_HEADER_SIZE = 1 << 20


def recognises(source: Source) -> bool:
    """By the mark in the first header."""
    head = source.head()
    return len(head) >= _BLOCK and head[_MAGIC] == b"ustar"


def read(source: Source) -> Iterator[Item]:
    """What the members hold, in their order."""
    # tarfile's own stream reads extended headers whole, whatever size they claim, and remembers every member.
    stream = source.stream
    count = 0
    name: str | None = None
    while (header := _header(stream)) is not None:
        if header.type in (_LONG_NAME, tarfile.XHDTYPE):
            data = _content(stream, header)
            given = _long_name(data) if header.type == _LONG_NAME else _pax_path(data)
            name = given or name
            continue
        member = name or header.name
        if header.type in _PASSED:
            _pass(stream, header.size)
            continue
        name = None
        if header.type == tarfile.DIRTYPE or is_litter(member):
            _pass(stream, header.size)
            continue
        count += 1
        content = unpacked(stream, source.budget, header.size)
        if reason := refusal(member):
            yield source.aside(*reason, part=member[:80])
        elif header.type not in _FILES:
            yield source.aside("a link or device, not a file", "pack the file itself", part=member)
            continue  # such headers have no content, whatever size they claim
        else:
            yield from source.inner(content, member)
        drain(content)
        _pass(stream, -header.size % _BLOCK, exact=True)
    if not count:
        raise InputError("the archive holds no files")


def _header(stream: io.BufferedReader) -> tarfile.TarInfo | None:
    """The next header; ``None`` at the end."""
    block = stream.read(_BLOCK)
    if not block:  # what is whole ends with empty blocks
        raise InputError("its tar data breaks off", "fetch or pack it again")
    if not block.strip(b"\0"):
        return None
    try:
        header = tarfile.TarInfo.frombuf(block, "utf-8", "replace")
    except tarfile.HeaderError as error:
        raise InputError(f"its tar data is damaged: {error}", "fetch or pack it again") from error
    if header.size < 0:
        raise InputError("its tar data is damaged: a size below nothing", "fetch or pack it again")
    return header


def _content(stream: io.BufferedReader, header: tarfile.TarInfo) -> bytes:
    if header.size > _HEADER_SIZE:
        raise InputError(f"a header is over {_HEADER_SIZE >> 20} MB", "who made this archive?")
    data = stream.read(header.size)
    _pass(stream, -header.size % _BLOCK, exact=True)
    return data


def _pass(stream: io.BufferedReader, size: int, exact: bool = False) -> None:
    """Pass over *size* bytes, and unless *exact* to the end of their last block."""
    left = size if exact else size + -size % _BLOCK
    while left and (data := stream.read(min(left, CHUNK))):
        left -= len(data)
    if left:
        raise InputError("its tar data breaks off", "fetch or pack it again")


def _long_name(data: bytes) -> str:
    return data.rstrip(b"\0")[: MAX_NAME + 1].decode("utf-8", "replace")


def _pax_path(data: bytes) -> str | None:
    """The ``path`` of an extended header: records of "LENGTH KEY=VALUE\\n"."""
    path = None
    while data:
        length, space, _ = data.partition(b" ")
        if not space or not length.isdigit() or not len(length) < int(length) <= len(data):
            break
        key, _, value = data[len(length) + 1 : int(length)].partition(b"=")
        if key == b"path":
            path = value.rstrip(b"\n")[: MAX_NAME + 1].decode("utf-8", "replace")
        data = data[int(length) :]
    return path
