"""What a server sends as the body of an answer, unpacked piece by piece, and no more of it than is wanted."""

from __future__ import annotations

import zlib
from collections.abc import Iterable

from mithaq.errors import FetchError

ACCEPTED = "gzip, deflate"
"""What is asked for in ``Accept-Encoding``: what can be unpacked with a limit and without another library."""
_PIECE = 1 << 18
_GZIP_OR_ZLIB = 32 + zlib.MAX_WBITS
_AGAIN = "fetch it again later"


def body(pieces: Iterable[bytes], encoding: str, most: int) -> bytes:
    """The body whose transfer gives *pieces*, with its content encoding undone; *most* counts its bytes either way.

    Raises :class:`~mithaq.errors.FetchError` if it is larger, damaged, or packed in a way that was not asked for.
    """
    names = [name for part in encoding.lower().split(",") if (name := part.strip()) not in ("", "identity")]
    if len(names) > 1 or not set(names) <= {"gzip", "x-gzip", "deflate"}:
        raise FetchError(f"its content encoding is {encoding[:40]!r}, which was not asked for", _AGAIN)
    found = bytearray()
    unpack = _Unpack() if names else None
    for piece in pieces:
        for part in unpack.feed(piece) if unpack else (piece,):
            found += part
            if len(found) > most:
                raise FetchError(f"it is over {most / 1e6:g} MB", "fetch it yourself, and give the file")
    if unpack and not unpack.whole:
        raise FetchError("its gzip data breaks off", _AGAIN)
    return bytes(found)


class _Unpack:
    """gzip (also several in a row), zlib, and the bare deflate that some servers send instead of it."""

    def __init__(self) -> None:
        self._unpacker = zlib.decompressobj(_GZIP_OR_ZLIB)
        self._begun = False

    @property
    def whole(self) -> bool:
        """Whether what came so far ends where it should; an empty body does."""
        return self._unpacker.eof or not self._begun

    def feed(self, data: bytes) -> Iterable[bytes]:
        while data:
            if self._unpacker.eof:
                if not data.strip(b"\0"):  # padding behind the end
                    return
                self._unpacker = zlib.decompressobj(_GZIP_OR_ZLIB)
            try:
                yield self._unpacker.decompress(data, _PIECE)
            except zlib.error as error:
                if self._begun:
                    raise FetchError(f"its gzip data is damaged: {error}"[:120], _AGAIN) from error
                self._unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
                self._begun = True
                continue
            self._begun = True
            data = self._unpacker.unused_data if self._unpacker.eof else self._unpacker.unconsumed_tail
