"""Join and split: a person's word on which commitments and agreements are the same."""

from __future__ import annotations

from datetime import date
from typing import Annotated, cast

from fastapi import APIRouter, Depends, Query, Request
from starlette.datastructures import FormData
from starlette.responses import JSONResponse, Response

from mithaq.errors import QueryError
from mithaq.ledger import Commitment
from mithaq.query import ledger
from mithaq.query.filters import Filters
from mithaq.query.listing import list_agreements
from mithaq.query.places import Found, anchor, beside, find, words_at
from mithaq.store.judgements import (
    Judgement,
    Verdict,
    judge,
    judged_state,
    judged_states,
    latest_judgement,
    latest_judgements,
    undo,
)
from mithaq.web.access import user_of
from mithaq.web.markup import brief, capital
from mithaq.web.pages import back, background_of, database_of, form_of, labels_of, page
from mithaq.web.paging import FURTHEST, Pages

router = APIRouter(include_in_schema=False)
Form = Annotated[FormData, Depends(form_of)]
_LOGGED = 50
_SHOWN = 15
"""Commitments on a page to join and split."""
_NEAR = 50
"""Agreements of the same parties that are offered to join with."""
_MOST = 1000
"""Pairs that one form may judge."""
_VERDICTS = ("same", "different", "unsure")


@router.get("/review/judgements")
def judgements_log(request: Request, number: Annotated[int, Query(alias="page", ge=1, le=FURTHEST)] = 1) -> Response:
    """All judgements of persons, the last first."""
    with database_of(request).read() as connection:
        total, found = latest_judgements(connection, _LOGGED, (number - 1) * _LOGGED)
        words = words_at(connection, [side for judgement in found for side in (judgement.one, judgement.other)])
    return page(
        request,
        "review_log.html",
        judgements=found,
        words=words,
        pages=Pages(request, number, _LOGGED, total),
        tab="judgements",
    )


@router.get("/review/agreements/{id:path}")
def agreement_review(
    request: Request,
    id: str,
    said: str = "",
    number: Annotated[int | None, Query(alias="page", ge=1, le=FURTHEST)] = None,
) -> Response:
    """An agreement's commitments, to be joined with one another and with others, or split.

    Unless a page of them is asked for, the one that holds the commitment or stage of the *id*.
    """
    with database_of(request).read() as connection:
        place = find(connection, id)
        whole = ledger.load_agreement(connection, ledger.agreement_of(connection, place), date.today())
        meant = next((n for n, c in enumerate(whole.commitments) if _holds(c, place)), 0)
        number = number or meant // _SHOWN + 1
        shown = whole.commitments[(number - 1) * _SHOWN : number * _SHOWN]
        reports = {whole.commitments[0].stages[0].report, *(stage.report for c in shown for stage in c.stages)}
        states = judged_states(connection, reports)
        near = list_agreements(connection, Filters(whole.parties), limit=_NEAR).items
    t = labels_of(request)
    return page(
        request,
        "review_agreement.html",
        agreement=whole,
        named=[(c.id, f"{capital(t.area(c.area))}: {brief(c.stages[0].evidence.text)}") for c in whole.commitments],
        near=[a for a in near if a.id != whole.id],
        shown=shown,
        states=states,
        said=said if said in _VERDICTS else "",
        pages=Pages(request, number, _SHOWN, len(whole.commitments)),
    )


def _holds(commitment: Commitment, place: Found) -> bool:
    if place.kind == "stage":
        return f"{place.id}/{place.provision}" in (stage.key for stage in commitment.stages)
    return commitment.id == place.id


@router.get("/working")
def working(request: Request) -> Response:
    """Whether the ledger is still being brought up to date; pages ask while it is."""
    return JSONResponse({"working": background_of(request).merging}, headers={"Cache-Control": "no-store"})


@router.post("/judge")
def send(request: Request, form: Form) -> Response:
    """Judge ``one`` against each ``other`` (ids of agreements, of commitments, or of stages).

    With ``apart`` a stage is judged against all others that its commitment has by then.
    """
    one, verdict = str(form.get("one", "")), str(form.get("verdict", ""))
    others = [o.strip() for o in form.getlist("other") if isinstance(o, str) and o.strip()]
    seen, next = str(form.get("seen", "")), str(form.get("next", "/review"))
    if verdict not in _VERDICTS:
        raise QueryError(f"there is no verdict {verdict[:40]!r}", "same, different or unsure")
    changed: Judgement | None = None
    with database_of(request).write() as connection:
        first, level = anchor(connection, one)
        now = judged_state(connection, first.report)
        if form.get("apart"):
            others = beside(connection, find(connection, one))
        if seen == now:
            if not 0 < len(others) <= _MOST:
                raise QueryError("nothing was chosen to judge", f"choose one to {_MOST}")
            for other in others:
                second, other_level = anchor(connection, other)
                if level != other_level:
                    raise QueryError(f"{one} and {other} are of different kinds", "give two agreements, or none")
                if first == second:
                    raise QueryError(f"{one} and {other} are the same place", "choose two different ones")
                judge(connection, first, second, cast(Verdict, verdict), user_of(request).name, level)
        else:
            changed = latest_judgement(connection, first.report)
    if seen != now:
        return page(
            request,
            "review_conflict.html",
            409,
            changed=changed,
            one=one,
            others=others,
            verdict=verdict,
            seen=now,
            next=next,
        )
    background_of(request).merge()
    return back(next)


@router.post("/judge/undo")
def take_back(request: Request, form: Form) -> Response:
    """Take back a judgement."""
    number = str(form.get("judgement", ""))
    if not number.isascii() or not number.isdecimal() or len(number) > 9:
        raise QueryError("there is no such judgement", "load the page again")
    with database_of(request).write() as connection:
        taken = undo(connection, int(number))
        if taken is None:
            raise QueryError(f"judgement {number} is not in effect any more", "somebody took it back already")
    background_of(request).merge()
    return back("/review/judgements")
