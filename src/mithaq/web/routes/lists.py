"""Lists out of the ledger: agreements, commitments, and what is due."""

from __future__ import annotations

from datetime import date
from typing import Any

from fastapi import APIRouter, Request
from sqlalchemy import Connection
from starlette.responses import HTMLResponse

from mithaq.query.given import parse_day
from mithaq.query.ledger import load_commitments, overdue
from mithaq.query.listing import list_agreements, list_commitments
from mithaq.web.asked import Asked, asked
from mithaq.web.ledger_pages import choices, ledger_page, pager_of, stage_place
from mithaq.web.pages import database_of
from mithaq.web.paging import FORMS

router = APIRouter(include_in_schema=False)
SIZE = 50
"""Rows on a page."""


@router.get("/agreements")
def agreements(request: Request) -> HTMLResponse:
    """Agreements, narrowed by filters and words; with ``fragment`` only the list."""
    wanted = asked(request)
    with database_of(request).read() as connection:
        offset = (wanted.page - 1) * SIZE
        found = list_agreements(connection, wanted.filters, wanted.words, wanted.order, SIZE, offset)
        pager = pager_of(wanted, found.total, SIZE)
        if pager.offset != offset:
            found = list_agreements(connection, wanted.filters, wanted.words, wanted.order, SIZE, pager.offset)
        values = {"asked": wanted, "found": found, "pager": pager, **_counted(wanted, "agreements")}
        return _whole_or_part(request, connection, "agreements", values)


@router.get("/commitments")
def commitments(request: Request) -> HTMLResponse:
    """Commitments, narrowed by filters and words; with ``fragment`` only the list."""
    wanted = asked(request)
    with database_of(request).read() as connection:
        values = {"asked": wanted, **commitment_page(connection, wanted), **_counted(wanted, "commitments")}
        return _whole_or_part(request, connection, "commitments", values)


@router.get("/due")
def due(request: Request) -> HTMLResponse:
    """What is overdue or due again as of a day, the longest overdue first."""
    wanted = asked(request)
    day = day_of(wanted)
    with database_of(request).read() as connection:
        ids = overdue(connection, day, wanted.filters)
        pager = pager_of(wanted, len(ids), SIZE)
        loaded = load_commitments(connection, ids[pager.offset : pager.offset + SIZE], day)
        values = {
            "asked": wanted,
            "day": day,
            "items": [c for c in loaded if c.follow_up],
            "pager": pager,
            "place": stage_place,
            **_counted(wanted, "due"),
        }
        return _whole_or_part(request, connection, "due", values)


def commitment_page(connection: Connection, wanted: Asked) -> dict[str, Any]:
    """The commitments of the page that is asked for, and where it stands in the list."""
    offset = (wanted.page - 1) * SIZE
    found = list_commitments(connection, wanted.filters, wanted.words, wanted.order, SIZE, offset)
    pager = pager_of(wanted, found.total, SIZE)
    if pager.offset != offset:
        found = list_commitments(connection, wanted.filters, wanted.words, wanted.order, SIZE, pager.offset)
    return {"found": found, "pager": pager}


def day_of(wanted: Asked) -> date:
    """The day as of which things are due: today, unless the address names one."""
    return parse_day(wanted.value("on"), "last") if wanted.value("on") else date.today()


def takeaway(wanted: Asked, path: str) -> tuple[tuple[str, str], ...]:
    """Where all rows of a list can be downloaded."""
    return tuple((name, wanted.elsewhere(f"{path}.{form}")) for name, form in FORMS)


def _counted(wanted: Asked, name: str) -> dict[str, Any]:
    return {"counted": name, "takeaway": takeaway(wanted, f"/{name}")}


def _whole_or_part(request: Request, connection: Connection, name: str, values: dict[str, Any]) -> HTMLResponse:
    """The page, or for the script that types ahead the list alone."""
    if request.query_params.get("fragment"):
        return ledger_page(request, f"_{name}.html", **values)
    template = "due.html" if name == "due" else "ledger_list.html"
    return ledger_page(request, template, name=name, choices=choices(connection), **values)
