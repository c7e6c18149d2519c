"""Streams that know how much they may give: what is unpacked is counted against what was taken from outside."""

from __future__ import annotations

import hashlib
import io
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO, Protocol, cast

from mithaq.errors import InputError
from mithaq.readers.limits import FREE_EXPANSION, MAX_EXPANSION, MAX_SPOOLED

CHUNK = 1 << 16


class Readable(Protocol):
    """All that is asked of a stream that another library opened."""

    def read(self, size: int, /) -> bytes:
        """At most *size* bytes; none at the end."""


class Budget:
    """What one input takes from outside, and what unpacking made of it, at all levels together."""

    def __init__(self) -> None:
        self.taken = 0
        self.made = 0

    def make(self, count: int) -> None:
        """Count unpacked bytes; raises :class:`~mithaq.errors.InputError` if they are out of proportion."""
        self.made += count
        if self.made > FREE_EXPANSION + MAX_EXPANSION * self.taken:
            raise InputError(
                f"it unpacks to over {MAX_EXPANSION} times its size", "a decompression bomb? unpack it yourself if not"
            )


class _Counted(io.RawIOBase):
    """The bytes of a stream, counted, at most *size* of them."""

    def __init__(self, stream: Readable, budget: Budget, made: bool, size: int | None = None) -> None:
        self._stream = stream
        self._budget = budget
        self._made = made
        self._left = size
        seekable = not made and getattr(stream, "seekable", bool)()
        self._start: int | None = stream.tell() if seekable else None  # type: ignore[attr-defined]
        # Whatever is there at once, rather than a full buffer: lines in a pipe are read as they come.
        self._read = getattr(stream, "read1", stream.read)

    def file(self) -> BinaryIO | None:
        """The file itself, if this is all of one, and it can be read in any order; it counts as taken."""
        stream: Any = self._stream
        if self._made or self._start != 0 or not _has_path(stream):
            return None
        self._budget.taken = max(self._budget.taken, stream.seek(0, 2))
        stream.seek(0)
        return cast(BinaryIO, stream)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        wanted = len(buffer) if self._left is None else min(len(buffer), self._left)
        data = self._read(wanted) if wanted else b""
        if wanted and not data and self._left:
            raise InputError("it breaks off before its end", "fetch or pack it again")
        buffer[: len(data)] = data
        if self._left is not None:
            self._left -= len(data)
        if self._made:
            self._budget.make(len(data))
        else:
            self._budget.taken += len(data)
        return len(data)


def _has_path(stream: Any) -> bool:
    """Whether the stream's ``name`` is the path of its file; that of standard input is not, whatever it is."""
    name = getattr(stream, "name", None)
    try:
        return isinstance(name, str) and os.path.samestat(os.stat(name), os.fstat(stream.fileno()))
    except OSError:
        return False


def outside(stream: Readable, budget: Budget) -> io.BufferedReader:
    """*stream* with what it gives counted as taken."""
    return io.BufferedReader(_Counted(stream, budget, made=False), CHUNK * 4)


def unpacked(stream: Readable, budget: Budget, size: int | None = None) -> io.BufferedReader:
    """*stream*, or *size* bytes of it, with what it gives counted as made."""
    return io.BufferedReader(_Counted(stream, budget, made=True, size=size), CHUNK)


def drain(stream: Readable) -> None:
    """Read to the end, keeping nothing."""
    while stream.read(CHUNK):
        pass


@contextmanager
def seekable(stream: io.BufferedReader) -> Iterator[BinaryIO]:
    """What *stream* holds as a file that can be read in any order; raises :class:`~mithaq.errors.InputError`.

    That is the file under it, or else a temporary copy; either has its path as its ``name``.
    """
    if isinstance(stream.raw, _Counted) and (given := stream.raw.file()):
        yield given
        return
    with tempfile.NamedTemporaryFile() as file:
        size = 0
        while data := stream.read(CHUNK):
            size += len(data)
            if size > MAX_SPOOLED:
                raise InputError(
                    f"over {MAX_SPOOLED // 1_000_000_000} GB in a stream, and its format cannot be read in order",
                    "unpack it, and give the file itself",
                )
            try:
                file.write(data)
            except OSError as error:
                raise InputError(
                    f"no room to copy it to a temporary file: {error.strerror}", "unpack it, and give the file itself"
                ) from error
        file.seek(0)
        yield cast(BinaryIO, file)


def hashed(file: BinaryIO) -> str:
    """The SHA-256 of a whole file, hexadecimal; it is left at its beginning."""
    digest = hashlib.sha256()
    while data := file.read(CHUNK):
        digest.update(data)
    file.seek(0)
    return digest.hexdigest()
