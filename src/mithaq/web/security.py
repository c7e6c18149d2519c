"""What every answer and every request has to satisfy: headers, known hosts, and no request forged by another site."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable
from hmac import compare_digest
from urllib.parse import urlsplit

from fastapi import Request
from starlette.responses import PlainTextResponse, Response

from mithaq.web.settings import Settings

CSRF_COOKIE = "mithaq_csrf"
CSRF_FIELD = "csrf"
CSRF_HEADER = "x-csrf-token"
_SAFE = {"GET", "HEAD", "OPTIONS"}
_HEADERS = {
    # Scripts, styles, fonts and pictures of our own only, none inline: what a report holds can never run.
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
Next = Callable[[Request], Awaitable[Response]]


def guard(
    settings: Settings,
    admit: Callable[[Request], Awaitable[Response | None]],
    failed: Callable[[Request, Exception], Response],
) -> Callable[[Request, Next], Awaitable[Response]]:
    """The middleware that refuses what must not get in, and adds the headers to what goes out.

    *admit* gives the answer for those who may not see what they ask for, *failed* that for a mistake of ours.
    """

    async def middleware(request: Request, call_next: Next) -> Response:
        token = request.cookies.get(CSRF_COOKIE) or secrets.token_urlsafe(32)
        request.state.csrf = token
        refusal = _refusal(request, settings)
        response: Response | None
        try:
            response = PlainTextResponse(refusal, 403) if refusal else await admit(request) or await call_next(request)
        except Exception as error:  # the headers belong on this answer too
            response = failed(request, error)
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        if response.status_code == 413:
            response.headers["Connection"] = "close"  # what is still coming is not read
        if settings.accounts and not request.url.path.startswith(("/static/", "/fonts/")):
            response.headers.setdefault("Cache-Control", "no-store")  # what needs a login is in no cache
        asked_to_forget = any(value.startswith(f"{CSRF_COOKIE}=") for value in response.headers.getlist("set-cookie"))
        if CSRF_COOKIE not in request.cookies and not refusal and not asked_to_forget:
            response.set_cookie(CSRF_COOKIE, token, httponly=True, samesite="strict", secure=settings.secure, path="/")
        return response

    return middleware


def _refusal(request: Request, settings: Settings) -> str:
    """Why a request is refused, "" if it is not."""
    host = request.headers.get("host", "")
    name = urlsplit(f"//{host}").hostname or ""
    if name not in {h.strip("[]") for h in settings.hosts}:
        return f"This server does not answer to the name {name[:80]!r}.\n"
    if request.method in _SAFE:
        return ""
    origin = request.headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != host:
        return "The request comes from another site.\n"
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return "The request comes from another site.\n"
    return ""


def csrf_matches(request: Request, given: str | None) -> bool:
    """Whether a form or script proves that it was made from one of our pages."""
    cookie = request.cookies.get(CSRF_COOKIE)
    return bool(cookie and given and compare_digest(cookie.encode(), given.encode("utf-8", "replace")))
