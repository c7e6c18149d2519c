"""A feed (RSS 2.0, RSS 1.0, Atom): one report an entry."""

from __future__ import annotations

from collections.abc import Iterator

from mithaq.readers.confined import parse
from mithaq.readers.formats.heads import first_tag
from mithaq.readers.limits import MAX_BYTES, PARSER_SECONDS
from mithaq.readers.sources import Item, Source

_ROOTS = ("rss", "feed", "rdf:rdf", "atom:feed")


def recognises(source: Source) -> bool:
    """By the first element."""
    return first_tag(source.head()) in _ROOTS


def read(source: Source) -> Iterator[Item]:
    """The report of each entry."""
    data = source.whole(MAX_BYTES, "the feed", "give its entries as pages")
    for number, made in enumerate(parse("feed", data, PARSER_SECONDS, charset=source.charset, url=source.url), 1):
        yield source.located(made, data, number)
