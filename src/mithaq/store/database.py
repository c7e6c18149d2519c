"""One database, SQLite or PostgreSQL: opened, brought up to date, and used in short transactions.

What goes wrong with it ends as :class:`~mithaq.errors.StoreError`, with what to do about it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from mithaq.errors import StoreError
from mithaq.store import migrate
from mithaq.store.faults import translated

DEFAULT = "mithaq.db"
_PATIENCE = 60
"""How long a writer waits for another one, in seconds."""


class Database:
    """A database that is there and up to date; :func:`open_database` makes one."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.name = engine.url.render_as_string(hide_password=True)
        if engine.dialect.name == "sqlite" and engine.url.database:
            self.name = engine.url.database

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction that may write: all of it is kept, or none. Raises :class:`~mithaq.errors.StoreError`."""
        with translated(self.name), self._engine.connect() as connection:
            connection = connection.execution_options(mithaq_writes=True)
            with connection.begin():
                if connection.dialect.name == "postgresql":  # one writer at a time, as in SQLite: none can deadlock
                    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": migrate.LOCK})
                yield connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A transaction that only reads, and sees one state of the database throughout."""
        with translated(self.name), self._engine.connect() as connection, connection.begin():
            if connection.dialect.name == "postgresql":
                connection.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"))
            yield connection

    def close(self) -> None:
        """Give back the connections."""
        self._engine.dispose()

    def __enter__(self) -> Database:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_database(target: str = DEFAULT, create: bool = False) -> Database:
    """The database of a path (SQLite) or an SQLAlchemy URL, made if *create* allows, and its schema up to date.

    Raises :class:`~mithaq.errors.StoreError` if it is not there, cannot be reached, or is of a newer mithaq.
    """
    url = _url(target)
    path = Path(url.database or "") if url.get_backend_name() == "sqlite" else None
    if path and not url.query.get("uri") and not path.is_file():
        if not create:
            raise StoreError(f"there is no database {path}", "make one: mithaq add FILE..., or name one with --db")
        if not path.parent.is_dir():
            raise StoreError(f"there is no folder {path.parent}", "make it, or name another with --db")
    database = Database(_engine(url))
    try:
        with translated(database.name):
            migrate.bring_up_to_date(database._engine, create)
    except BaseException:
        database.close()
        raise
    return database


def _url(target: str) -> URL:
    if "://" not in target:
        return URL.create("sqlite", database=target)
    try:
        url = make_url(target)
    except (ArgumentError, ValueError):
        raise StoreError("the database's URL cannot be read", "write postgresql://USER:PASSWORD@HOST/NAME") from None
    if url.drivername in ("postgresql", "postgres"):
        url = url.set(drivername="postgresql+psycopg")
    if url.get_backend_name() not in ("sqlite", "postgresql"):
        raise StoreError(f"{url.drivername} is not supported", "use a path (SQLite) or postgresql://...")
    if url.get_backend_name() == "sqlite" and not url.database:
        raise StoreError("a database in memory would be gone at once", "name a file: --db mithaq.db")
    return url


def _engine(url: URL) -> Engine:
    if url.get_backend_name() == "sqlite":
        engine = create_engine(url, connect_args={"timeout": _PATIENCE})
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    try:
        return create_engine(url, pool_pre_ping=True, connect_args={"connect_timeout": 10})
    except (ModuleNotFoundError, NoSuchModuleError):
        raise StoreError("PostgreSQL needs a driver", "pip install 'mithaq[postgresql]'") from None


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # The driver's own transactions begin late and never for reads; ours are explicit (_begin_sqlite).
    connection.isolation_level = None
    cursor = connection.cursor()
    try:
        # Readers beside one writer. A killed process loses nothing; a power cut may undo the last commits.
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=NORMAL")
    except Exception as error:
        if "readonly" not in str(error):  # a database that may only be read is read as it is
            raise
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA cache_size=-65536")  # 64 MB
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    # A writer takes the lock at once: two that read first and write later would refuse each other.
    writes = connection.get_execution_options().get("mithaq_writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
