"""The schema's version: a database is made, brought up to date, or refused."""

from __future__ import annotations

from importlib.resources import files

from sqlalchemy import Connection, Engine, inspect, text

from mithaq.errors import StoreError
from mithaq.store.schema import REVISION

LOCK = 0x6D697468
"""The key of PostgreSQL's advisory lock that a writer takes: any number that nobody else takes ("mith")."""


def bring_up_to_date(engine: Engine, create: bool) -> None:
    """Run the migrations that the database lacks; raises :class:`~mithaq.errors.StoreError` for one of a newer mithaq.

    Several processes may do this at once: one does it, the others wait.
    """
    with engine.connect() as connection, connection.begin():
        found = _revision(connection)
    if found == REVISION:
        return
    if found is None and not create:
        raise StoreError("the database holds no mithaq tables", "make them: mithaq add FILE...")
    with engine.connect() as connection:
        connection = connection.execution_options(mithaq_writes=True)
        with connection.begin():
            if connection.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})
            if _revision(connection) != REVISION:
                _upgrade(connection)


def _revision(connection: Connection) -> str | None:
    """The migration that the database is at, ``None`` for an empty database."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    revision: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return revision


def _upgrade(connection: Connection) -> None:
    from alembic import command  # takes as long to import as a short command to run; seldom needed
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(files("mithaq.store") / "migrations").replace("%", "%%"))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise StoreError(
            f"the database is of a newer mithaq (schema {_revision(connection)}; this one knows {REVISION})",
            "install that version: pip install --upgrade mithaq",
        ) from error
