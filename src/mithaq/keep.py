"""Reports in, record kept: what is new is read by several processes, and stored report by report."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import NamedTuple

from mithaq.backends.contract import Backend, Reading
from mithaq.backends.threads import in_threads
from mithaq.errors import BackendError, InputError
from mithaq.merge.features import features
from mithaq.merge.reviewed import read_again
from mithaq.model import Record, Report
from mithaq.pipeline import attempt
from mithaq.readers import Located, SetAside
from mithaq.store.cells import Cells
from mithaq.store.database import Database
from mithaq.store.known import Known, Outcome
from mithaq.store.reports import Addition, MadeOf, add_all, cells_of
from mithaq.workers import Crash, in_order

_CRASHED = InputError("reading it ended the process", "please report it with this text")
_BATCH = 64
"""Reports looked up in one transaction, and stored in one where a backend reads them."""
_MANY = 128
"""Reports stored in one transaction where the rules read them, in a second: what a killed process reads again.

The more there are, the fewer pages of the database and of its indexes are written more than once.
"""


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


class _Read(NamedTuple):
    """What a worker sends back: neither text nor record, which would cost more to send than to store."""

    rows: dict[str, list[Cells]]
    features: bytes


class _Given(NamedTuple):
    """A report on its way into the database; *record* and *reader* only if it was read before."""

    located: Located
    record: Record | None = None
    reader: str | None = None


Item = Located | ReadBefore | SetAside
"""What can be kept, or is passed on."""
_Task = tuple[Report, Record | None]
"""What a worker is given."""
_Result = _Read | InputError | Crash[_Task]


def keep(
    database: Database,
    items: Iterable[Item],
    reader: str,
    jobs: int = 1,
    again: bool = False,
    backend: Backend | None = None,
) -> Iterator[Kept | SetAside]:
    """Read and store the reports of *items* by *jobs* processes; one event each, at the latest when it is stored.

    *reader* is the version of mithaq. What was read before keeps the record that it has. What is known is not read,
    unless *again*. Each report is stored whole or not at all; what was stored stays whatever happens later, and giving
    the same reports again adds what is missing. With a *backend* this reads instead of the rules, and its name is kept
    beside the version; one that waits for a server works in threads of this process. Raises
    :class:`~mithaq.errors.StoreError`, and :class:`~mithaq.errors.BackendError` after storing what was read. Merging is
    the next step (:func:`mithaq.merge.update.merge_pending`).
    """
    aside: list[Kept | SetAside] = []
    given: deque[_Given] = deque()  # to the workers, in the order in which they answer
    new = _to_read(database, items, again, aside, given)
    results: Iterator[_Result]
    read = partial(_read, backend or attempt)
    if backend is not None:
        reader = f"{reader} {backend.name}"
    if backend is not None and backend.threads:
        results = in_threads(read, new, backend.threads)
    else:
        results = in_order(read, new, jobs)
    size = _MANY if backend is None else 2 * backend.threads or _BATCH
    for batch in _batches(results, given, size):
        yield from _flush(aside)
        yield from _store(database, batch, reader, again)
    yield from _flush(aside)


def _batches(results: Iterator[_Result], given: deque[_Given], size: int) -> Iterator[list[tuple[_Given, _Result]]]:
    """What was read, in lists of *size*; a last list, and then the error, where a backend can go on no further."""
    batch: list[tuple[_Given, _Result]] = []
    try:
        for result in results:
            batch.append((given.popleft(), result))
            if len(batch) == size:
                yield batch
                batch = []
    except BackendError:
        yield batch
        raise
    yield batch


def _to_read(
    database: Database,
    items: Iterable[Item],
    again: bool,
    aside: list[Kept | SetAside],
    given: deque[_Given],
) -> Iterator[_Task]:
    """The reports that have to be read; what becomes of the others goes to *aside*."""
    source = map(_given, items)
    while batch := list(islice(source, _BATCH)):
        found: list[_Given] = []
        with database.read() as connection:
            known = Known(connection, (item.located.report for item in batch if isinstance(item, _Given)))
            for item in batch:
                if isinstance(item, SetAside):
                    aside.append(item)
                    continue
                located = item.located
                try:
                    place = known.place(located.report, located.own_id)
                except InputError as error:
                    aside.append(SetAside(located.place, error))
                    continue
                if place.outcome is Outcome.KNOWN and not again:
                    aside.append(Kept(located, place.outcome, place.id))
                else:
                    found.append(item)
        for item in found:
            given.append(item._replace(record=None))  # the worker has it
            yield item.located.report, item.record


def _given(item: Item) -> _Given | SetAside:
    if isinstance(item, ReadBefore):
        return _Given(item.located, item.record, item.reader)
    return item if isinstance(item, SetAside) else _Given(item)


def _read(read: Reading, task: _Task) -> _Read | InputError:
    report, before = task
    record = read(report) if before is None else before
    if isinstance(record, InputError):
        return record
    return _Read(cells_of(report.id, record), features(report, record).to_bytes())


def _store(
    database: Database, batch: list[tuple[_Given, _Result]], reader: str, again: bool
) -> Iterator[Kept | SetAside]:
    events: list[Kept | SetAside] = []
    additions: list[Addition] = []
    with database.write() as connection:
        # Looked up again: another process, or a line before, may have added one meanwhile.
        known = Known(connection, (given.located.report for given, result in batch if isinstance(result, _Read)))
        for given, result in batch:
            located = given.located
            if not isinstance(result, _Read):
                events.append(SetAside(located.place, _CRASHED if isinstance(result, Crash) else result))
                continue
            try:
                place = known.place(located.report, located.own_id)
            except InputError as error:
                events.append(SetAside(located.place, error))
                continue
            if place.outcome is not Outcome.KNOWN or again:
                additions.append(Addition(place, located.report, *result, _made_of(located), given.reader))
                known.add(place, located.report)
            events.append(Kept(located, place.outcome, place.id))
        add_all(connection, additions, reader)
        read_again(connection, {addition.place.id for addition in additions})
    yield from events


def _made_of(located: Located) -> MadeOf:
    origin = located.origin
    if origin is None:
        return MadeOf(file=located.place.file)
    return MadeOf(origin.reader, origin.sha256, located.place.file, origin.place)


def _flush(events: list[Kept | SetAside]) -> Iterator[Kept | SetAside]:
    yield from events
    events.clear()
