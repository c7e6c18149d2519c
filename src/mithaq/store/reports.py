"""Reports into the database: each once, each text of it kept, each with its record, all of it or nothing."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import Connection, RowMapping, Select, bindparam, delete, func, insert, or_, select, update

from mithaq.errors import InputError
from mithaq.model import Record, Report
from mithaq.store import schema, search
from mithaq.store.rows import load_record, to_rows

_REPORTS = schema.reports.c

# Asked and written for each report, so made once: putting a statement together takes as long as running it.
_FOUND = select(_REPORTS.id, _REPORTS.url, _REPORTS.hash).order_by(_REPORTS.id).limit(1)
_ALIAS = select(schema.aliases.c.report).where(schema.aliases.c.id == bindparam("id")).scalar_subquery()
_BY_ID = _FOUND.where(or_(_REPORTS.id == bindparam("id"), _REPORTS.id == _ALIAS))
_BY_URL = _FOUND.where(_REPORTS.url == bindparam("url"))
_BY_TEXT = _FOUND.where(_REPORTS.hash == bindparam("hash"), _REPORTS.outlet.is_not_distinct_from(bindparam("outlet")))
_BY_TEXT_AND_URL = _BY_TEXT.where(or_(_REPORTS.url.is_(None), _REPORTS.url == bindparam("url")))
_INSERT = {name: insert(table) for name, table in schema.metadata.tables.items()}


class Outcome(StrEnum):
    """What became of a report that was added."""

    NEW = "new"
    KNOWN = "known"
    VERSION = "version"
    """A new text of a report that is known; the old one is kept in ``versions``."""


class Place(NamedTuple):
    """Where a report belongs: the id under which it stands or will stand, and whether that is new to the database."""

    outcome: Outcome
    id: str


class MadeOf(NamedTuple):
    """What a report was made of: the format, the SHA-256 of its bytes, the file, and the place in the file."""

    format: str | None = None
    sha256: str | None = None
    file: str | None = None
    place: str | None = None


_UNKNOWN = MadeOf()


def find_place(connection: Connection, report: Report, own_id: bool = True) -> Place:
    """Whether a report is new, known, or a new text of a known one; reads only.

    A report is the one of the same id or the same URL, or of the same text from the same outlet. With *own_id* false
    the id was made up by a reader (``"stdin-1"``) and proves nothing: a clash gives it a new one.
    Raises :class:`~mithaq.errors.InputError` if the id belongs to a report with another URL, or holds what no database
    takes.
    """
    _check(report)
    digest = hash_of(report.text)
    same_id = _by_id(connection, report.id)
    if same_id and own_id:
        if report.url and same_id["url"] and report.url != same_id["url"] and digest != same_id["hash"]:
            raise InputError(
                f"the id {report.id!r} belongs to another report ({same_id['url']})", "give each report its own id"
            )
        return Place(_compare(connection, same_id, digest), same_id["id"])
    if report.url and (same_url := _one(connection, _BY_URL, url=report.url)):
        return Place(_compare(connection, same_url, digest), same_url["id"])
    same_text = {"hash": digest, "outlet": report.outlet}
    if report.url is None:
        found = _one(connection, _BY_TEXT, **same_text)
    else:
        found = _one(connection, _BY_TEXT_AND_URL, **same_text, url=report.url)
    if found:
        return Place(Outcome.KNOWN, found["id"])
    return Place(Outcome.NEW, f"{report.id}-{digest[:8]}" if same_id else report.id)


def add(
    connection: Connection,
    place: Place,
    report: Report,
    record: Record,
    features: bytes,
    reader: str,
    made_of: MadeOf = _UNKNOWN,
) -> None:
    """Keep a report at its place, with its record and what merging needs of it (*features*); known ones are read anew.

    *reader* is the version of mithaq that read it, *made_of* what it read. Call it in one transaction with
    :func:`find_place`.
    """
    now = datetime.now(UTC).replace(tzinfo=None)
    values: dict[str, Any] = {
        "outlet": report.outlet,
        "url": report.url,
        "title": report.title,
        "published": report.published,
        "text": report.text,
        "hash": hash_of(report.text),
        "reader": reader,
        "merged": False,
        "copy_of": None,
        **made_of._asdict(),
    }
    if place.outcome is Outcome.NEW:
        connection.execute(_INSERT["reports"], {"id": place.id, "version": 1, "added": now, **values})
    else:
        unmerge(connection, place.id)
        search.unindex(connection, place.id)
        if place.outcome is Outcome.VERSION:
            version = _keep_old(connection, place.id, now)
            values |= {"version": version + 1, "added": now}
        _take_out(connection, place.id)
        connection.execute(update(schema.reports).where(_REPORTS.id == place.id).values(**values))
    if report.id != place.id and not _by_id(connection, report.id):
        connection.execute(insert(schema.aliases).values(id=report.id, report=place.id))
    _put_in(connection, place.id, record, features)
    search.index(connection, place.id, report.title, report.text)


def replace_record(connection: Connection, id: str, record: Record, features: bytes) -> None:
    """Give a report another record, as after a review; its text stays, and the next merge looks at it again."""
    unmerge(connection, id)
    _take_out(connection, id)
    _put_in(connection, id, record, features)


def remove(connection: Connection, id: str) -> bool:
    """Take a report out, all its versions too; judgements stay, and hold again if it comes back. False if not there."""
    if (found := _by_id(connection, id)) is None:
        return False
    unmerge(connection, found["id"])
    search.unindex(connection, found["id"])
    connection.execute(delete(schema.reports).where(_REPORTS.id == found["id"]))
    return True


def unmerge(connection: Connection, id: str) -> None:
    """Have the next merge look again at a report, and at all that its provisions were merged with."""
    told = schema.agreement_reports.c
    together = select(told.report).where(told.agreement.in_(select(told.agreement).where(told.report == id)))
    copies = select(_REPORTS.id).where(_REPORTS.copy_of == id)
    connection.execute(
        update(schema.reports)
        .where(or_(_REPORTS.id == id, _REPORTS.id.in_(together), _REPORTS.id.in_(copies)))
        .values(merged=False)
    )


def resolve_id(connection: Connection, id: str) -> str | None:
    """The id under which a report stands, from this or from another id that it came with; ``None`` if unknown."""
    found = _by_id(connection, id)
    return found["id"] if found else None


def hash_of(text: str) -> str:
    """What tells one text from another: SHA-256 of its UTF-8, hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def _take_out(connection: Connection, id: str) -> None:
    for table in (schema.features, schema.entities, schema.attributions, schema.provisions, schema.provision_parties):
        connection.execute(delete(table).where(table.c.report == id))


def _put_in(connection: Connection, id: str, record: Record, features: bytes) -> None:
    connection.execute(_INSERT["features"], {"report": id, "data": features})
    for name, rows in to_rows(id, record).items():
        if rows:
            connection.execute(_INSERT[name], rows)


def _check(report: Report) -> None:
    for name in ("id", "text", "title", "outlet", "url"):
        if "\0" in (getattr(report, name) or ""):
            raise InputError(f"its {name} holds a NUL character, which databases refuse", "export it again without")


def _compare(connection: Connection, found: RowMapping, digest: str) -> Outcome:
    if digest == found["hash"]:
        return Outcome.KNOWN
    older = select(schema.versions.c.version).where(
        schema.versions.c.report == found["id"], schema.versions.c.hash == digest
    )
    return Outcome.KNOWN if connection.execute(older).first() else Outcome.VERSION


def _by_id(connection: Connection, id: str) -> RowMapping | None:
    return _one(connection, _BY_ID, id=id)


def _one(connection: Connection, statement: Select[Any], **values: str | None) -> RowMapping | None:
    return connection.execute(statement, values).mappings().first()


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
