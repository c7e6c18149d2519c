"""A report as it is read on a page: its text and record, where its provisions stand in the ledger, its other texts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, func, or_, select

from mithaq.errors import QueryError
from mithaq.model import Record, Report
from mithaq.store import schema
from mithaq.store.known import resolve_id
from mithaq.store.rows import load_record
from mithaq.store.search import ReportFilters

_R, _V, _S, _C = schema.reports.c, schema.versions.c, schema.stages.c, schema.commitments.c
_SHOWN = 320
"""Code points of a report's beginning in a list."""
_MOST = 50
"""Copies of a report that are listed."""


class Standing(NamedTuple):
    """Where a provision stands in the ledger: its commitment with the status that has now, and its agreement."""

    commitment: str
    status: str
    agreement: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A report in a list: *text* is its beginning only."""

    id: str
    outlet: str | None
    published: date | None
    title: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Version:
    """One text of a report; *replaced* is when the next one came (UTC), ``None`` for the present one."""

    number: int
    added: datetime
    replaced: datetime | None


@dataclass(frozen=True, slots=True)
class Opened:
    """One text of a report, with all that its page shows."""

    report: Report
    record: Record
    version: int
    versions: tuple[Version, ...]
    """All its texts, the newest first."""
    copies: tuple[Listed, ...]
    """Other reports with the same text, by date; at most 50."""
    standing: dict[str, Standing]
    """By the provision's id; nothing for an older text, and for a report that is not merged yet."""

    @property
    def newest(self) -> bool:
        """Whether this is the present text."""
        return self.version == self.versions[0].number


def locate(connection: Connection, id: str) -> tuple[str, str | None]:
    """The report that *id* names, by this or another id it came with, and the provision of a stage's id.

    Raises :class:`~mithaq.errors.QueryError` if no report has it.
    """
    if report := resolve_id(connection, id):
        return report, None
    before, _, provision = id.rpartition("/")
    if before and (report := resolve_id(connection, before)):
        columns = schema.provisions.c
        if connection.execute(select(columns.id).where(columns.report == report, columns.id == provision)).first():
            return report, provision
    raise QueryError(f"nothing has the id {id!r}", "look for the report's words instead")


def open_report(connection: Connection, id: str, version: int | None = None) -> Opened:
    """The report of *id* (:func:`locate`), its newest text or that of *version*.

    Raises :class:`~mithaq.errors.QueryError` if there is no such report or text.
    """
    loaded = load_record(connection, id)
    if loaded is None:
        raise QueryError(f"nothing has the id {id!r}", "look for the report's words instead")
    report, record = loaded
    row = connection.execute(select(_R.version, _R.added, _R.copy_of, _R.hash).where(_R.id == id)).one()
    older = select(_V.version, _V.added, _V.replaced).where(_V.report == id).order_by(_V.version.desc())
    versions = (Version(row.version, row.added, None), *(Version(*found) for found in connection.execute(older)))
    if version is not None and version != row.version:
        report, record = _older(connection, id, version)
        return Opened(report, record, version, versions, (), {})
    copies = _copies(connection, id, row.copy_of or id, row.hash)
    return Opened(report, record, row.version, versions, copies, standing(connection, id))


def latest(connection: Connection, filters: ReportFilters, limit: int, offset: int = 0) -> tuple[int, list[Listed]]:
    """How many reports *filters* let through, and these, the latest first."""
    conditions = filters.conditions()
    total = connection.execute(select(func.count()).select_from(schema.reports).where(*conditions)).scalar_one()
    # Ids first: no text is touched of the reports that the list passes over.
    ids = select(_R.id).where(*conditions).order_by(_R.published.desc().nulls_last(), _R.id)
    chosen = list(connection.execute(ids.limit(limit).offset(offset or None)).scalars())
    rows = {row.id: Listed(*row) for row in connection.execute(_listed(_R.id.in_(chosen)))}
    return total, [rows[id] for id in chosen]


def outlets(connection: Connection) -> list[str]:
    """The names of all outlets, in the order of their letters."""
    query = select(_R.outlet).where(_R.outlet.is_not(None)).distinct().order_by(_R.outlet)
    return list(connection.execute(query).scalars())


def _listed(*conditions: ColumnElement[bool]) -> Select[Any]:
    return select(_R.id, _R.outlet, _R.published, _R.title, func.substr(_R.text, 1, _SHOWN)).where(*conditions)


def _older(connection: Connection, id: str, version: int) -> tuple[Report, Record]:
    found = connection.execute(select(schema.versions).where(_V.report == id, _V.version == version)).mappings().first()
    if found is None:
        raise QueryError(f"nothing has the id {id!r} and the version {version}", "see the list on the report's page")
    report = Report(found["text"], id, found["outlet"], found["url"], found["title"], found["published"])
    return report, Record.from_dict(found["record"])


def _copies(connection: Connection, id: str, first: str, digest: str) -> tuple[Listed, ...]:
    same = or_(_R.id == first, _R.copy_of == first, _R.hash == digest)
    query = _listed(same, _R.id != id).order_by(_R.published.nulls_last(), _R.id).limit(_MOST)
    return tuple(Listed(*row) for row in connection.execute(query))


def standing(connection: Connection, id: str) -> dict[str, Standing]:
    """Where the provisions of a report stand in the ledger, by their ids; nothing for those not merged yet."""
    query = select(_S.provision, _C.id, _C.status, _C.agreement).join(schema.commitments, _C.id == _S.commitment)
    return {row[0]: Standing(*row[1:]) for row in connection.execute(query.where(_S.report == id))}
