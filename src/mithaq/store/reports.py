"""Reports into the database: each once, each text of it kept, each with its record, all of it or nothing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import groupby
from typing import Any, NamedTuple

from sqlalchemy import Connection, delete, func, insert, select, update

from mithaq.model import Record, Report
from mithaq.store import schema, search
from mithaq.store.cells import Cells, insert_cells, to_cells
from mithaq.store.known import Known, Outcome, Place, hash_of, resolve_id
from mithaq.store.rows import load_record, to_rows

_REPORTS = schema.reports.c
_INSERT = {name: insert(table) for name, table in schema.metadata.tables.items()}


class MadeOf(NamedTuple):
    """What a report was made of: the format, the SHA-256 of its bytes, the file, and the place in the file."""

    format: str | None = None
    sha256: str | None = None
    file: str | None = None
    place: str | None = None


class Addition(NamedTuple):
    """A report to be written: its place, the rows of its record under its own id (:func:`cells_of`), and what merging
    needs of it; what it was made of, and the version of mithaq that read it, if that is another."""

    place: Place
    report: Report
    rows: dict[str, list[Cells]]
    features: bytes
    made_of: MadeOf = MadeOf()
    reader: str | None = None


def cells_of(report: str, record: Record) -> dict[str, list[Cells]]:
    """The rows of a record, ready to be stored; *report* is the id under which they stand."""
    return to_cells(to_rows(report, record))


def add(connection: Connection, place: Place, report: Report, record: Record, features: bytes, reader: str) -> None:
    """Keep one report, as :func:`add_all` does."""
    add_all(connection, [Addition(place, report, cells_of(report.id, record), features)], reader)


def add_all(connection: Connection, additions: Iterable[Addition], reader: str) -> None:
    """Keep reports at their places, each with its record and what merging needs of it; known ones are read anew.

    *reader* is the version of mithaq that read them. Call it in one transaction with the look-up of the places
    (:class:`~mithaq.store.known.Known`). New reports are written table by table.
    """
    now = datetime.now(UTC).replace(tzinfo=None)
    for new, run in groupby(additions, key=lambda a: a.place.outcome is Outcome.NEW):
        if new:
            together = list(run)
            rows = [{"id": a.place.id, "version": 1, "added": now, **_cells(a, reader)} for a in together]
            connection.execute(_INSERT["reports"], rows)
            _put_in(connection, together)
        else:
            for addition in run:
                _renew(connection, addition, reader, now)
                _put_in(connection, [addition])


def _cells(addition: Addition, reader: str) -> dict[str, Any]:
    """What ``reports`` holds of a text that was just read."""
    report = addition.report
    return {
        "outlet": report.outlet,
        "url": report.url,
        "title": report.title,
        "published": report.published,
        "text": report.text,
        "hash": hash_of(report.text),
        "reader": addition.reader or reader,
        "merged": False,
        "copy_of": None,
        **addition.made_of._asdict(),
    }


def _renew(connection: Connection, addition: Addition, reader: str, now: datetime) -> None:
    """Make room for another text or record of a report that is there."""
    place = addition.place
    values = _cells(addition, reader)
    unmerge(connection, place.id)
    search.unindex(connection, place.id)
    if place.outcome is Outcome.VERSION:
        version = _keep_old(connection, place.id, now)
        values |= {"version": version + 1, "added": now}
    _take_out(connection, place.id)
    connection.execute(update(schema.reports).where(_REPORTS.id == place.id).values(**values))


def replace_record(connection: Connection, id: str, record: Record, features: bytes) -> None:
    """Give a report another record, as after a review; its text stays, and the next merge looks at it again."""
    unmerge(connection, id)
    _take_out(connection, id)
    _put_records(connection, [(id, cells_of(id, record), features)])


def remove(connection: Connection, id: str) -> bool:
    """Take a report out, all its versions too; judgements stay, and hold again if it comes back. False if not there."""
    if (found := resolve_id(connection, id)) is None:
        return False
    unmerge(connection, found)
    search.unindex(connection, found)
    connection.execute(delete(schema.reports).where(_REPORTS.id == found))
    return True


def unmerge(connection: Connection, id: str) -> None:
    """Have the next merge look again at a report, and so at all that its provisions were merged with."""
    connection.execute(update(schema.reports).where(_REPORTS.id == id).values(merged=False))


def _take_out(connection: Connection, id: str) -> None:
    for table in (schema.features, schema.entities, schema.attributions, schema.provisions, schema.provision_parties):
        connection.execute(delete(table).where(table.c.report == id))


def _put_in(connection: Connection, additions: list[Addition]) -> None:
    """Write what goes with rows of ``reports`` that are there."""
    for place, report, *_ in additions:
        if report.id != place.id and not Known(connection, [report]).knows(report.id):
            connection.execute(_INSERT["aliases"], {"id": report.id, "report": place.id})
    _put_records(connection, [(a.place.id, a.rows, a.features) for a in additions])
    search.index_all(connection, [(a.place.id, a.report.title, a.report.text) for a in additions])


def _put_records(connection: Connection, records: Iterable[tuple[str, dict[str, list[Cells]], bytes]]) -> None:
    """Write records, each under an id, table by table."""
    features = []
    tables: dict[str, list[Cells]] = {}
    for id, rows, data in records:
        features.append({"report": id, "data": data})
        for name, found in rows.items():
            own = found and found[0][0] == id  # the report's id stands first in each of these tables
            tables.setdefault(name, []).extend(found if own else [(id, *cells) for _, *cells in found])
    if features:
        connection.execute(_INSERT["features"], features)
    for name, found in tables.items():
        if found:
            insert_cells(connection, name, found)


def _keep_old(connection: Connection, id: str, now: datetime) -> int:
    """Copy the present text and record to ``versions``; its number."""
    loaded = load_record(connection, id)
    assert loaded, "find_place found it in this transaction"
    report, record = loaded
    row = connection.execute(select(schema.reports).where(_REPORTS.id == id)).mappings().one()
    kept = ("version", "outlet", "url", "title", "published", "text", "hash", "reader", "added", *MadeOf._fields)
    connection.execute(
        insert(schema.versions).values(
            report=report.id, record=record.to_dict(), replaced=now, **{name: row[name] for name in kept}
        )
    )
    version: int = row["version"]
    return version


def count_reports(connection: Connection) -> int:
    """How many reports there are."""
    return connection.execute(select(func.count()).select_from(schema.reports)).scalar_one()
