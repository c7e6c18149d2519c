"""A feed (RSS 2.0, RSS 1.0, Atom): one report an entry."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from mithaq.readers.confined import parse
from mithaq.readers.formats.heads import first_tag
from mithaq.readers.limits import MAX_BYTES, PARSER_SECONDS
from mithaq.readers.sources import Item, Source

ROOTS = ("rss", "feed", "rdf:rdf", "atom:feed")
"""The first elements of feeds."""


def recognises(source: Source) -> bool:
    """By the first element."""
    return first_tag(source.head()) in ROOTS


def read(source: Source) -> Iterator[Item]:
    """The report of each entry."""
    data = source.whole(MAX_BYTES, "the feed", "give its entries as pages")
    entries = parse("feed", data, PARSER_SECONDS, charset=source.charset, url=source.url)
    source = replace(source, url=None)  # an entry without a link has no address, and not that of the feed
    for number, made in enumerate(entries, 1):
        yield source.located(made, data, number)
