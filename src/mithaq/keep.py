"""Reports in, record kept: what is new is read by several processes, and stored report by report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice

from mithaq.backends.contract import Backend, Reading
from mithaq.backends.threads import in_threads
from mithaq.errors import BackendError, InputError
from mithaq.merge.features import features
from mithaq.merge.reviewed import read_again
from mithaq.model import Record
from mithaq.pipeline import attempt
from mithaq.readers import Located, SetAside
from mithaq.store.database import Database
from mithaq.store.reports import Outcome, add, find_place
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
class _Read:
    """What a worker sends back."""

    located: Located
    record: Record
    features: bytes


def keep(
    database: Database,
    items: Iterable[Located | SetAside],
    reader: str,
    jobs: int = 1,
    again: bool = False,
    backend: Backend | None = None,
) -> Iterator[Kept | SetAside]:
    """Read and store the reports of *items* by *jobs* processes; one event each, at the latest when it is stored.

    *reader* is the version of mithaq. What is known is not read, unless *again*. Each report is stored whole or not at
    all; what was stored stays whatever happens later, and giving the same reports again adds what is missing.
    With a *backend* this reads instead of the rules, and its name is kept beside the version; one that waits for a
    server works in threads of this process. Raises :class:`~mithaq.errors.StoreError`, and
    :class:`~mithaq.errors.BackendError` after storing what was read. Merging is the next step
    (:func:`mithaq.merge.update.merge_pending`).
    """
    aside: list[Kept | SetAside] = []
    new = _to_read(database, items, again, aside)
    results: Iterator[_Read | SetAside | Crash[Located]]
    read = partial(_read, backend or attempt)
    if backend is not None:
        reader = f"{reader} {backend.name}"
    if backend is not None and backend.threads:
        results = in_threads(read, new, backend.threads)
    else:
        results = in_order(read, new, jobs)
    size = 2 * backend.threads if backend is not None and backend.threads else _BATCH
    for batch in _batches(results, size):
        yield from _flush(aside)
        yield from _store(database, batch, reader, again)
    yield from _flush(aside)


def _batches(
    results: Iterator[_Read | SetAside | Crash[Located]], size: int
) -> Iterator[list[_Read | SetAside | Crash[Located]]]:
    """What was read, in lists of *size*; a last list, and then the error, where a backend can go on no further."""
    batch: list[_Read | SetAside | Crash[Located]] = []
    try:
        for result in results:
            batch.append(result)
            if len(batch) == size:
                yield batch
                batch = []
    except BackendError:
        yield batch
        raise
    yield batch


def _to_read(
    database: Database, items: Iterable[Located | SetAside], again: bool, aside: list[Kept | SetAside]
) -> Iterator[Located]:
    """The reports that have to be read; what becomes of the others goes to *aside*."""
    source = iter(items)
    while batch := list(islice(source, _BATCH)):
        found: list[Located] = []
        with database.read() as connection:
            for item in batch:
                if isinstance(item, SetAside):
                    aside.append(item)
                    continue
                try:
                    place = find_place(connection, item.report, item.own_id)
                except InputError as error:
                    aside.append(SetAside(item.place, error))
                    continue
                if place.outcome is Outcome.KNOWN and not again:
                    aside.append(Kept(item, place.outcome, place.id))
                else:
                    found.append(item)
        yield from found


def _read(read: Reading, located: Located) -> _Read | SetAside:
    record = read(located.report)
    if isinstance(record, InputError):
        return SetAside(located.place, record)
    return _Read(located, record, features(located.report, record).to_bytes())


def _store(
    database: Database, batch: list[_Read | SetAside | Crash[Located]], reader: str, again: bool
) -> Iterator[Kept | SetAside]:
    events: list[Kept | SetAside] = []
    with database.write() as connection:
        for item in batch:
            if isinstance(item, Crash):
                error = InputError("reading it ended the process", "please report it with this text")
                events.append(SetAside(item.item.place, error))
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
                    add(connection, place, report, item.record, item.features, reader)
                    read_again(connection, place.id)
                events.append(Kept(item.located, place.outcome, place.id))
    yield from events


def _flush(events: list[Kept | SetAside]) -> Iterator[Kept | SetAside]:
    yield from events
    events.clear()
