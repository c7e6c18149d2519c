"""Inputs → reports: each is opened, its format recognised by its content, and read; what fails is set aside."""

from __future__ import annotations

import io
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from mithaq.errors import InputError
from mithaq.readers.columns import checked_columns
from mithaq.readers.files import is_url, name_of, open_input, stem_of
from mithaq.readers.formats import format_of
from mithaq.readers.hosts import same_site
from mithaq.readers.items import NO_COLUMNS, Defaults, Located, Place, SetAside, Wishes
from mithaq.readers.jsonl import parse_date
from mithaq.readers.limits import MAX_NESTING
from mithaq.readers.media import media_type
from mithaq.readers.needs import check
from mithaq.readers.packing import damage, unwrap
from mithaq.readers.sources import Item, Source
from mithaq.readers.sources import stem_of as long_stem_of
from mithaq.readers.streams import Budget, outside

if TYPE_CHECKING:
    from mithaq.fetch import Answer, Fetcher

_NONE = Defaults()


def read_reports(
    paths: Iterable[str],
    defaults: Defaults = _NONE,
    columns: Mapping[str, str] = NO_COLUMNS,
    fetcher: Fetcher | None = None,
) -> Iterator[Located | SetAside]:
    """The reports of all *paths* in order (``-`` is standard input), and what had to be set aside.

    What begins with ``http://`` or ``https://`` is fetched, by *fetcher* or one that goes to public addresses only.

    *columns* says which column of a table, or field of a JSON object, holds which field of a report.
    Raises :class:`~mithaq.errors.InputError` at once, and only, if ``defaults.published`` is no date or *columns* name
    no field. Reports with the same id are all kept. One report is in memory at a time.
    """
    return _read_all(paths, wishes_of(defaults, columns), fetcher)


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
    return _read(_fetched(data, Place(name), name, stem_of(name), content_type, url, wishes_of(defaults, columns)))


def read_answer(answer: Answer, defaults: Defaults = _NONE) -> Iterator[Located | SetAside]:
    """The reports of what was fetched: as :func:`read_bytes`, with the address in the place of their origin."""
    return _answered(answer, Place(answer.url), wishes_of(defaults, NO_COLUMNS))


def _answered(answer: Answer, place: Place, wishes: Wishes) -> Iterator[Item]:
    """The reports of what was fetched; ids that are made up begin with the host, and go on with the path."""
    parts = urlsplit(answer.url)
    stem = long_stem_of(unquote(f"{parts.netloc}{parts.path}".rstrip("/")))
    for item in _read(_fetched(answer.body, place, parts.path, stem, answer.content_type, answer.url, wishes)):
        if isinstance(item, Located) and item.origin:
            inside = f"{answer.url} > {item.origin.place}" if item.origin.place else answer.url
            item = _own(replace(item, origin=replace(item.origin, place=inside)), answer.url)
        yield item


def _own(item: Located, url: str) -> Located:
    """A page under its own address, if the one that it claims is another site's, whose report it might replace."""
    claimed = item.report.url
    if item.origin is None or item.origin.reader != "html" or claimed is None or same_site(claimed, url):
        return item
    note = f"the page claims to be {claimed[:200]!r}, which is another site: left out"
    return replace(item, report=replace(item.report, url=url), notes=(*item.notes, note))


def _fetched(
    data: bytes, place: Place, name: str, stem: str, content_type: str | None, url: str | None, wishes: Wishes
) -> Source:
    media, charset = media_type(content_type or "")
    budget = Budget()
    return Source(outside(io.BytesIO(data), budget), place, name, stem, wishes, budget, _read, media, charset, url)


def _public_fetcher() -> Fetcher:
    for package in ("httpcore", "idna"):
        check(package, "addresses of the web")
    from mithaq.fetch import Fetcher  # most runs read files, and need neither it nor what it needs

    return Fetcher()


def wishes_of(defaults: Defaults, columns: Mapping[str, str]) -> Wishes:
    """What the caller says, checked: raises :class:`~mithaq.errors.InputError` for no date or no field."""
    parse_date(defaults.published)
    return Wishes(defaults, checked_columns(columns))


def _read_all(paths: Iterable[str], wishes: Wishes, fetcher: Fetcher | None) -> Iterator[Item]:
    for path in paths:
        if not is_url(path):
            yield from read_path(path, wishes, Budget())
            continue
        place = Place(name_of(path))
        try:
            fetcher = fetcher or _public_fetcher()
            answer = fetcher.page(path)
        except InputError as error:
            yield SetAside(place, error)
        else:
            yield from _answered(answer, place, wishes)


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
