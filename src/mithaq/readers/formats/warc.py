"""WARC (ISO 28500): one report for each page that a crawl got, in one pass and with no record held in memory.

Not by a library: the usual one prints what it cannot read, takes damaged content for its end, and holds a line whole
however long it is.
"""

from __future__ import annotations

import io
from collections.abc import Iterator

from mithaq.errors import InputError
from mithaq.readers.limits import MAX_HEAD
from mithaq.readers.media import media_type
from mithaq.readers.sources import Item, Source
from mithaq.readers.streams import Readable, drain, unpacked

_MAGIC = b"WARC/"
_MEDIA = ("text/html", "application/xhtml+xml", "text/plain", "text/xml", "application/xml", "application/rss+xml",
          "application/atom+xml", "application/rdf+xml")  # fmt: skip
_STORED = ("resource", "conversion")
_OK = "200"
_AGAIN = "fetch it again"
_ENCODINGS = ("", "identity", "gzip", "x-gzip", "zstd")
"""Encodings of content that are read; what is compressed is seen by its first bytes, whatever its head says."""
_Head = dict[str, str]


def recognises(source: Source) -> bool:
    """By the first bytes."""
    return source.head().startswith(_MAGIC)


def read(source: Source) -> Iterator[Item]:
    """The report of each response with status 200, and of each stored resource, that is HTML, a feed or text."""
    stream = source.stream
    number = 0
    while (line := _next_line(stream)) is not None:
        if not line.startswith(_MAGIC):
            raise InputError(f"its WARC data is damaged after record {number}", _AGAIN)
        number += 1
        head = _head(stream)
        length = head.get("content-length", "")
        if not length.isdecimal():
            raise InputError(f"record {number} has no length: nothing behind it is read", _AGAIN)
        block = unpacked(stream, source.budget, int(length))
        yield from _record(source, head, block, number)
        drain(block)


def _record(source: Source, head: _Head, block: io.BufferedReader, number: int) -> Iterator[Item]:
    kind = head.get("warc-type", "")
    url = head.get("warc-target-uri", "").strip("<>")
    name = url or f"record {number}"
    if kind == "response":
        status = block.readline(MAX_HEAD)
        answer = _head(block)
        if status[:5] != b"HTTP/" or status.split(b" ", 2)[1:2] != [_OK.encode()]:
            return
    elif kind in _STORED:
        answer = {"content-type": head.get("content-type", "")}
    else:
        return
    media, charset = media_type(answer.get("content-type", ""))
    if media not in _MEDIA:
        return
    if answer.get("content-encoding", "").lower() not in _ENCODINGS:
        encoding = answer["content-encoding"]
        yield source.aside(f"its content encoding {encoding[:40]!r} is not read", "crawl without it", name)
        return
    content = block
    if "chunked" in answer.get("transfer-encoding", "").lower() and _Chunked.begins(block):
        content = unpacked(_Chunked(block), source.budget)
    yield from source.inner(content, name, media=media, charset=charset, url=url or None)


def _next_line(stream: io.BufferedReader) -> bytes | None:
    """The next line that is not blank; ``None`` at the end."""
    while line := stream.readline(MAX_HEAD):
        if line.strip():
            return line
    return None


def _head(stream: io.BufferedReader) -> _Head:
    """The fields up to a blank line, names in lower case, the first of each name; continued lines are joined."""
    fields: _Head = {}
    last = ""
    size = 0
    while (line := stream.readline(MAX_HEAD)).strip():
        size += len(line)
        if size > MAX_HEAD:
            raise InputError(f"the head of a record is over {MAX_HEAD >> 10} KB", _AGAIN)
        text = line.decode("utf-8", "replace")
        name, colon, value = text.partition(":")
        if text[0] in " \t" and last:
            fields[last] += " " + text.strip()
        elif colon:
            last = name.strip().lower()
            fields.setdefault(last, value.strip())
    return fields


class _Chunked:
    """A body in chunks (RFC 9112) → the body; raises :class:`~mithaq.errors.InputError` where it breaks off."""

    def __init__(self, stream: io.BufferedReader) -> None:
        self._stream: Readable = stream
        self._readline = stream.readline
        self._left = 0
        self._ended = False

    @staticmethod
    def begins(stream: io.BufferedReader) -> bool:
        """Whether the body is in chunks; crawlers that undo them leave the head as it was."""
        return _size(stream.peek(20)[:20].partition(b"\r\n")[0]) is not None

    def read(self, size: int) -> bytes:
        if not self._left and not self._ended:
            line = self._readline(MAX_HEAD)
            found = _size(line)
            if found is None:
                raise InputError("a chunk of its content is damaged", _AGAIN)
            self._left, self._ended = found, not found
        data = self._stream.read(min(size, self._left)) if self._left else b""
        self._left -= len(data)
        if data and not self._left:
            self._readline(2)
        return data


def _size(line: bytes) -> int | None:
    """The size of a chunk; ``None`` if the line gives none."""
    digits = line.partition(b";")[0].strip()
    try:
        return int(digits, 16) if len(digits) <= 8 and digits.isalnum() else None
    except ValueError:
        return None
