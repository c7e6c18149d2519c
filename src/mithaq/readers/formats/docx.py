"""DOCX: one report, its paragraphs and tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from mithaq.errors import InputError
from mithaq.readers.confined import parse
from mithaq.readers.limits import MAX_DOCUMENT, PARSER_SECONDS
from mithaq.readers.needs import check
from mithaq.readers.sources import Item, Source

MAIN_PART = "word/document.xml"
_MARKS = (b"[Content_Types].xml", MAIN_PART.encode())
_HINT = "save it without pictures"


def recognises(source: Source) -> bool:
    """By the first bytes and the names behind them; zips hand over those whose other parts come first."""
    head = source.head()
    return head.startswith(b"PK\x03\x04") and any(mark in head for mark in _MARKS)


def read(source: Source) -> Iterator[Item]:
    """The one report."""
    yield from _read(source, source.whole(MAX_DOCUMENT, "the document", _HINT))


def read_file(source: Source, file: BinaryIO) -> Iterator[Item]:
    """The one report of a zip that turns out to be one."""
    check("lxml", "docx")
    file.seek(0)
    data = file.read(MAX_DOCUMENT + 1)
    if len(data) > MAX_DOCUMENT:
        raise InputError(f"the document is over {MAX_DOCUMENT // 1_000_000} MB", _HINT)
    yield from _read(source, data)


def _read(source: Source, data: bytes) -> Iterator[Item]:
    for made in parse("docx", data, PARSER_SECONDS):
        yield source.located(made, data)
