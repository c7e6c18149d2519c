"""The formats that are read, in the order in which an input is tried against them. Content decides, not the name.

What is known by its first bytes comes first; then markup, JSON and tables; plain text takes what is left. A name or a
media type only decides where the bytes leave it open: a ``.txt`` that begins with ``{`` is text, and a table whose
columns have unknown names is one if it is called ``.csv``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any, NamedTuple

from mithaq.plugins.guards import guarded_items
from mithaq.plugins.registry import Thing, registry, told
from mithaq.readers.formats import (
    arrays,
    docx,
    feed,
    html,
    lines,
    parquet,
    pdf,
    refused,
    tables,
    tars,
    text,
    warc,
    zips,
)
from mithaq.readers.items import Located, SetAside
from mithaq.readers.sources import Item, Source


class Format(NamedTuple):
    """One format: its name, whether an input is of it, its reader, and the packages that it needs.

    *holds_files* says that what lies in it is read as files are, so that it counts as nesting.

    A reader gives reports and what it sets aside; it may raise :class:`~mithaq.errors.InputError`, which sets aside
    the rest of its input.
    """

    name: str
    recognises: Callable[[Source], bool]
    read: Callable[[Source], Iterator[Item]]
    needs: tuple[str, ...] = ()
    holds_files: bool = False


FORMATS = (
    Format("pdf", pdf.recognises, pdf.read, ("pdfminer",)),
    Format("parquet", parquet.recognises, parquet.read, ("pyarrow",)),
    Format("refused", refused.is_zipped, refused.read),
    Format("docx", docx.recognises, docx.read, ("lxml",)),
    Format("zip", zips.recognises, zips.read, holds_files=True),
    Format("warc", warc.recognises, warc.read, holds_files=True),
    Format("tar", tars.recognises, tars.read, holds_files=True),
    Format("feed", feed.recognises, feed.read, ("lxml",)),
    Format("html", html.recognises, html.read, ("trafilatura",)),
    Format("refused", refused.recognises, refused.read),
    Format("jsonl", lines.recognises, lines.read),
    Format("json", arrays.recognises, arrays.read),
    Format("csv", tables.recognises, tables.read),
    Format("text", text.recognises, text.read),
)
"""What reads what; the last one takes everything."""


@cache
def formats() -> tuple[Format, ...]:
    """The formats that plug-ins give, then ours: what is tried, in order."""
    things = given()
    return (
        *(_guarded(thing) for thing in things if not thing.plugin.builtin),
        *(thing.item for thing in things if thing.plugin.builtin),
    )


def given() -> list[Thing[Format]]:
    """The formats with who gives them, ours first."""
    return registry().things("mithaq_formats", _unpack)


def format_of(source: Source) -> Format:
    """The format of an input."""
    return next(f for f in formats() if f.recognises(source))


def _unpack(given: Iterable[Any]) -> Iterator[tuple[str, Format]]:
    for item in given:
        if not isinstance(item, Format):
            raise TypeError(f"{type(item).__name__} is no mithaq.readers.formats.Format")
        yield item.name, item


def _guarded(thing: Thing[Format]) -> Format:
    """A plug-in's format: one that fails to recognise recognises nothing, one that fails to read sets aside."""
    plugin, theirs = thing.plugin, thing.item

    def recognises(source: Source) -> bool:
        if plugin not in registry().plugins:
            return False
        try:
            return bool(theirs.recognises(source))
        except (Exception, SystemExit) as error:
            registry().fail(plugin, f"format {theirs.name!r}: recognises: {told(error)}")
            return False

    def read(source: Source) -> Iterator[Item]:
        return guarded_items(plugin, lambda: theirs.read(source), (Located, SetAside))

    return theirs._replace(recognises=recognises, read=read)
