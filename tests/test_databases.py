"""The databases that tests run on are what they say: real, fresh, and gone afterwards."""

from __future__ import annotations

import socket
from pathlib import Path

import databases
import pytest
from databases import Server, UnavailableError
from sqlalchemy import create_engine, text


@pytest.mark.parametrize("turn", [1, 2])
def test_each_test_has_an_empty_database_that_keeps_arabic(database_url: str, turn: int) -> None:
    engine = create_engine(database_url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE words (word TEXT)"))  # fails if another test's table were there
        connection.execute(text("INSERT INTO words VALUES (:word)"), {"word": "ميثاق"})
    with engine.connect() as connection:
        assert connection.execute(text("SELECT word, length(word) FROM words")).one() == ("ميثاق", 5)
    engine.dispose()
    assert database_url.split(":")[0] in ("sqlite", "postgresql+psycopg")


def test_a_database_can_be_copied_from_a_prepared_one(postgresql: Server) -> None:
    template = postgresql.create()
    engine = create_engine(postgresql.url(template))
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE t AS SELECT 7 AS n"))
    engine.dispose()
    copy = postgresql.create(template)
    engine = create_engine(postgresql.url(copy))
    with engine.connect() as connection:
        assert connection.execute(text("SELECT n FROM t")).scalar() == 7
    engine.dispose()
    for name in (copy, template):
        postgresql.drop(name)


def test_without_server_programs_the_reason_names_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda _: None)
    monkeypatch.setattr(Path, "glob", lambda *_: iter(()))
    with pytest.raises(UnavailableError, match="install Debian's package postgresql"):
        databases.binaries()


def test_stopping_leaves_nothing_behind() -> None:
    try:
        server = Server()
    except UnavailableError as why:
        pytest.skip(str(why))
    server.start()
    with socket.create_connection(("127.0.0.1", server.port), timeout=5):
        pass
    server.stop()
    assert not server.folder.exists()
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", server.port), timeout=5)
