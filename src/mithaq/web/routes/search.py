"""The reports that hold some words, or all reports, by outlet and day."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from mithaq.errors import QueryError
from mithaq.query.reports import Listed, latest, outlets
from mithaq.store.search import Hit, ReportFilters, count, search
from mithaq.web.pages import database_of, page
from mithaq.web.paging import FORMS, FURTHEST, Pages

router = APIRouter()
_SHOWN = 20


def day(value: str) -> date | None:
    """A day of a form's field, ``None`` for an empty one; raises :class:`~mithaq.errors.QueryError`."""
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        raise QueryError(f"{value[:40]!r} is not a day", "write YYYY-MM-DD") from None


@router.get("/search", include_in_schema=False)
def search_page(
    request: Request,
    q: str = "",
    outlet: Annotated[list[str] | None, Query()] = None,
    since: str = "",
    until: str = "",
    number: Annotated[int, Query(alias="page", ge=1, le=FURTHEST)] = 1,
) -> Response:
    """The reports found by full-text search with their hits; without words, all reports, the latest first."""
    chosen = tuple(name for name in outlet or () if name)
    problem: QueryError | None = None
    total = 0
    hits: list[Hit] = []
    reports: list[Listed] = []
    with database_of(request).read() as connection:
        known = outlets(connection)
        try:
            filters = ReportFilters(chosen, day(since), day(until))
            if q.strip():
                total = count(connection, q, filters)
                hits = search(connection, q, _SHOWN, (number - 1) * _SHOWN, filters)
            else:
                total, reports = latest(connection, filters, _SHOWN, (number - 1) * _SHOWN)
        except QueryError as error:
            problem = error
    # The download takes one outlet, as the form of this page does.
    given = {"q": q, "outlet": "".join(chosen[:1]), "since": since, "until": until}
    return page(
        request,
        "search.html",
        422 if problem else 200,
        q=q.strip(),
        chosen=chosen,
        since=since,
        until=until,
        filtered=bool(chosen or since or until),
        outlets=known,
        hits=hits,
        reports=reports,
        problem=problem,
        takeaway=[(kind, f"/search.{form}?{urlencode(given)}") for kind, form in FORMS],
        pages=Pages(request, number, _SHOWN, total),
    )
