"""Stages as pictures need them: when, how far along, by whom, and where; many at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from mithaq.query.filters import Filters
from mithaq.query.ledger import DENIALS
from mithaq.store import schema

_C, _S, _R, _P, _T = (
    schema.commitments.c,
    schema.stages.c,
    schema.reports.c,
    schema.provisions.c,
    schema.attributions.c,
)


@dataclass(frozen=True, slots=True)
class StageMark:
    """A stage without what its chain and its details say; *area* is its commitment's."""

    area: str
    status: str
    denied: bool
    report: str
    outlet: str | None
    published: date | None
    start: int
    end: int
    copy: bool


def stage_marks(connection: Connection, filters: Filters, limit: int) -> list[StageMark]:
    """The latest stages of the commitments that *filters* let through."""
    chosen = select(_C.id).where(filters.checked().condition())
    query = (
        select(
            _C.area, _P.status, _T.polarity, _P.report, _R.outlet, _R.published, _P.evidence_start, _P.evidence_end,
            _R.copy_of,
        )
        .join_from(schema.stages, schema.commitments, _C.id == _S.commitment)
        .join(schema.provisions, (_P.report == _S.report) & (_P.id == _S.provision))
        .join(schema.reports, _R.id == _S.report)
        .outerjoin(schema.attributions, (_T.report == _P.report) & (_T.id == _P.attribution))
        .where(_S.commitment.in_(chosen))
        .order_by(_R.published.desc().nulls_last(), _P.report, _P.evidence_start)
        .limit(limit)
    )  # fmt: skip
    return [
        StageMark(area, status, polarity == "-" and status not in DENIALS, report, outlet, day, start, end, bool(copy))
        for area, status, polarity, report, outlet, day, start, end, copy in connection.execute(query)
    ]
