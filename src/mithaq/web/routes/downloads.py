"""The lists to take away, all their rows: as CSV and as JSON Lines, as the command line prints them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import TypeVar

from fastapi import APIRouter, HTTPException, Request
from sqlalchemy import Connection
from starlette.responses import StreamingResponse

from mithaq.export.lists import (
    AGREEMENTS,
    COMMITMENTS,
    DUE,
    HITS,
    SAYINGS,
    STAGES,
    TIES,
    full_agreement,
    full_commitment,
)
from mithaq.export.rows import Rows
from mithaq.ledger import Commitment, Stage
from mithaq.query.filters import Filters
from mithaq.query.given import parse_day
from mithaq.query.ledger import agreement_of, load_agreements, load_commitments, overdue
from mithaq.query.listing import agreement_ids, commitment_ids
from mithaq.query.places import find
from mithaq.query.speakers import sayings
from mithaq.query.ties import ties
from mithaq.store.database import Database
from mithaq.store.rows import load_record
from mithaq.store.search import ReportFilters, search
from mithaq.web.asked import Asked, asked
from mithaq.web.pages import database_of
from mithaq.web.routes.agreement import loaded
from mithaq.web.routes.lists import day_of
from mithaq.web.routes.network import parties_of

router = APIRouter(include_in_schema=False)
MOST_HITS = 10_000
"""Hits of a search that a download holds."""
_BOM = "\ufeff"
_KINDS = {"csv": "text/csv; charset=utf-8", "jsonl": "application/x-ndjson; charset=utf-8"}
T = TypeVar("T")


@router.get("/agreements.{form}")
def agreements_file(request: Request, form: str) -> StreamingResponse:
    """The agreements of a list."""
    return _list(request, asked(request), AGREEMENTS, agreement_ids, load_agreements, form, "agreements")


@router.get("/commitments.{form}")
def commitments_file(request: Request, form: str) -> StreamingResponse:
    """The commitments of a list."""
    return _list(request, asked(request), COMMITMENTS, commitment_ids, load_commitments, form, "commitments")


@router.get("/pairs/{pair}.{form}")
def pair_file(request: Request, pair: str, form: str) -> StreamingResponse:
    """The commitments of a pair of parties."""
    both = parties_of(pair)
    wanted = asked(request, {"party": ",".join(both)})
    return _list(request, wanted, COMMITMENTS, commitment_ids, load_commitments, form, "-".join(both))


@router.get("/due.{form}")
def due_file(request: Request, form: str) -> StreamingResponse:
    """What is due as of a day."""
    wanted = asked(request)
    day = day_of(wanted)

    def items(connection: Connection) -> Iterable[Commitment]:
        ids = overdue(connection, day, wanted.filters)
        return (c for c in load_commitments(connection, ids, day) if c.follow_up)

    return _download(database_of(request), DUE, items, form, "due")


@router.get("/network.csv")
@router.get("/network.jsonl")
def network_rows(request: Request) -> StreamingResponse:
    """The pairs of the network."""
    wanted = asked(request)
    form = request.url.path.rpartition(".")[2]
    return _download(database_of(request), TIES, lambda connection: ties(connection, wanted.filters), form, "network")


@router.get("/search.{form}")
def hits_file(
    request: Request, form: str, q: str = "", outlet: str = "", since: str = "", until: str = ""
) -> StreamingResponse:
    """The reports that a search finds."""
    filters = ReportFilters(
        (outlet,) if outlet else (),
        parse_day(since, "first") if since else None,
        parse_day(until, "last") if until else None,
    )
    return _download(
        database_of(request),
        HITS,
        lambda connection: search(connection, q, MOST_HITS, 0, filters),
        form,
        "search",
    )


@router.get("/speakers.{form}")
def sayings_file(request: Request, form: str, name: str = "") -> StreamingResponse:
    """All that a speaker said."""
    return _download(database_of(request), SAYINGS, lambda connection: sayings(connection, name), form, "sayings")


@router.get("/record.jsonl")
def record_file(request: Request, report: str) -> StreamingResponse:
    """A report with its record."""

    def items(connection: Connection) -> Iterable[dict[str, object]]:
        found = load_record(connection, find(connection, report).id)
        return [{**found[1].to_dict(), "text": found[0].text}] if found else []

    rows: Rows[dict[str, object]] = Rows("report", (), lambda _, __: (), lambda data: data, "no_row")
    return _download(database_of(request), rows, items, "jsonl", "record")


@router.get("/agreements/{id}/stages.{form}")
@router.get("/commitments/{id}/stages.{form}")
def stages_file(request: Request, id: str, form: str) -> StreamingResponse:
    """The stages of an agreement or a commitment: as CSV one row a stage, as JSON Lines the whole of it."""

    def stages(connection: Connection) -> Iterable[tuple[Commitment, Stage]]:
        whole = loaded(connection, agreement_of(connection, find(connection, id)))
        return [(c, s) for c in whole.commitments if id in (whole.id, c.id) for s in c.stages]

    def objects(connection: Connection) -> Iterable[dict[str, object]]:
        whole = loaded(connection, agreement_of(connection, find(connection, id)))
        return (
            [full_agreement(whole)] if id == whole.id else [full_commitment(c) for c in whole.commitments if c.id == id]
        )

    if form == "jsonl":
        rows: Rows[dict[str, object]] = Rows("stages", (), lambda _, __: (), lambda data: data, "no_row")
        return _download(database_of(request), rows, objects, form, id)
    return _download(database_of(request), STAGES, stages, form, id)


def _list(
    request: Request,
    wanted: Asked,
    rows: Rows[T],
    ids: Callable[[Connection, Filters, str, str], list[str]],
    load: Callable[[Connection, list[str], date], Iterable[T]],
    form: str,
    name: str,
) -> StreamingResponse:
    """What a list of the ledger holds, in its order, as of today."""
    today = date.today()

    def items(connection: Connection) -> Iterable[T]:
        return load(connection, ids(connection, wanted.filters, wanted.words, wanted.order), today)

    return _download(database_of(request), rows, items, form, name)


def _download(
    database: Database, rows: Rows[T], items: Callable[[Connection], Iterable[T]], form: str, name: str
) -> StreamingResponse:
    """All rows, as they come out of the database; CSV begins with the mark by which spreadsheets know UTF-8."""
    if form not in _KINDS:
        raise HTTPException(404, f"There are no lists of the form {form!r}: take csv or jsonl.")

    def lines() -> Iterator[str]:
        with database.read() as connection:
            found = items(connection)
            if form == "csv":
                yield _BOM
                yield from rows.csv(found)
            else:
                yield from rows.jsonl(found)

    return StreamingResponse(
        _started(lines()),
        media_type=_KINDS[form],
        headers={"Content-Disposition": f'attachment; filename="mithaq-{name}.{form}"'},
    )


def _started(lines: Iterator[str]) -> Iterator[str]:
    """The same lines, the first of them fetched at once: what cannot be asked is an error, not an empty file."""
    first = next(lines, "")

    def rest() -> Iterator[str]:
        yield first
        yield from lines

    return rest()
