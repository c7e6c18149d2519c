"""Who may enter the reading room, and who is logged in. Passwords and tokens come here as hashes only."""

from __future__ import annotations

import hashlib
import secrets
from datetime import UTC, datetime, timedelta
from typing import Literal, NamedTuple, get_args

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select, update

from mithaq.errors import AccountError
from mithaq.store import schema

Role = Literal["reader", "reviewer", "admin"]
ROLES: tuple[Role, ...] = get_args(Role)
"""Each may do what those before it may."""
MAX_NAME = 80
SESSION_DAYS = 7
"""After so many days a session ends, whatever happens."""
IDLE_HOURS = 12
"""A session that was not used for so long is over."""
_SEEN_EVERY = timedelta(minutes=1)
_USERS, _SESSIONS = schema.users.c, schema.sessions.c


class User(NamedTuple):
    """Somebody who is in the reading room."""

    name: str
    role: Role

    def may(self, role: Role) -> bool:
        """Whether this user may do what *role* may."""
        return ROLES.index(self.role) >= ROLES.index(role)


class Account(NamedTuple):
    """A user as ``mithaq user list`` shows it."""

    name: str
    role: Role
    made: datetime
    sessions: int


def add_user(connection: Connection, name: str, role: Role, password: str) -> None:
    """Make an account; *password* is a hash. Raises :class:`~mithaq.errors.AccountError` for a name that is taken."""
    if not name or name != name.strip() or not name.isprintable() or len(name) > MAX_NAME:
        raise AccountError(f"{name[:MAX_NAME]!r} is no name for an account", f"1 to {MAX_NAME} printable characters")
    if connection.execute(select(_USERS.name).where(_USERS.name == name)).first():
        raise AccountError(f"there is an account {name!r} already", "mithaq user password changes its password")
    connection.execute(insert(schema.users).values(name=name, role=role, password=password, made=_now()))


def remove_user(connection: Connection, name: str) -> None:
    """Take an account away and end its sessions; what the user judged stays, under the same name."""
    _needed(connection, name)
    end_sessions(connection, name)
    connection.execute(delete(schema.users).where(_USERS.name == name))


def change_user(connection: Connection, name: str, password: str | None = None, role: Role | None = None) -> None:
    """Give an account another password (a hash) or role, and end its sessions."""
    _needed(connection, name)
    values = {key: value for key, value in (("password", password), ("role", role)) if value is not None}
    connection.execute(update(schema.users).where(_USERS.name == name).values(**values))
    end_sessions(connection, name)


def users(connection: Connection) -> list[Account]:
    """All accounts by name, with the number of sessions that have not ended."""
    open_ = select(func.count()).where(_SESSIONS.user == _USERS.name, *_alive()).scalar_subquery()
    query = select(_USERS.name, _USERS.role, _USERS.made, open_).order_by(_USERS.name)
    return [Account(*row) for row in connection.execute(query)]


def any_users(connection: Connection) -> bool:
    """Whether there is an account."""
    return connection.execute(select(_USERS.name).limit(1)).first() is not None


def password_of(connection: Connection, name: str) -> str | None:
    """The hash of an account's password, ``None`` if there is no such account."""
    found: str | None = connection.execute(select(_USERS.password).where(_USERS.name == name)).scalar()
    return found


def begin_session(connection: Connection, name: str) -> str:
    """Log a user in: a new token, which the browser keeps and the database does not. Ended sessions go."""
    now = _now()
    connection.execute(delete(schema.sessions).where(_SESSIONS.made < now - timedelta(days=SESSION_DAYS)))
    connection.execute(delete(schema.sessions).where(_SESSIONS.seen < now - timedelta(hours=IDLE_HOURS)))
    token = secrets.token_urlsafe(32)
    connection.execute(insert(schema.sessions).values(token=_hash(token), user=name, made=now, seen=now))
    return token


def session_user(connection: Connection, token: str) -> tuple[User, bool] | None:
    """Who holds *token*, ``None`` if nobody or no longer; and whether :func:`touch` should note that it is in use."""
    query = select(_USERS.name, _USERS.role, _SESSIONS.seen).join(schema.sessions, _SESSIONS.user == _USERS.name)
    row = connection.execute(query.where(_SESSIONS.token == _hash(token), *_alive())).first()
    return None if row is None else (User(row[0], row[1]), _now() - row[2] > _SEEN_EVERY)


def touch(connection: Connection, token: str) -> None:
    """Note that a session is in use."""
    connection.execute(update(schema.sessions).where(_SESSIONS.token == _hash(token)).values(seen=_now()))


def end_session(connection: Connection, token: str) -> None:
    """Log out."""
    connection.execute(delete(schema.sessions).where(_SESSIONS.token == _hash(token)))


def end_sessions(connection: Connection, name: str) -> int:
    """Log a user out everywhere; how many sessions that ended."""
    return connection.execute(delete(schema.sessions).where(_SESSIONS.user == name)).rowcount


def _alive() -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    now = _now()
    return (_SESSIONS.made >= now - timedelta(days=SESSION_DAYS), _SESSIONS.seen >= now - timedelta(hours=IDLE_HOURS))


def _needed(connection: Connection, name: str) -> None:
    if password_of(connection, name) is None:
        raise AccountError(f"there is no account {name!r}", "mithaq user list shows them")


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
