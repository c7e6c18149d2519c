"""Reports in, record kept: what is new is read by several processes, and stored report by report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from mithaq.errors import InputError
from mithaq.merge.features import features
from mithaq.merge.reviewed import read_again
from mithaq.model import Record
from mithaq.pipeline import attempt
from mithaq.readers import Located, SetAside
from mithaq.store.database import Database
from mithaq.store.reports import MadeOf, Outcome, add, find_place
from mithaq.workers import Crash, in_order

_BATCH = 64
"""Reports looked up, and stored, in one transaction."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A report that is in the database now: under which id, and whether it was before."""

    located: Located
    outcome: Outcome
    id: str


@dataclass(frozen=True, slots=True)
class ReadBefore:
    """A report with the record that it has already; *reader* is the version of mithaq that read it."""

    located: Located
    record: Record
    reader: str


@dataclass(frozen=True, slots=True)
class _Read:
    """What a worker sends back; *reader* is the version that read it, if that was not this one."""

    located: Located
    record: Record
    features: bytes
    reader: str | None = None


def keep(
    database: Database,
    items: Iterable[Located | ReadBefore | SetAside],
    reader: str,
    jobs: int = 1,
    again: bool = False,
) -> Iterator[Kept | SetAside]:
    """Read and store the reports of *items* by *jobs* processes; one event each, at the latest when it is stored.

    *reader* is the version of mithaq. What was read before keeps the record that it has. What is known is not read,
    unless *again*. Each report is stored whole or not at all; what was stored stays whatever happens later, and giving
    the same reports again adds what is missing. Raises :class:`~mithaq.errors.StoreError`. Merging is the next step
    (:func:`mithaq.merge.update.merge_pending`).
    """
    aside: list[Kept | SetAside] = []
    results = in_order(_read, _to_read(database, items, again, aside), jobs)
    while batch := list(islice(results, _BATCH)):
        yield from _flush(aside)
        yield from _store(database, batch, reader, again)
    yield from _flush(aside)


def _to_read(
    database: Database, items: Iterable[Located | ReadBefore | SetAside], again: bool, aside: list[Kept | SetAside]
) -> Iterator[Located | ReadBefore]:
    """The reports that have to be read; what becomes of the others goes to *aside*."""
    source = iter(items)
    while batch := list(islice(source, _BATCH)):
        found: list[Located | ReadBefore] = []
        with database.read() as connection:
            for item in batch:
                if isinstance(item, SetAside):
                    aside.append(item)
                    continue
                located = item.located if isinstance(item, ReadBefore) else item
                try:
                    place = find_place(connection, located.report, located.own_id)
                except InputError as error:
                    aside.append(SetAside(located.place, error))
                    continue
                if place.outcome is Outcome.KNOWN and not again:
                    aside.append(Kept(located, place.outcome, place.id))
                else:
                    found.append(item)
        yield from found


def _read(item: Located | ReadBefore) -> _Read | SetAside:
    if isinstance(item, ReadBefore):
        made = features(item.located.report, item.record).to_bytes()
        return _Read(item.located, item.record, made, item.reader)
    located = item
    record = attempt(located.report)
    if isinstance(record, InputError):
        return SetAside(located.place, record)
    return _Read(located, record, features(located.report, record).to_bytes())


def _store(
    database: Database, batch: list[_Read | SetAside | Crash[Located | ReadBefore]], reader: str, again: bool
) -> Iterator[Kept | SetAside]:
    events: list[Kept | SetAside] = []
    with database.write() as connection:
        for item in batch:
            if isinstance(item, Crash):
                error = InputError("reading it ended the process", "please report it with this text")
                crashed = item.item.located if isinstance(item.item, ReadBefore) else item.item
                events.append(SetAside(crashed.place, error))
            elif isinstance(item, SetAside):
                events.append(item)
            else:
                report = item.located.report
                try:  # looked up again: another process, or a line before, may have added it meanwhile
                    place = find_place(connection, report, item.located.own_id)
                except InputError as error:
                    events.append(SetAside(item.located.place, error))
                    continue
                if place.outcome is not Outcome.KNOWN or again:
                    made_of = _made_of(item.located)
                    add(connection, place, report, item.record, item.features, item.reader or reader, made_of)
                    read_again(connection, place.id)
                events.append(Kept(item.located, place.outcome, place.id))
    yield from events


def _made_of(located: Located) -> MadeOf:
    origin = located.origin
    if origin is None:
        return MadeOf(file=located.place.file)
    return MadeOf(origin.reader, origin.sha256, located.place.file, origin.place)


def _flush(events: list[Kept | SetAside]) -> Iterator[Kept | SetAside]:
    yield from events
    events.clear()
