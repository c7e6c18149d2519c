from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from mithaq.errors import StoreError
from mithaq.store import migrations
from mithaq.store.database import open_database
from mithaq.store.schema import REVISION, is_described, metadata


def test_migrations_give_the_schema(database_url: str) -> None:
    with open_database(database_url, create=True) as database, database.read() as connection:
        context = MigrationContext.configure(connection, opts={"include_name": is_described})
        assert compare_metadata(context, metadata) == []


def test_the_newest_migration_is_the_revision_that_the_schema_names() -> None:
    scripts = ScriptDirectory(str(Path(str(migrations.__file__)).parent))
    assert scripts.get_heads() == [REVISION]


def test_opening_again_changes_nothing(database_url: str) -> None:
    for _ in range(2):
        with open_database(database_url, create=True) as database, database.read() as connection:
            assert connection.execute(text("SELECT version_num FROM alembic_version")).all() == [(REVISION,)]


def test_a_newer_schema_is_refused(database_url: str) -> None:
    with open_database(database_url, create=True) as database, database.write() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreError, match=r"of a newer mithaq \(schema 9999.*pip install --upgrade mithaq"):
        open_database(database_url)


def test_no_database_and_leave_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"there is no database .*m\.db \(make one: mithaq add"):
        open_database(str(tmp_path / "m.db"))
    with pytest.raises(StoreError, match="there is no folder"):
        open_database(str(tmp_path / "none" / "m.db"), create=True)


def test_an_empty_database_says_what_to_do(database_url: str, tmp_path: Path) -> None:
    if database_url.startswith("sqlite"):
        sqlite3.connect(tmp_path / "mithaq.db").execute("CREATE TABLE other (x)").connection.close()
    with pytest.raises(StoreError, match="holds no mithaq tables"):
        open_database(database_url)


def test_what_is_no_database_is_named(tmp_path: Path) -> None:
    path = tmp_path / "notes.db"
    path.write_text("these are notes\n" * 100, "utf-8")
    with pytest.raises(StoreError, match=r"notes\.db is not an SQLite database"):
        open_database(str(path))


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("mysql://localhost/x", "mysql is not supported"),
        ("sqlite://", "would be gone at once"),
        ("postgresql://host:port/x", "URL cannot be read"),
        ("postgresql://127.0.0.1:1/none", "cannot be reached"),
    ],
)
def test_urls_that_cannot_be_used(url: str, message: str) -> None:
    with pytest.raises(StoreError, match=message):
        open_database(url)


def test_a_missing_postgresql_database_is_named(postgresql_url: str) -> None:
    with pytest.raises(StoreError, match="is not there"):
        open_database(postgresql_url + "_none")


def test_a_locked_database_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mithaq.store.database._PATIENCE", 0.1)
    with open_database(str(tmp_path / "m.db"), create=True) as database:
        other = sqlite3.connect(tmp_path / "m.db")
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="is in use by another process"), database.write():
            pass
        other.close()


def test_readers_read_while_somebody_writes(database_url: str) -> None:
    with open_database(database_url, create=True) as database, database.write() as writer:
        writer.execute(text("INSERT INTO agreements (id, parties, reports, commitments) VALUES ('a1', 'A B', 0, 0)"))
        with database.read() as reader:
            assert reader.execute(text("SELECT count(*) FROM agreements")).scalar_one() == 0


def test_a_password_is_not_shown() -> None:
    with pytest.raises(StoreError) as caught:
        open_database("postgresql://me:secret@127.0.0.1:1/none")
    assert "secret" not in str(caught.value)


def test_a_file_that_may_only_be_read_can_be_asked(tmp_path: Path) -> None:
    open_database(str(tmp_path / "m.db"), create=True).close()
    path = f"sqlite:///file:{tmp_path / 'm.db'}?mode=ro&uri=true"
    with open_database(path) as database:
        with database.read() as connection:
            assert connection.execute(text("SELECT count(*) FROM reports")).scalar_one() == 0
        with pytest.raises(StoreError, match="may only be read"), database.write() as connection:
            connection.execute(text("DELETE FROM reports"))
