"""The API: the questions of the command line, answered in JSON under ``/api/v1``; docs/api.md shows each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request

from mithaq.errors import QueryError
from mithaq.export.lists import full_agreement, full_commitment, saying_object
from mithaq.query.filters import Filters
from mithaq.query.given import filters_of, parse_day
from mithaq.query.ledger import agreement_of, load_agreement, load_commitment, load_commitments, overdue
from mithaq.query.listing import Listed, list_agreements, list_commitments
from mithaq.query.orders import AGREEMENT_ORDERS, COMMITMENT_ORDERS, DEFAULT
from mithaq.query.places import Found, Kind, find
from mithaq.query.report_list import ORDERS, list_reports
from mithaq.query.speakers import count_sayings, sayings
from mithaq.query.ties import ties
from mithaq.store.rows import load_record
from mithaq.store.search import ReportFilters, count, search
from mithaq.web import api_models as models
from mithaq.web.pages import database_of

MOST = 200
"""Items on a page."""
_PROBLEMS: dict[int | str, dict[str, Any]] = {
    400: {"model": models.Problem, "description": "What is asked for cannot be asked so."},
    404: {"model": models.Problem, "description": "There is no such thing."},
    422: {"model": models.Problem, "description": "A parameter is missing, or of another kind."},
    503: {"model": models.Problem, "description": "The database cannot be used now."},
}
router = APIRouter(prefix="/api/v1", responses=_PROBLEMS)

Limit = Annotated[int, Query(ge=1, le=MOST, description="items on a page")]
Offset = Annotated[int, Query(ge=0, le=10_000_000, description="items before the page")]
Words = Annotated[
    str, Query(max_length=500, description="words that each item fits: names, areas, words of the evidence")
]
Day = Annotated[str, Query(max_length=20, description="a day, a month or a year: 2013-11-15, 2013-11, 2013")]
Outlet = Annotated[str, Query(max_length=300, description="an outlet, named as its reports name it")]
_Several = Annotated[list[str], Query(max_length=50)]


def _orders(names: Sequence[str]) -> Any:
    known = [sign + name for name in names for sign in ("", "-")]
    return Query(description="a column, with a minus from the top down", json_schema_extra={"enum": known})


def filters(
    party: Annotated[_Several, Query(description="codes or names of parties that must all take part")] = [],  # noqa: B006
    area: Annotated[_Several, Query(description="any of these areas")] = [],  # noqa: B006
    status: Annotated[_Several, Query(description="any of these current stages")] = [],  # noqa: B006
    since: Day = "",
    until: Day = "",
    outlet: Outlet = "",
    role: Annotated[str, Query(max_length=20, description="provision or condition")] = "",
    confidence: Annotated[float, Query(ge=0, le=1, description="of the surest stage, at least")] = 0.0,
    contradicted: Annotated[bool, Query(description="only those whose reports contradict each other")] = False,
) -> Filters:
    """The filters of lists, those of the command line."""
    return filters_of(party, area, status, since, until, outlet, role, confidence, contradicted)


Wanted = Annotated[Filters, Depends(filters)]


def report_filters(outlet: Annotated[_Several, Query()] = [], since: Day = "", until: Day = "") -> ReportFilters:  # noqa: B006
    """The filters of lists of reports."""
    return ReportFilters(
        tuple(outlet),
        parse_day(since, "first") if since else None,
        parse_day(until, "last") if until else None,
    )


@dataclass(frozen=True, slots=True)
class Part:
    """The part of a list that is asked for: items that *words* fit, *limit* of them after the first *offset*."""

    words: str
    limit: int
    offset: int


def part(q: Words = "", limit: Limit = 50, offset: Offset = 0) -> Part:
    """The part of a list of the ledger."""
    return Part(q, limit, offset)


PartWanted = Annotated[Part, Depends(part)]
ReportsWanted = Annotated[ReportFilters, Depends(report_filters)]


@router.get("/reports", response_model=models.Page[models.ReportRow])
def list_of_reports(
    request: Request,
    wanted: ReportsWanted,
    order: Annotated[str, _orders(list(ORDERS))] = DEFAULT,
    limit: Limit = 50,
    offset: Offset = 0,
) -> Any:
    """Reports without their texts, the latest first."""
    with database_of(request).read() as connection:
        found = list_reports(connection, wanted, order, limit, offset)
    return {"total": found.total, "limit": limit, "offset": offset, "items": found.items}


@router.get("/reports/{id:path}", response_model=models.Report)
def one_report(request: Request, id: str) -> Any:
    """A report with its record."""
    with database_of(request).read() as connection:
        loaded = load_record(connection, _find(find(connection, id), "report", id).id)
    assert loaded, "it was found in the same transaction"
    return {**loaded[1].to_dict(), "text": loaded[0].text}


@router.get("/agreements", response_model=models.Page[models.AgreementRow])
def list_of_agreements(
    request: Request,
    wanted: Wanted,
    part: PartWanted,
    order: Annotated[str, _orders(list(AGREEMENT_ORDERS))] = DEFAULT,
) -> Any:
    """Agreements that hold a commitment which the filters let through."""
    return _listed(request, list_agreements, wanted, order, part)


@router.get("/agreements/{id}", response_model=models.Agreement)
def one_agreement(request: Request, id: str) -> Any:
    """An agreement with its commitments and their stages."""
    with database_of(request).read() as connection:
        found = _find(find(connection, id), "agreement", id)
        return full_agreement(load_agreement(connection, found.id, date.today()))


@router.get("/commitments", response_model=models.Page[models.CommitmentRow])
def list_of_commitments(
    request: Request,
    wanted: Wanted,
    part: PartWanted,
    order: Annotated[str, _orders(list(COMMITMENT_ORDERS))] = DEFAULT,
) -> Any:
    """Commitments that the filters let through."""
    return _listed(request, list_commitments, wanted, order, part)


@router.get("/commitments/{id}", response_model=models.Commitment)
def one_commitment(request: Request, id: str) -> Any:
    """A commitment with its stages."""
    with database_of(request).read() as connection:
        found = _find(find(connection, id), "commitment", id)
        return full_commitment(load_commitment(connection, found.id, date.today()))


@router.get("/stages/{id:path}", response_model=models.Agreement)
def agreement_of_stage(request: Request, id: str) -> Any:
    """The agreement that a stage (REPORT/PROVISION) belongs to."""
    with database_of(request).read() as connection:
        agreement = agreement_of(connection, _find(find(connection, id), "stage", id))
        return full_agreement(load_agreement(connection, agreement, date.today()))


@router.get("/sayings", response_model=models.Page[models.Saying])
def list_of_sayings(
    request: Request,
    name: Annotated[str, Query(max_length=300, description="a speaker's name, or words of it")],
    limit: Limit = 50,
    offset: Offset = 0,
) -> Any:
    """All that a speaker said in all reports, the latest first."""
    with database_of(request).read() as connection:
        found = [saying_object(s) for s in sayings(connection, name, limit, offset)]
        total = count_sayings(connection, name)
    return {"total": total, "limit": limit, "offset": offset, "items": found}


@router.get("/due", response_model=models.Page[models.Commitment])
def list_of_due(request: Request, wanted: Wanted, on: Day = "", limit: Limit = 50, offset: Offset = 0) -> Any:
    """What was announced for a time that has passed with no later report, and what recurs and is due, as of a day."""
    day = parse_day(on, "last") if on else date.today()
    with database_of(request).read() as connection:
        ids = overdue(connection, day, wanted)
        loaded = load_commitments(connection, ids[offset : offset + limit], day)
        items = [full_commitment(c) for c in loaded if c.follow_up]
    return {"total": len(ids), "limit": limit, "offset": offset, "items": items}


@router.get("/search", response_model=models.Page[models.Hit])
def found_reports(
    request: Request,
    q: Annotated[str, Query(max_length=500, description='words that all occur; "a phrase", -without, this OR that')],
    wanted: ReportsWanted,
    limit: Limit = 20,
    offset: Offset = 0,
) -> Any:
    """Reports found by their words, what fits best first."""
    with database_of(request).read() as connection:
        items = [hit.to_dict() for hit in search(connection, q, limit, offset, wanted)]
        total = count(connection, q, wanted)
    return {"total": total, "limit": limit, "offset": offset, "items": items}


@router.get("/network", response_model=models.Page[models.Tie])
def network(request: Request, wanted: Wanted, limit: Limit = 50, offset: Offset = 0) -> Any:
    """Pairs of parties with the areas in which they deal with each other, those with most commitments first."""
    with database_of(request).read() as connection:
        found = ties(connection, wanted)
    return {"total": len(found), "limit": limit, "offset": offset, "items": found[offset : offset + limit]}


def _listed(
    request: Request, read: Callable[..., Listed[Any]], wanted: Filters, order: str, part: Part
) -> dict[str, Any]:
    """A page of a list of the ledger."""
    with database_of(request).read() as connection:
        found = read(connection, wanted, part.words, order, part.limit, part.offset)
    return {"total": found.total, "limit": part.limit, "offset": part.offset, "items": found.items}


def _find(found: Found, kind: Kind, id: str) -> Found:
    """What was found, if it is of the kind that the address names."""
    if found.kind != kind:
        raise QueryError(
            f"nothing has the id {id!r} among the {kind}s", f"it is a {found.kind}: ask under its own address"
        )
    return found
