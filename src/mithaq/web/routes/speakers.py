"""Who is quoted, and all that one of them said, in all reports."""

from __future__ import annotations

from itertools import groupby
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from mithaq.query import speakers
from mithaq.web.pages import database_of, page
from mithaq.web.paging import FORMS, FURTHEST, Pages
from mithaq.web.reading import shortened

router = APIRouter()
_SHOWN = 40


@router.get("/speakers", include_in_schema=False)
def speakers_page(
    request: Request, name: str = "", number: Annotated[int, Query(alias="page", ge=1, le=FURTHEST)] = 1
) -> Response:
    """All sayings of a speaker by day; without a name, who is quoted most."""
    name = " ".join(name.split())
    with database_of(request).read() as connection:
        if not name:
            return page(request, "speakers.html", most=speakers.most_quoted(connection))
        person = speakers.person(connection, name, _SHOWN, (number - 1) * _SHOWN)
        return page(
            request,
            "speaker.html",
            name=name,
            days=[(day, list(said)) for day, said in groupby(person.sayings, key=lambda saying: saying.published)],
            standing=speakers.provisions_on(connection, person.sayings),
            person=person,
            shortened=shortened,
            takeaway=[(kind, f"/speakers.{form}?{urlencode({'name': name})}") for kind, form in FORMS],
            pages=Pages(request, number, _SHOWN, person.total),
        )
