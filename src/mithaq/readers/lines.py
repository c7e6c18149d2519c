"""A stream of bytes → lines of bounded length."""

from __future__ import annotations

import codecs
import io
from collections.abc import Callable, Iterator

from mithaq.errors import InputError
from mithaq.readers.encodings import UTF_16
from mithaq.readers.limits import MAX_BYTES, MAX_SKIPPED

_CHUNK = 1 << 20


def lines(stream: io.BufferedReader) -> Iterator[tuple[int, bytes | None]]:
    """The number (from 1) and the bytes of each line that is not blank, in UTF-8 and without its mark.

    A line over ``MAX_BYTES`` gives ``None``, and is skipped without being held in memory; one over ``MAX_SKIPPED``
    raises :class:`~mithaq.errors.InputError`.
    """
    if is_utf_16(stream):
        text = io.TextIOWrapper(stream, "utf-16", errors="surrogatepass", newline="\n")
        try:
            for number, _, line in _lines(lambda limit: text.readline(limit).encode("utf-8", "surrogatepass")):
                yield number, line
        finally:
            text.detach()  # whoever opened the stream closes it
    else:
        for number, _, line in _lines(stream.readline):
            yield number, line


def is_utf_16(stream: io.BufferedReader) -> bool:
    """Whether a stream says by its mark that it is UTF-16, whose lines cannot be told by their bytes."""
    return stream.peek(2).startswith(UTF_16)


def lines_at(stream: io.BufferedReader, before: int = 0, offset: int = 0) -> Iterator[tuple[int, int, bytes | None]]:
    """As :func:`lines`, with the offset (bytes) at which each line begins; not for UTF-16.

    *before* lines of *offset* bytes stand before the stream.
    """
    return _lines(stream.readline, before, offset)


def _lines(read: Callable[[int], bytes], before: int = 0, offset: int = 0) -> Iterator[tuple[int, int, bytes | None]]:
    """*read* gives one line, or as much of it as the limit allows, and nothing at the end."""
    number, end = before, offset
    while line := read(MAX_BYTES + 1):
        number += 1
        start = end
        end += len(line)
        if len(line) > MAX_BYTES:
            skipped = 0
            while line and not line.endswith(b"\n"):
                skipped += len(line)
                if skipped > MAX_SKIPPED:
                    raise InputError(f"a line of over {MAX_SKIPPED // 1_000_000} MB: nothing behind it is read")
                line = read(_CHUNK)
                end += len(line)
            yield number, start, None
            continue
        if number == 1:
            line = line.removeprefix(codecs.BOM_UTF8)
        if line := line.strip():
            yield number, start, line
