"""Join and split: a person's word on which commitments and agreements are the same."""

from __future__ import annotations

from datetime import date
from typing import Annotated, cast

from fastapi import APIRouter, Depends, Query, Request
from starlette.datastructures import FormData
from starlette.responses import Response

from mithaq.errors import QueryError
from mithaq.query import ledger
from mithaq.query.places import anchor, find
from mithaq.store.judgements import (
    Judgement,
    Verdict,
    judge,
    judged_state,
    latest_judgement,
    latest_judgements,
    undo,
)
from mithaq.web.access import user_of
from mithaq.web.background import Background
from mithaq.web.pages import back, database_of, form_of, page
from mithaq.web.paging import FURTHEST, Pages

router = APIRouter(include_in_schema=False)
Form = Annotated[FormData, Depends(form_of)]
_LOGGED = 50
_MOST = 200
"""Pairs that one form may judge: a commitment of so many stages is split in several steps."""
_VERDICTS = ("same", "different", "unsure")


@router.get("/review/judgements")
def judgements_log(request: Request, number: Annotated[int, Query(alias="page", ge=1, le=FURTHEST)] = 1) -> Response:
    """All judgements of persons, the last first."""
    with database_of(request).read() as connection:
        total, found = latest_judgements(connection, _LOGGED, (number - 1) * _LOGGED)
    return page(
        request, "review_log.html", judgements=found, pages=Pages(request, number, _LOGGED, total), tab="judgements"
    )


@router.get("/review/agreements/{id:path}")
def agreement_review(request: Request, id: str, said: str = "") -> Response:
    """An agreement's commitments, to be joined with one another and with others, or split."""
    with database_of(request).read() as connection:
        own = ledger.agreement_of(connection, find(connection, id))
        found = next(iter(ledger.load_agreements(connection, [own], date.today())))
        states = {stage.report: "" for c in found.commitments for stage in c.stages}
        states = {report: judged_state(connection, report) for report in states}
    return page(
        request,
        "review_agreement.html",
        agreement=found,
        states=states,
        said=said if said in _VERDICTS else "",
    )


@router.post("/judge")
def send(request: Request, form: Form) -> Response:
    """Judge ``one`` against each ``other`` (ids of agreements, of commitments, or of stages)."""
    one, verdict = str(form.get("one", "")), str(form.get("verdict", ""))
    others = [o.strip() for o in form.getlist("other") if isinstance(o, str) and o.strip()]
    seen, next = str(form.get("seen", "")), str(form.get("next", "/review"))
    if verdict not in _VERDICTS:
        raise QueryError(f"there is no verdict {verdict[:40]!r}", "same, different or unsure")
    if not one or not 0 < len(others) <= _MOST:
        raise QueryError("nothing was chosen to judge", f"choose one to {_MOST}")
    changed: Judgement | None = None
    with database_of(request).write() as connection:
        first, level = anchor(connection, one)
        now = judged_state(connection, first.report)
        if seen == now:
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
    cast(Background, request.app.state.background).merge()
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
    cast(Background, request.app.state.background).merge()
    return back("/review/judgements")
