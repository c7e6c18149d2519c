"""Formats that are known but not read: each with what to do instead."""

from __future__ import annotations

from collections.abc import Iterator

from mithaq.errors import InputError
from mithaq.readers.formats.heads import first_tag, plain_start
from mithaq.readers.sources import Item, Source

_KNOWN = (
    (b"{\\rtf", "RTF", "save it as DOCX or as text"),
    (b"\xd0\xcf\x11\xe0", "a document of old Office (.doc, .xls, .msg)", "save it as DOCX or CSV"),
    (b"\x89PNG", "a picture", "run OCR on it, and give the text"),
    (b"\xff\xd8\xff", "a picture", "run OCR on it, and give the text"),
    (b"GIF8", "a picture", "run OCR on it, and give the text"),
    (b"II*\x00", "a picture", "run OCR on it, and give the text"),
    (b"MM\x00*", "a picture", "run OCR on it, and give the text"),
    (b"AT&TFORM", "DjVu", "run OCR on it, and give the text"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", "unpack it, or pack it as zip"),
    (b"Rar!\x1a\x07", "a RAR archive", "unpack it, or pack it as zip"),
    (b"SQLite format 3\x00", "an SQLite database", "export it as CSV or JSON Lines"),
    (b"%!PS", "PostScript", "make a PDF of it"),
)
_ZIPPED = (
    (b"mimetypeapplication/epub+zip", "EPUB", "give its text, or its chapters as HTML"),
    (b"mimetypeapplication/vnd.oasis", "an OpenDocument file", "save it as DOCX"),
)
_ZIP = b"PK\x03\x04"


def recognises(source: Source) -> bool:
    """By the first bytes; or markup that is neither HTML nor a feed."""
    return _name(source) is not None


def is_zipped(source: Source) -> bool:
    """By the member that stands first in the zips of these formats."""
    head = source.head()
    return head.startswith(_ZIP) and any(mark in head[:100] for mark, _, _ in _ZIPPED)


def read(source: Source) -> Iterator[Item]:
    """Nothing: raises :class:`~mithaq.errors.InputError`."""
    name, hint = _name(source) or ("a format", "")
    raise InputError(f"{name} is not read", hint)
    yield


def _name(source: Source) -> tuple[str, str] | None:
    head = source.head()
    for magic, name, hint in _KNOWN:
        if head.startswith(magic):
            return name, hint
    for mark, name, hint in _ZIPPED:
        if head.startswith(_ZIP) and mark in head[:100]:
            return name, hint
    if plain_start(head).startswith(b"<?xml"):
        return f"XML that begins with <{first_tag(head)}>", "give HTML, a feed, or the text"
    return None
