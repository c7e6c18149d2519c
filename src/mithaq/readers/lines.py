"""A stream of bytes → lines of bounded length."""

from __future__ import annotations

import codecs
import io
from collections.abc import Callable, Iterator

from mithaq.readers.encodings import UTF_16
from mithaq.readers.items import MAX_BYTES

_CHUNK = 1 << 20


def lines(stream: io.BufferedReader) -> Iterator[tuple[int, bytes | None]]:
    """The number (from 1) and the bytes of each line that is not blank, in UTF-8 and without its mark.

    A line over ``MAX_BYTES`` gives ``None``, and is skipped without being held in memory.
    """
    read = _read_line(stream)
    number = 0
    while line := read(MAX_BYTES + 1):
        number += 1
        if len(line) > MAX_BYTES:
            while line and not line.endswith(b"\n"):
                line = read(_CHUNK)
            yield number, None
            continue
        if number == 1:
            line = line.removeprefix(codecs.BOM_UTF8)
        if line := line.strip():
            yield number, line


def _read_line(stream: io.BufferedReader) -> Callable[[int], bytes]:
    """A function that reads one line up to a limit, in UTF-8 whatever the stream is in."""
    if not stream.peek(2).startswith(UTF_16):
        return stream.readline
    text = io.TextIOWrapper(stream, "utf-16", errors="surrogatepass", newline="\n")
    return lambda limit: text.readline(limit).encode("utf-8", "surrogatepass")
