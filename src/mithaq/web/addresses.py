"""Addresses that no page has and no database takes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from fastapi import Request
from starlette.responses import Response

from mithaq.web.pages import error_page


async def refuse_nul(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
    """Middleware: a NUL character in an address, which PostgreSQL takes in no text, is an error of the one who asks."""
    if "\0" in request.url.path or "%00" in request.url.query:
        return error_page(request, 400, "the address holds a NUL character", "leave it out")
    return await call_next(request)
