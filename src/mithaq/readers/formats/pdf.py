"""PDF with a text layer: one report."""

from __future__ import annotations

from collections.abc import Iterator

from mithaq.readers.confined import parse
from mithaq.readers.limits import MAX_DOCUMENT, PDF_SECONDS
from mithaq.readers.sources import Item, Source

_WITHIN = 1024
"""Some producers leave white space before the mark."""


def recognises(source: Source) -> bool:
    """By the mark among the first bytes; before it there is no text that could be read for itself."""
    head = source.head()
    at = head.find(b"%PDF-", 0, _WITHIN)
    return at == 0 or (at > 0 and not head[:at].strip(b"\x00\t\r\n \xef\xbb\xbf"))


def read(source: Source) -> Iterator[Item]:
    """The one report, and the pages that have no text layer."""
    data = source.whole(MAX_DOCUMENT, "the document", "split it")
    for made in parse("pdf", data, PDF_SECONDS):
        yield source.located(made, data)
