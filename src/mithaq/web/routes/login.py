"""Logging in and out, where the reading room has accounts."""

from __future__ import annotations

from typing import Annotated, cast

from fastapi import APIRouter, Depends, Request
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from mithaq.store.accounts import MAX_NAME, SESSION_DAYS, begin_session, end_session, end_sessions, password_of
from mithaq.web.access import SESSION_COOKIE, user_of
from mithaq.web.login_limit import LoginLimit
from mithaq.web.pages import back, database_of, labels_of, page, settings_of
from mithaq.web.pages import form_of as posted
from mithaq.web.passwords import matches
from mithaq.web.security import CSRF_COOKIE

router = APIRouter(include_in_schema=False)


@router.get("/login")
def login_page(request: Request, next: str = "/") -> Response:
    """The form."""
    if request.state.user is not None:
        return back(next)
    return page(request, "login.html", next=next, name="", said="")


@router.post("/login")
def login(request: Request, form: Annotated[FormData, Depends(posted)]) -> Response:
    """Begin a session, always a new one: what the browser held before is worth nothing afterwards."""
    name, password = str(form.get("name", ""))[:MAX_NAME], str(form.get("password", ""))
    next = str(form.get("next", "/"))
    if not settings_of(request).accounts:
        return back(next)
    limit = cast(LoginLimit, request.app.state.login_limit)
    address = request.client.host if request.client else ""
    t = labels_of(request)
    if wait := limit.begin(name, address):
        said = t("login_wait", minutes=-(-wait // 60))
        response: Response = page(request, "login.html", 429, next=next, name=name, said=said)
        response.headers["Retry-After"] = str(wait)
        return response
    database = database_of(request)
    with database.read() as connection:
        kept = password_of(connection, name)
    if not matches(kept, password):
        return page(request, "login.html", 401, next=next, name=name, said=t("login_wrong"))
    limit.succeed(name, address)
    with database.write() as connection:
        if old := request.cookies.get(SESSION_COOKIE):
            end_session(connection, old)
        token = begin_session(connection, name)
    response = back(next)
    response.set_cookie(
        SESSION_COOKIE,
        token,
        max_age=SESSION_DAYS * 24 * 3600,
        httponly=True,
        samesite="strict",
        secure=settings_of(request).secure,
        path="/",
    )
    response.delete_cookie(CSRF_COOKIE, path="/")  # forms made before the login are worth nothing either
    return response


@router.post("/logout")
def logout(request: Request, form: Annotated[FormData, Depends(posted)]) -> Response:
    """End this session, or with ``everywhere`` all of this user's."""
    with database_of(request).write() as connection:
        if form.get("everywhere"):
            end_sessions(connection, user_of(request).name)
        elif token := request.cookies.get(SESSION_COOKIE):
            end_session(connection, token)
    response = RedirectResponse("/login" if settings_of(request).accounts else "/", 303)
    response.delete_cookie(SESSION_COOKIE, path="/")
    response.delete_cookie(CSRF_COOKIE, path="/")
    return response
