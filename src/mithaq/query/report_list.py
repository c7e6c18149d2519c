"""Reports in lists: without their texts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, func, select

from mithaq.query.listing import Listed
from mithaq.query.orders import DEFAULT, ordered
from mithaq.store import schema
from mithaq.store.search import ReportFilters

_R = schema.reports.c
_BATCH = 500
ORDERS = {"last": _R.published, "outlet": _R.outlet, "title": _R.title, "id": _R.id}
"""What lists of reports can be ordered by: ``last`` is the day of publication, as in other lists."""
_COLUMNS = (_R.id, _R.outlet, _R.url, _R.title, _R.published, _R.copy_of, _R.version)


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A report in a list; *copy_of* is the report whose text it repeats."""

    id: str
    outlet: str | None
    url: str | None
    title: str | None
    published: date | None
    copy_of: str | None
    version: int


def report_rows(connection: Connection, ids: Sequence[str]) -> list[ReportRow]:
    """The reports of these ids, in this order; unknown ids are left out."""
    found: dict[str, ReportRow] = {}
    for start in range(0, len(ids), _BATCH):
        query = select(*_COLUMNS).where(_R.id.in_(ids[start : start + _BATCH]))
        found |= {row.id: ReportRow(*row) for row in connection.execute(query)}
    return [found[id] for id in ids if id in found]


def list_reports(
    connection: Connection,
    filters: ReportFilters,
    order: str = DEFAULT,
    limit: int | None = None,
    offset: int = 0,
) -> Listed[ReportRow]:
    """The reports that *filters* let through; raises :class:`~mithaq.errors.QueryError` for an order that is none."""
    conditions: list[Any] = filters.conditions()
    total = connection.execute(select(func.count()).select_from(schema.reports).where(*conditions)).scalar_one()
    query = ordered(select(*_COLUMNS).where(*conditions), order, ORDERS, _R.id).limit(limit).offset(offset or None)
    return Listed(tuple(ReportRow(*row) for row in connection.execute(query)), total, offset)
