"""What databases complain of → one clear message."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from mithaq.errors import StoreError

_KNOWN = (
    # What the driver's message holds, what it means, what to do.
    ("database is locked", "is in use by another process", "wait until it has finished, and run the command again"),
    ("disk is full", "cannot grow: the disk is full", "free some room, and run the command again; nothing is lost"),
    ("no space left", "cannot grow: the disk is full", "free some room, and run the command again; nothing is lost"),
    ("could not extend file", "cannot grow: its disk is full", "free some room, and run the command again"),
    ("not a database", "is not an SQLite database", "name another file with --db"),
    ("malformed", "is damaged", "restore it from a copy, or recover it with sqlite3 FILE .recover"),
    ("readonly database", "may only be read", "change the permissions of the file and its folder"),
    ("unable to open", "cannot be opened", "check the path and its permissions"),
    ("disk i/o error", "cannot be read or written: the disk reports an error", "check the disk and the room on it"),
    ("connection refused", "cannot be reached", "check that the server runs, and the host and port in the URL"),
    ("failed to resolve host", "cannot be reached: its host is unknown", "check the host in the URL"),
    ("could not translate host", "cannot be reached: its host is unknown", "check the host in the URL"),
    ("password authentication", "does not accept the user or the password", "check the URL"),
    ("does not exist", "is not there, or lacks a table", "create it on the server, and check the URL"),
    ("permission denied", "does not allow this to its user", "grant the user the rights, or use another"),
    ("timeout expired", "does not answer", "check the host and port in the URL"),
    ("terminating connection", "closed the connection", "run the command again: what is kept is not added twice"),
    ("server closed the connection", "closed the connection", "run the command again: what is kept is not added twice"),
    ("connection is lost", "closed the connection", "run the command again: what is kept is not added twice"),
)
_SHOWN = 200


@contextmanager
def translated(name: str) -> Iterator[None]:
    """Raise :class:`~mithaq.errors.StoreError` for what goes wrong with the database called *name*."""
    try:
        yield
    except SQLAlchemyError as error:
        raise _error(name, error) from error


def _error(name: str, error: SQLAlchemyError) -> StoreError:
    said = str(error.orig) if isinstance(error, DBAPIError) else str(error)
    for sign, means, hint in _KNOWN:
        if sign in said.lower():
            return StoreError(f"the database {name} {means}", hint)
    said = " ".join(said.split())[:_SHOWN]
    if isinstance(error, DBAPIError) and error.connection_invalidated:
        return StoreError(
            f"the database {name} closed the connection: {said}", "run the command again: nothing is added twice"
        )
    return StoreError(f"the database {name} reports: {said}")
