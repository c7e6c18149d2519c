"""Inputs → reports: each is opened, its format recognised by its content, and read; what fails is set aside."""

from __future__ import annotations

import io
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace

from mithaq.errors import InputError
from mithaq.readers.columns import checked_columns
from mithaq.readers.files import name_of, open_input, stem_of
from mithaq.readers.formats import format_of
from mithaq.readers.items import NO_COLUMNS, Defaults, Located, Place, SetAside, Wishes
from mithaq.readers.jsonl import parse_date
from mithaq.readers.limits import MAX_NESTING
from mithaq.readers.media import media_type
from mithaq.readers.needs import check
from mithaq.readers.packing import damage, unwrap
from mithaq.readers.sources import Item, Source
from mithaq.readers.streams import Budget, outside

_NONE = Defaults()


def read_reports(
    paths: Iterable[str], defaults: Defaults = _NONE, columns: Mapping[str, str] = NO_COLUMNS
) -> Iterator[Located | SetAside]:
    """The reports of all *paths* in order (``-`` is standard input), and what had to be set aside.

    *columns* says which column of a table, or field of a JSON object, holds which field of a report.
    Raises :class:`~mithaq.errors.InputError` at once, and only, if ``defaults.published`` is no date or *columns* name
    no field. Reports with the same id are all kept. One report is in memory at a time.
    """
    wishes = wishes_of(defaults, columns)
    return (item for path in paths for item in read_path(path, wishes, Budget()))


def read_path(path: str, wishes: Wishes, budget: Budget) -> Iterator[Item]:
    """The reports of one path; *budget* tells how much of it was taken."""
    try:
        with open_source(path, wishes, budget) as source:
            yield from _read(source)
    except InputError as error:
        yield SetAside(Place(name_of(path)), error)


@contextmanager
def open_source(path: str, wishes: Wishes, budget: Budget) -> Iterator[Source]:
    """A path, open; raises :class:`~mithaq.errors.InputError`, also for what goes wrong while it is read."""
    with open_input(path, budget) as stream:
        yield source_of(stream, path, wishes, budget)


def source_of(stream: io.BufferedReader, path: str, wishes: Wishes, budget: Budget) -> Source:
    """A path of which *stream* gives the bytes, all or some."""
    return Source(stream, Place(name_of(path)), os.fspath(path), stem_of(path), wishes, budget, _read)


def read_bytes(
    data: bytes,
    name: str,
    content_type: str | None = None,
    url: str | None = None,
    defaults: Defaults = _NONE,
    columns: Mapping[str, str] = NO_COLUMNS,
) -> Iterator[Located | SetAside]:
    """The reports of an input that was fetched: as :func:`read_reports` of a file *name* with these bytes.

    *content_type* is the header of that name: its media type counts where the bytes leave the format open, its
    ``charset`` as one more declaration. *url* is where the bytes came from; a page's own canonical address wins.
    """
    wishes = wishes_of(defaults, columns)
    media, charset = media_type(content_type or "")
    budget = Budget()
    return _read(
        Source(
            outside(io.BytesIO(data), budget),
            Place(name),
            name,
            stem_of(name),
            wishes,
            budget,
            _read,
            media,
            charset,
            url,
        )
    )


def wishes_of(defaults: Defaults, columns: Mapping[str, str]) -> Wishes:
    """What the caller says, checked: raises :class:`~mithaq.errors.InputError` for no date or no field."""
    parse_date(defaults.published)
    return Wishes(defaults, checked_columns(columns))


def _read(source: Source) -> Iterator[Item]:
    """The reports of one input, be it a file, a member of an archive or a record; never raises InputError."""
    try:
        with damage():
            source = replace(source, stream=unwrap(source.stream, source.budget))
            found = format_of(source)
            if found.holds_files and source.depth >= MAX_NESTING:
                raise InputError(f"archives more than {MAX_NESTING} deep", "unpack it first")
            for package in found.needs:
                check(package, found.name)
            yield from found.read(replace(source, reader=found.name))
    except InputError as error:
        yield SetAside(source.place, error)
