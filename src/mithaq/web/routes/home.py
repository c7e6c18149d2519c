"""The first page: what there is, what is new, what is due; with an empty database, how to begin."""

from __future__ import annotations

from datetime import date

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from mithaq.ledger.rules import ledger_rules
from mithaq.query import ledger
from mithaq.query.counts import counts
from mithaq.query.listing import list_agreements
from mithaq.web.pages import database_of, page

router = APIRouter()
_SHOWN = 8


@router.get("/", include_in_schema=False)
def home(request: Request) -> HTMLResponse:
    """The first page."""
    today = date.today()
    with database_of(request).read() as connection:
        return page(
            request,
            "home.html",
            counts=counts(connection)._asdict(),
            latest=list_agreements(connection, limit=_SHOWN).items,
            lines=ledger_rules().line,
            due=[
                c
                for c in ledger.load_commitments(connection, ledger.overdue(connection, today, limit=_SHOWN), today)
                if c.follow_up
            ],
        )
