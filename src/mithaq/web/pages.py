"""Templates, and what each of them can use."""

from __future__ import annotations

from collections.abc import AsyncIterator
from functools import cache
from importlib.resources import files
from typing import Any, cast
from urllib.parse import quote

from fastapi import HTTPException, Request
from jinja2 import Environment
from starlette.datastructures import FormData
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from mithaq import __version__
from mithaq.errors import MithaqError
from mithaq.store.database import Database
from mithaq.web.background import Background
from mithaq.web.labels import LANGS, Labels, Lang, labels
from mithaq.web.markup import brief, capital, day, environment, exact, name, percent
from mithaq.web.security import CSRF_FIELD, csrf_matches
from mithaq.web.settings import Settings

LANG_COOKIE = "mithaq_lang"
_MAX_FILES = 100
_MAX_FIELDS = 500
_MAX_FIELD = 4 * 1024 * 1024
"""The longest field of a form, in bytes: the longest text of a report in UTF-8, and a little."""
_YEAR = 365 * 24 * 3600


@cache
def _templates() -> Environment:
    made = environment()
    # An id may hold any character, a slash too: stages are REPORT/PROVISION.
    made.filters["path"] = lambda value: quote(str(value), safe="")
    made.filters.update(exact=exact, day=day, percent=percent, name=name, capital=capital, brief=brief)
    made.globals["asset"] = asset
    made.globals["version"] = __version__
    return made


def asset(name: str) -> str:
    """The address of a static file; it changes with the version, so that browsers may keep files for long."""
    return f"/static/{name}?v={__version__}"


def database_of(request: Request) -> Database:
    """The database that the reading room was opened on."""
    return cast(Database, request.app.state.database)


def background_of(request: Request) -> Background:
    """What runs beside the pages."""
    return cast(Background, request.app.state.background)


def settings_of(request: Request) -> Settings:
    """What ``mithaq serve`` was told."""
    return cast(Settings, request.app.state.settings)


def language(request: Request) -> Lang:
    """The language asked for in the address, chosen before, or preferred by the browser."""
    for wanted in (request.query_params.get("lang"), request.cookies.get(LANG_COOKIE)):
        for lang in LANGS:
            if wanted == lang:
                return lang
    return "ar" if request.headers.get("accept-language", "").lower().startswith("ar") else "en"


def page(request: Request, template: str, status: int = 200, **values: Any) -> HTMLResponse:
    """A page in the reader's language. Templates have ``t`` (labels), ``request``, ``user``, ``csrf`` and *values*."""
    lang = language(request)
    html = (
        _templates()
        .get_template(template)
        .render(
            t=labels(lang),
            request=request,
            user=getattr(request.state, "user", None),
            csrf=getattr(request.state, "csrf", ""),
            csrf_field=CSRF_FIELD,
            switch=_switched(request, lang),
            at_work=background_of(request).merging,
            **values,
        )
    )
    response = HTMLResponse(html, status)
    if request.query_params.get("lang") == lang and request.cookies.get(LANG_COOKIE) != lang:
        response.set_cookie(
            LANG_COOKIE, lang, max_age=_YEAR, samesite="lax", httponly=True, secure=settings_of(request).secure
        )
    return response


def error_page(request: Request, status: int, message: str, hint: str = "") -> Response:
    """A page, or for the API an object, that says what went wrong and what to do: pages in the reader's language."""
    if is_api(request):
        return JSONResponse({"error": message, "hint": hint}, status)
    return page(request, "error.html", status, message=message, hint=hint)


def is_api(request: Request) -> bool:
    """Whether a program asks, which is answered in JSON and in English."""
    return request.url.path.startswith("/api/")


def explain(request: Request, error: MithaqError, status: int = 400) -> Response:
    """The page of an error of ours."""
    return error_page(request, status, error.message, error.hint)


def back(path: str) -> RedirectResponse:
    """To a page of ours, after a form was sent; anything that is not a path of ours leads home."""
    safe = path.startswith("/") and not path.startswith("//") and "\\" not in path and path.isprintable()
    return RedirectResponse(path if safe else "/", 303)


async def form_of(request: Request) -> AsyncIterator[FormData]:
    """A dependency: all fields of a form that was made by one of our pages, files too; raises 403 for any other."""
    form = await _checked(request)
    try:
        yield form
    finally:
        await form.close()


async def checked_form(request: Request) -> dict[str, str]:
    """The text fields of a form that was made by one of our pages; raises 403 for any other."""
    form = await _checked(request)
    return {name: value for name, value in form.items() if isinstance(value, str) and name != CSRF_FIELD}


async def _checked(request: Request) -> FormData:
    form = await request.form(max_files=_MAX_FILES, max_fields=_MAX_FIELDS, max_part_size=_MAX_FIELD)
    given = form.get(CSRF_FIELD)
    if not csrf_matches(request, given if isinstance(given, str) else None):
        await form.close()
        raise HTTPException(403, labels_of(request)("form_too_old"))
    return form


def _switched(request: Request, lang: Lang) -> str:
    """The address of this page in the other language."""
    other = "en" if lang == "ar" else "ar"
    address = str(request.url.include_query_params(lang=other).replace(scheme="", netloc=""))
    return "/" + address.lstrip("/\\")  # of a path like //evil.example browsers would make another host


static = files("mithaq.web") / "static"


def labels_of(request: Request) -> Labels:
    """The words of the reader's language."""
    return labels(language(request))
