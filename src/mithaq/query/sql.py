"""A user's own SQL, which may read and nothing else."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection

from mithaq.errors import QueryError

SECONDS = 60
"""How long a statement may take."""
_STEPS = 100_000
_MAY = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE}
_HINT = "mithaq sql takes one SELECT; the tables are in docs/database.md"


def run_sql(
    connection: Connection, statement: str, seconds: float = SECONDS
) -> tuple[list[str], Iterator[Sequence[Any]]]:
    """The names of the columns, and the rows, of one statement that reads.

    *connection* is a reading one (``Database.read``), so PostgreSQL refuses to write; it is sent as a prepared
    statement, which can hold no second one that would end the transaction. SQLite is told what a statement may do.
    Raises :class:`~mithaq.errors.QueryError` for what cannot be run, would write, or takes longer than *seconds*;
    also while the rows are read.
    """
    rows = _rows(connection.connection.dbapi_connection, statement, seconds)
    return next(rows), rows


def _rows(raw: Any, statement: str, seconds: float) -> Iterator[Any]:
    """First the names of the columns, then each row."""
    cursor = raw.cursor()
    try:
        with _explained():
            if isinstance(raw, sqlite3.Connection):
                _restrict(raw, seconds)
                cursor.execute(statement)
            else:
                cursor.execute(f"SET LOCAL statement_timeout = {int(seconds * 1000)}")
                cursor.execute(statement, prepare=True)
            if cursor.description is None:
                raise QueryError("the statement gives no rows", _HINT)
            yield [column[0] for column in cursor.description]
            yield from cursor
    finally:
        cursor.close()
        if isinstance(raw, sqlite3.Connection):
            raw.set_authorizer(None)
            raw.set_progress_handler(None, 0)


def _restrict(raw: sqlite3.Connection, seconds: float) -> None:
    ends = time.monotonic() + seconds
    raw.set_authorizer(lambda action, *_: sqlite3.SQLITE_OK if action in _MAY else sqlite3.SQLITE_DENY)
    raw.set_progress_handler(lambda: time.monotonic() > ends, _STEPS)


@contextmanager
def _explained() -> Iterator[None]:
    """The drivers' errors as :class:`~mithaq.errors.QueryError`; they share no base class but ``Exception``."""
    try:
        yield
    except QueryError:
        raise
    except Exception as error:
        said = str(error).partition("\n")[0]
        if "interrupted" in said or "statement timeout" in said:
            raise QueryError(
                f"the statement took more than {SECONDS} seconds", "narrow it with WHERE or LIMIT"
            ) from error
        if "not authorized" in said or "read-only" in said or "prohibited" in said:
            raise QueryError("the statement would write or change settings", _HINT) from error
        raise QueryError(f"the statement cannot be run: {said}", _HINT) from error
