"""A report with its record in the margin."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Query, Request
from starlette.responses import RedirectResponse, Response

from mithaq.query.reports import locate, open_report
from mithaq.web import reading
from mithaq.web.pages import database_of, labels_of, page
from mithaq.web.paging import FURTHEST

router = APIRouter()


@router.get("/reports/{id:path}", include_in_schema=False)
def report_page(request: Request, id: str, version: Annotated[int | None, Query(ge=1, le=FURTHEST)] = None) -> Response:
    """A report: its text, and in the margin who says what, and what states do together, on whose word."""
    t = labels_of(request)
    with database_of(request).read() as connection:
        report, provision = locate(connection, id)
        if report != id:
            place = f"#row-{quote(provision)}" if provision else ""
            return RedirectResponse(f"/reports/{quote(report, safe='')}{place}", 307)
        opened = open_report(connection, report, version)
    rows = reading.provisions(opened.report, opened.record, t)
    return page(
        request,
        "report.html",
        opened=opened,
        report=opened.report,
        link=reading.link(opened.report.url),
        title_dir=reading.direction(opened.report.title or ""),
        paragraphs=reading.paragraphs(opened.report.text),
        statements=reading.statements(opened.report, opened.record, t),
        provisions=[row for row in rows if row.provision and row.provision.role != "condition"],
        conditions=[row for row in rows if row.provision and row.provision.role == "condition"],
    )
