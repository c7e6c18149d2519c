"""A page of HTML: one report, its article."""

from __future__ import annotations

from collections.abc import Iterator

from mithaq.readers.confined import parse
from mithaq.readers.formats.heads import first_tag
from mithaq.readers.limits import MAX_BYTES, PARSER_SECONDS
from mithaq.readers.sources import Item, Source

_TAGS = frozenset(
    ("!doctype html", "html", "head", "body", "meta", "title", "link", "script", "style", "base", "div", "main",
     "article", "section", "header", "nav", "table", "center", "font", "form", "p", "br", "h1", "h2", "h3", "span",
     "a", "b", "i", "strong", "em", "ul", "ol", "img", "blockquote", "hr")
)  # fmt: skip


def recognises(source: Source) -> bool:
    """By the first element, whatever stands before it."""
    return first_tag(source.head()) in _TAGS


def read(source: Source) -> Iterator[Item]:
    """The one report."""
    data = source.whole(MAX_BYTES, "the page", "give its text")
    for made in parse("html", data, PARSER_SECONDS, charset=source.charset, url=source.url):
        yield source.located(made, data)
