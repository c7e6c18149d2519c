"""WARC: one report for each page that a crawl got."""

from __future__ import annotations

import io
from collections.abc import Iterator
from email.message import Message
from typing import Any

from mithaq.errors import InputError
from mithaq.readers.needs import require
from mithaq.readers.sources import Item, Source
from mithaq.readers.streams import unpacked

_MAGIC = b"WARC/"
_MEDIA = ("text/html", "application/xhtml+xml", "text/plain", "text/xml", "application/xml", "application/rss+xml",
          "application/atom+xml", "application/rdf+xml")  # fmt: skip
_STORED = ("resource", "conversion")
_OK = "200"


def recognises(source: Source) -> bool:
    """By the first bytes."""
    return source.head().startswith(_MAGIC)


def read(source: Source) -> Iterator[Item]:
    """The report of each response with status 200, and of each stored resource, that is HTML, a feed or text."""
    iterator = require("warcio.archiveiterator", "warc")
    faults = require("warcio.exceptions", "warc")
    records = iter(iterator.ArchiveIterator(_AsItComes(source.stream)))
    number = 0
    while True:
        try:
            record: Any = next(records, None)
        except (faults.ArchiveLoadFailed, ValueError, UnicodeError, AttributeError, KeyError, IndexError) as error:
            raise InputError(f"its WARC data is damaged after record {number}: {error!s:.200}", "fetch it again") from error
        if record is None:
            break
        number += 1
        media, charset = _media(record)
        if media in _MEDIA:
            url = record.rec_headers.get_header("WARC-Target-URI") or ""
            url = url.strip("<>")
            stream = unpacked(_Payload(record), source.budget)
            yield from source.inner(stream, url or f"record {number}", media=media, charset=charset, url=url or None)
    if not number:
        raise InputError("no WARC record is found in it", "fetch it again")


def _media(record: Any) -> tuple[str, str | None]:
    """The media type and charset of what is to be read; an empty type if it is not."""
    if record.rec_type == "response" and record.http_headers:
        if record.http_headers.get_statuscode() != _OK:
            return "", None
        value = record.http_headers.get_header("Content-Type")
    elif record.rec_type in _STORED:
        value = record.rec_headers.get_header("Content-Type")
    else:
        return "", None
    header = Message()
    header["Content-Type"] = " ".join((value or "").split())
    charset = header.get_param("charset")
    return header.get_content_type(), charset if isinstance(charset, str) else None


class _Payload:
    """A record's content with transfer and content encodings undone; what breaks it is damage of this record."""

    def __init__(self, record: Any) -> None:
        self._raw = record.raw_stream
        self._stream: io.BufferedIOBase = record.content_stream()

    def read(self, size: int) -> bytes:
        try:
            data = self._stream.read(size)
        except (ValueError, EOFError) as error:
            raise InputError(f"the record is damaged: {error!s:.200}", "fetch it again") from error
        if not data and getattr(self._raw, "limit", 0) > 0:
            raise InputError("the record breaks off before its end", "fetch it again")
        return data


class _AsItComes:
    """A stream whose ``read`` gives what is there: what comes before damage is then read before the damage is met."""

    def __init__(self, stream: io.BufferedReader) -> None:
        self.read = stream.read1
