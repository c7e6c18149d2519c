"""Who deals with whom: pairs of parties, the areas and the years in which they do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import NamedTuple

from sqlalchemy import Connection, case, extract, func, select

from mithaq.query.filters import Filters
from mithaq.store import schema

_C, _S, _R = schema.commitments.c, schema.stages.c, schema.reports.c
_CONTRADICTED = func.sum(case((_C.contradictions > 0, 1), else_=0))
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
    query = select(_C.parties, _C.area, func.count(), func.min(_C.first), func.max(_C.last), _CONTRADICTED)
    # Few sets of parties have most commitments, so pairs are made of the sets, not of each commitment.
    query = query.where(filters.checked().condition()).group_by(_C.parties, _C.area)
    found: dict[tuple[str, str], list[_Part]] = defaultdict(list)
    for parties, *cells in connection.execute(query):
        for pair in combinations(sorted(set(parties.split())), 2):
            found[pair].append(_Part(*cells))
    made = [_tie(one, other, parts) for (one, other), parts in found.items()]
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


class _Part(NamedTuple):
    """What two parties have in one area with the same others."""

    area: str
    commitments: int
    first: date | None
    last: date | None
    contradicted: int


def _tie(one: str, other: str, parts: list[_Part]) -> Tie:
    areas: dict[str, int] = defaultdict(int)
    for part in parts:
        areas[part.area] += part.commitments
    return Tie(
        one,
        other,
        sum(areas.values()),
        dict(sorted(areas.items(), key=lambda a: (-a[1], a[0]))),
        min((part.first for part in parts if part.first), default=None),
        max((part.last for part in parts if part.last), default=None),
        sum(part.contradicted for part in parts),
    )
