"""Who asks, and whether they may: decided here for every address, before any page is made.

What is not listed may be looked at by every reader, and changed by admins only: a new page that writes is closed until
it is entered here.
"""

from __future__ import annotations

import asyncio
import getpass
from contextlib import suppress
from functools import cache
from typing import cast
from urllib.parse import quote

from fastapi import Request
from starlette.concurrency import run_in_threadpool

from mithaq.errors import MithaqError
from mithaq.store.accounts import Role, User, session_user, touch
from mithaq.store.database import Database
from mithaq.web.settings import Settings

SESSION_COOKIE = "mithaq_session"
FILES = ("/static/", "/fonts/")
"""Below these there is nothing that a reader wrote or added."""
LOGIN = "/login"
MAY_POST: tuple[tuple[str, Role], ...] = (
    ("/review", "reviewer"),
    ("/judge", "reviewer"),
    ("/logout", "reader"),
)
"""Who may send forms to these addresses and those below; to all others: admins."""
SAFE = ("GET", "HEAD", "OPTIONS")


def needed(method: str, path: str) -> Role | None:
    """The least role that may ask for this, ``None`` if anybody may."""
    if path == LOGIN or path.startswith(FILES):
        return None
    if method in SAFE:
        return "reader"
    return next((role for start, role in MAY_POST if path == start or path.startswith(f"{start}/")), "admin")


async def enter(request: Request, settings: Settings) -> Role | None:
    """Set ``request.state.user`` to who asks (``None``: nobody known); the role that is lacking, if one is."""
    request.state.user = request.state.touch = None
    if request.url.path.startswith(FILES):
        return None
    user = await run_in_threadpool(_who, request, settings)
    if request.state.touch:  # the page does not wait for a writer
        asyncio.get_running_loop().run_in_executor(None, _note_use, request.app.state.database, request.state.touch)
    request.state.user = user
    role = needed(request.method, request.url.path)
    return role if role and (user is None or not user.may(role)) else None


def login_address(request: Request) -> str:
    """Where to log in, and come back to what was asked for."""
    if request.method not in SAFE:
        return LOGIN
    where = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return LOGIN if where == "/" else f"{LOGIN}?next={quote(where, safe='')}"


def user_of(request: Request) -> User:
    """Who asks; on the pages that need no login it may be nobody, and they do not call this."""
    return cast(User, request.state.user)


@cache
def local_user() -> User:
    """Whoever sits at this machine."""
    try:
        return User(getpass.getuser(), "admin")
    except (OSError, KeyError):  # a process without a user of its own, as in some containers
        return User("local", "admin")


def _note_use(database: Database, token: str) -> None:
    with suppress(MithaqError), database.write() as connection:  # the next request tries again
        touch(connection, token)


def _who(request: Request, settings: Settings) -> User | None:
    if not settings.accounts:
        return local_user()
    token = request.cookies.get(SESSION_COOKIE)
    if not token:
        return None
    database: Database = request.app.state.database
    with database.read() as connection:
        found = session_user(connection, token)
    if found is None:
        return None
    if found[1]:
        request.state.touch = token
    return found[0]
