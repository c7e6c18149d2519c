"""Compressed bytes → a stream of what they unpack to: gzip, bzip2, xz and zstd, known by their first bytes."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

from mithaq.errors import InputError
from mithaq.readers.limits import MAX_WINDOW, MAX_WRAPPINGS
from mithaq.readers.needs import require
from mithaq.readers.streams import CHUNK, Budget, Readable, unpacked

_ZSTD_CHUNK = 512
"""Four bytes can unpack to 128 KB, so this many to 16 MB at once."""
PACKED_ENDINGS = (".gz", ".bz2", ".xz", ".zst")


class _Packing(NamedTuple):
    name: str
    magic: bytes
    open: Callable[[io.BufferedReader], Readable]


def unwrap(stream: io.BufferedReader, budget: Budget) -> io.BufferedReader:
    """*stream* with its compressions undone; raises :class:`~mithaq.errors.InputError`.

    What goes wrong later, while it is read, :func:`damage` turns into a message.
    """
    for _ in range(MAX_WRAPPINGS):
        packing = packing_of(stream)
        if packing is None:
            return stream
        stream = unpacked(packing.open(stream), budget)
    if packing_of(stream):
        raise InputError(f"compressed more than {MAX_WRAPPINGS} times over", "unpack it first")
    return stream


def packing_of(stream: io.BufferedReader) -> _Packing | None:
    """How a stream is compressed, by its first bytes; ``None`` if it is not."""
    start = stream.peek(6)[:6]
    return next((p for p in _PACKINGS if start.startswith(p.magic)), None)


@contextmanager
def damage() -> Iterator[None]:
    """Raise :class:`~mithaq.errors.InputError` for what the libraries of compression raise."""
    try:
        yield
    except (EOFError, zlib.error, gzip.BadGzipFile, lzma.LZMAError) as error:
        name = "xz" if isinstance(error, lzma.LZMAError) else "gzip"
        raise InputError(f"its {name} data is damaged: {error}", "fetch or pack it again") from error
    except _PackedError as error:
        raise InputError(str(error), "fetch or pack it again") from error


class _PackedError(Exception):
    """Damage that the library reports as an error of another kind."""


def _gzip(stream: io.BufferedReader) -> Readable:
    return gzip.GzipFile(fileobj=stream)


class _Bzip2:
    """``bz2.BZ2File`` raises the same ``OSError`` for damaged data and for a damaged disk."""

    def __init__(self, stream: io.BufferedReader) -> None:
        self._file = bz2.BZ2File(stream)

    def read(self, size: int) -> bytes:
        try:
            return self._file.read1(size)
        except (OSError, EOFError, ValueError) as error:
            if isinstance(error, OSError) and error.errno is not None:
                raise
            raise _PackedError(f"its bzip2 data is damaged: {error}") from error


class _Xz:
    """``lzma.LZMAFile`` takes as much memory as the data ask for; this takes ``MAX_WINDOW``."""

    def __init__(self, stream: io.BufferedReader) -> None:
        self._stream = stream
        self._unpacker = self._new()

    def read(self, size: int) -> bytes:
        while True:
            if self._unpacker.eof:  # several streams may follow one another
                rest = (self._unpacker.unused_data or self._stream.read(CHUNK)).lstrip(b"\0")
                if not rest:
                    return b""
                self._unpacker = self._new()
            elif self._unpacker.needs_input:
                rest = self._stream.read1(CHUNK)
                if not rest:
                    raise lzma.LZMAError("it ends before its end mark")
            else:
                rest = b""
            if data := self._unpacker.decompress(rest, size):
                return data

    @staticmethod
    def _new() -> lzma.LZMADecompressor:
        return lzma.LZMADecompressor(memlimit=MAX_WINDOW)


class _Zstd:
    """The library's own stream takes data that break off for whole, so its frames are unpacked one by one here."""

    def __init__(self, stream: io.BufferedReader) -> None:
        zstandard = require("zstandard", "zstd")
        self._error: type[Exception] = zstandard.ZstdError
        self._new = zstandard.ZstdDecompressor(max_window_size=MAX_WINDOW).decompressobj
        self._stream = stream
        self._unpacker = self._new()
        self._begun = False
        self._ready = memoryview(b"")

    def read(self, size: int) -> bytes:
        while not self._ready:
            ended = self._unpacker.eof
            rest = (self._unpacker.unused_data if ended else b"") or self._stream.read1(_ZSTD_CHUNK)
            if not rest:
                if self._begun and not ended:
                    raise _PackedError("its zstd data is damaged: it ends before its end mark")
                return b""
            if ended:
                self._unpacker = self._new()
            self._begun = True
            try:
                self._ready = memoryview(self._unpacker.decompress(rest))
            except self._error as error:
                raise _PackedError(f"its zstd data is damaged: {error}") from error
        data, self._ready = self._ready[:size], self._ready[size:]
        return bytes(data)


_PACKINGS = (
    _Packing("gzip", b"\x1f\x8b", _gzip),
    _Packing("bzip2", b"BZh", _Bzip2),
    _Packing("xz", b"\xfd7zXZ\0", _Xz),
    _Packing("zstd", b"\x28\xb5\x2f\xfd", _Zstd),
)
