"""Who deals with whom: pairs of parties, the areas and the years in which they do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, case, extract, func, select

from mithaq.query.filters import Filters
from mithaq.store import schema

_C, _S, _R = schema.commitments.c, schema.stages.c, schema.reports.c
_ONE = schema.commitment_parties.alias("one")
_OTHER = schema.commitment_parties.alias("other")
_NONE = Filters()


@dataclass(frozen=True, slots=True)
class Tie:
    """All commitments that two parties both take part in: how many, in which areas (most first), and since when."""

    one: str
    other: str
    commitments: int
    areas: Mapping[str, int]
    first: date | None
    last: date | None
    contradicted: int


@dataclass(frozen=True, slots=True)
class Cell:
    """What is reported of two parties in one area in one year (``None``: in reports without a date)."""

    area: str
    year: int | None
    commitments: int
    reports: int


def ties(connection: Connection, filters: Filters = _NONE) -> list[Tie]:
    """The pairs of parties of the commitments that *filters* let through, those with most commitments first."""
    query = (
        select(
            _ONE.c.party,
            _OTHER.c.party,
            _C.area,
            func.count(),
            func.min(_C.first),
            func.max(_C.last),
            func.sum(case((_C.contradictions > 0, 1), else_=0)),
        )
        .join_from(_ONE, _OTHER, (_OTHER.c.commitment == _ONE.c.commitment) & (_ONE.c.party < _OTHER.c.party))
        .join(schema.commitments, _C.id == _ONE.c.commitment)
        .where(filters.checked().condition())
        .group_by(_ONE.c.party, _OTHER.c.party, _C.area)
    )
    found: dict[tuple[str, str], list[tuple[str, int, date | None, date | None, int]]] = {}
    for one, other, *cells in connection.execute(query):
        area, number, first, last, contradicted = cells
        found.setdefault((one, other), []).append((area, number, first, last, contradicted))
    made = [_tie(one, other, cells) for (one, other), cells in found.items()]
    return sorted(made, key=lambda t: (-t.commitments, t.one, t.other))


def cells(connection: Connection, filters: Filters) -> list[Cell]:
    """By area and year of the report: how many commitments were reported in how many reports, copies counted."""
    year = extract("year", _R.published)
    query = (
        select(_C.area, year, func.count(_C.id.distinct()), func.count(_S.report.distinct()))
        .join_from(schema.commitments, schema.stages, _S.commitment == _C.id)
        .join(schema.reports, _R.id == _S.report)
        .where(filters.checked().condition())
        .group_by(_C.area, year)
    )
    return [
        Cell(area, None if given is None else int(given), commitments, reports)
        for area, given, commitments, reports in connection.execute(query)
    ]


def by_area(connection: Connection, filters: Filters) -> dict[str, int]:
    """How many commitments there are in each area."""
    query = select(_C.area, func.count()).where(filters.checked().condition()).group_by(_C.area)
    return dict(map(tuple, connection.execute(query)))


def years(connection: Connection) -> list[int]:
    """The years in which commitments were reported last, in order."""
    year = extract("year", _C.last)
    return sorted(int(y) for y in connection.execute(select(year).distinct()).scalars() if y is not None)


def _tie(one: str, other: str, cells: list[tuple[str, int, date | None, date | None, int]]) -> Tie:
    return Tie(
        one,
        other,
        sum(number for _, number, *_ in cells),
        {area: number for area, number, *_ in sorted(cells, key=lambda c: (-c[1], c[0]))},
        min((first for _, _, first, _, _ in cells if first), default=None),
        max((last for _, _, _, last, _ in cells if last), default=None),
        sum(contradicted for *_, contradicted in cells),
    )
