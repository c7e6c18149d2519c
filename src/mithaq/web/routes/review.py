"""Review: what waits, a report row by row, and what was said."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Annotated, Any, Literal
from urllib.parse import quote

from fastapi import APIRouter, Depends, Query, Request
from starlette.datastructures import FormData
from starlette.responses import Response

from mithaq.errors import ConflictError, QueryError, ReviewError
from mithaq.merge.reviewed import accept_all, review, take_back
from mithaq.ontology import areas, statuses
from mithaq.query.reports import outlets, standing
from mithaq.query.review_queue import QueueFilters, unsure_pairs, waiting
from mithaq.query.reviewed import Reviewed, gold, load_reviewed
from mithaq.store.effective import WHOLE, Place, Review
from mithaq.store.judgements import judged_states
from mithaq.store.reviews import changes_since, count_reviews, latest_reviews
from mithaq.web import reading, reviewing
from mithaq.web.access import user_of
from mithaq.web.pages import back, background_of, database_of, form_of, labels_of, page
from mithaq.web.paging import FURTHEST, Pages
from mithaq.web.review_forms import cells_of, entered, parse_place, party_choices, party_code, values_of

router = APIRouter(include_in_schema=False)
Form = Annotated[FormData, Depends(form_of)]
_SIZE = 30
_LOGGED = 50
_PATIENCE = 0.4
"""Seconds that a reviewer waits for the ledger to follow; it goes on without."""
_SAID = ("accept", "reject", "correct", "add", "undo", "complete")


@router.get("/review")
def queue(
    request: Request,
    show: Literal["provision", "attribution", "pairs"] = "provision",
    area: str = "",
    party: str = "",
    outlet: str = "",
    contradicted: bool = False,
    page_number: Annotated[int, Query(alias="page", ge=1, le=FURTHEST)] = 1,
) -> Response:
    """What waits for a reviewer."""
    code = party_code(party) if party.strip() else ""
    filters = QueueFilters(area, code, outlet, contradicted)
    offset = (page_number - 1) * _SIZE
    pairs: list[Any] = []
    rows: list[Any] = []
    states: dict[str, str] = {}
    with database_of(request).read() as connection:
        if show == "pairs":
            total, pairs = unsure_pairs(connection, filters, _SIZE, offset)
            states = judged_states(connection, {pair.one.report for pair in pairs})
        else:
            total, rows = waiting(connection, show, filters, _SIZE, offset)
        names = outlets(connection)
    return page(
        request,
        "review_queue.html",
        show=show,
        filters=filters,
        rows=rows,
        pairs=pairs,
        states=states,
        outlets=names,
        areas=list(areas()),
        parties=party_choices(labels_of(request).lang),
        pages=Pages(request, page_number, _SIZE, total),
        here=str(request.url.replace(scheme="", netloc="")),
    )


@router.get("/review/log")
def log(
    request: Request,
    page_number: Annotated[int, Query(alias="page", ge=1, le=FURTHEST)] = 1,
) -> Response:
    """All reviews, the last first."""
    with database_of(request).read() as connection:
        total = count_reviews(connection)
        found = latest_reviews(connection, _LOGGED, (page_number - 1) * _LOGGED)
    t = labels_of(request)
    return page(
        request,
        "review_log.html",
        reviews=[(r, reviewing.describe(r, t)) for r in found],
        pages=Pages(request, page_number, _LOGGED, total),
        tab="rows",
    )


@router.get("/review/gold.jsonl")
def download(request: Request, partial: bool = False) -> Response:
    """The reviewed records as gold."""
    with database_of(request).read() as connection:
        lines = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in gold(connection, partial))
    return Response(
        lines,
        media_type="application/jsonl; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="mithaq-reviewed.jsonl"'},
    )


@router.get("/review/reports/{id:path}")
def report_review(
    request: Request,
    id: str,
    edit: str = "",
    add: Literal["", "provision", "attribution"] = "",
    said: str = "",
) -> Response:
    """A report row by row."""
    found = _load(request, id)
    return _page(request, found, edit=edit, add=add, said=said if said in _SAID else "")


@router.get("/review/{id:path}")
def moved(request: Request, id: str) -> Response:
    """To where the review of a report stands: a report may be called ``log``, so it needs an address of its own."""
    asked = f"?{request.url.query}" if request.url.query else ""
    return back(f"/review/reports/{quote(id, safe='')}{asked}")


@router.post("/review")
def send(request: Request, form: Form) -> Response:
    """Keep a review, and come back to the report; with what was entered if it could not be kept."""
    fields = {name: values[0] for name, values in entered(form).items() if values}
    verdict: Any = fields.get("verdict", "")
    found = _load(request, fields.get("report", ""))
    key = fields.get("row", "")
    try:
        place = parse_place(key)
        if verdict not in ("accept", "reject", "correct", "add"):
            raise ReviewError(f"there is no verdict {verdict[:40]!r}", "accept, reject, correct or add")
        row = found.row(place)
        item = (row.now or row.mine) if row else None
        cells: dict[str, Any] = {}
        if verdict in ("correct", "add") and place.kind != "report":
            record = found.effective.record
            text = found.report.text
            cells = cells_of(form, place.kind, text, item if verdict == "correct" else None, record)
        if verdict == "add":
            place = _place_of_new(place, cells)
        seen = fields.get("seen", "") if verdict != "add" else found.seen(place)
        with database_of(request).write() as connection:
            if place == WHOLE:
                accept_all(connection, found.report.id, user_of(request).name, seen)
            else:
                review(connection, found.report.id, place, verdict, cells, user_of(request).name, seen)
    except ReviewError as error:
        return _again(request, form, error, key, verdict)
    _merge(request)
    said = "complete" if place == WHOLE else verdict
    return back(_address(found.report.id, fields.get("next") or place.key, said))


@router.post("/review/undo")
def undo(request: Request, form: Form) -> Response:
    """Take a review back."""
    fields = {name: values[0] for name, values in entered(form).items() if values}
    number = fields.get("review", "")
    if not number.isascii() or not number.isdecimal() or len(number) > 9:
        raise ReviewError("there is no such review", "load the page again")
    with database_of(request).write() as connection:
        taken = take_back(connection, int(number), user_of(request).name, fields.get("seen") or None)
    _merge(request)
    return back(fields.get("next") or _address(taken.report, taken.place.key, "undo"))


def _place_of_new(place: Place, cells: dict[str, Any]) -> Place:
    span = cells.get("evidence") or cells.get("cue")
    if not span:
        raise ReviewError("the words that it stands on are missing", "mark them in the text, or copy them exactly")
    return Place(place.kind, span[0], span[1], cells.get("area", ""))


def _load(request: Request, id: str) -> Reviewed:
    with database_of(request).read() as connection:
        found = load_reviewed(connection, id)
    if found is None:
        raise QueryError(f"nothing has the id {id!r}", "look for the report's words instead")
    return found


def _again(request: Request, form: FormData, error: ReviewError, key: str, verdict: str) -> Response:
    """The page once more, as things stand now, with what was entered in the form."""
    values = entered(form)
    found = _load(request, values.get("report", [""])[0])
    open_form = verdict in ("correct", "add")
    kind = key.partition("-")[0]
    return _page(
        request,
        found,
        status=409 if isinstance(error, ConflictError) else 400,
        edit=key if open_form and verdict == "correct" else "",
        add=kind if open_form and verdict == "add" and kind in ("provision", "attribution") else "",
        values=values if open_form else None,
        error=error,
        changes=_changes(found, values) if isinstance(error, ConflictError) else (),
    )


def _changes(found: Reviewed, values: dict[str, list[str]]) -> list[Review]:
    """What others said of the row since the form was made."""
    try:
        place = parse_place(values.get("row", [""])[0])
    except ReviewError:
        return []
    return changes_since(found.reviews, place, values.get("seen", [""])[0])


def _page(
    request: Request,
    found: Reviewed,
    *,
    status: int = 200,
    edit: str = "",
    add: str = "",
    values: dict[str, list[str]] | None = None,
    error: ReviewError | None = None,
    changes: Sequence[Review] = (),
    said: str = "",
) -> Response:
    report, record = found.report, found.effective.record
    t = labels_of(request)
    rows = reviewing.items(found)
    edited = next((row for row in rows if row.key == edit), None)
    kind: Any = edited.kind if edited else add
    if values is None and (edited or add):
        values = values_of(edited.item if edited else None, kind, record)
    with database_of(request).read() as connection:
        places = standing(connection, report.id)
    return page(
        request,
        "review_report.html",
        status,
        report=report,
        title_dir=reading.direction(report.title or ""),
        paragraphs=reading.paragraphs(report.text),
        rows=rows,
        edit=edited.key if edited else "",
        add=add,
        values=values or {},
        error=error,
        changes=[(r, reviewing.describe(r, t)) for r in changes],
        said=said,
        complete=reviewing.undoable(found),
        whole=WHOLE.key,
        whole_seen=found.seen(WHOLE),
        lost=[(r, reviewing.describe(r, t)) for r in found.effective.lost],
        describe=reviewing.describe,
        standing=places,
        areas=list(areas()),
        statuses=list(statuses()),
        parties=party_choices(t.lang),
        named=sorted({p for a in rows if a.kind == "provision" for p in getattr(a.item, "parties", ())}),
        speakers=list(dict.fromkeys([*(e.name for e in record.entities), *(a.speaker for a in record.attributions)])),
        statements=[(f"{a.cue.start}-{a.cue.end}", a) for a in record.attributions],
    )


def _address(id: str, key: str, said: str) -> str:
    return f"/review/reports/{quote(id, safe='')}?said={said}#row-{quote(key, safe='')}"


def _merge(request: Request) -> None:
    background_of(request).merge(_PATIENCE)
