from __future__ import annotations

from collections.abc import Iterator

import pytest
from records import TEXT, record, report
from sqlalchemy import func, select

from mithaq.errors import InputError
from mithaq.model import Report
from mithaq.store import schema
from mithaq.store.database import Database, open_database
from mithaq.store.known import Outcome, find_place, resolve_id
from mithaq.store.reports import add, remove
from mithaq.store.rows import load_record

OTHER = TEXT + " وقال إن الموعد لم يحدد."


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    with open_database(database_url, create=True) as database:
        yield database


def put(database: Database, given: Report, own_id: bool = True) -> tuple[Outcome, str]:
    with database.write() as connection:
        place = find_place(connection, given, own_id)
        if place.outcome is not Outcome.KNOWN:
            add(connection, place, given, record(given), b"features", "0.1")
    return place.outcome, place.id


def count(database: Database, table: str) -> int:
    with database.read() as connection:
        return connection.execute(select(func.count()).select_from(schema.metadata.tables[table])).scalar_one()


def test_a_record_comes_back_as_it_was(database: Database) -> None:
    put(database, report())
    with database.read() as connection:
        assert load_record(connection, "r1") == (report(), record(report()))
        assert load_record(connection, "r2") is None


def test_adding_twice_changes_nothing(database: Database) -> None:
    assert put(database, report()) == (Outcome.NEW, "r1")
    assert put(database, report()) == (Outcome.KNOWN, "r1")
    assert count(database, "provisions") == 1


def test_a_new_text_of_an_id_is_a_new_version_and_the_old_one_is_kept(database: Database) -> None:
    put(database, report())
    assert put(database, report(text=OTHER)) == (Outcome.VERSION, "r1")
    with database.read() as connection:
        loaded = load_record(connection, "r1")
        assert loaded
        assert loaded[0].text == OTHER
        old = connection.execute(select(schema.versions)).mappings().one()
    assert (old["version"], old["text"], old["record"]) == (1, TEXT, record(report()).to_dict())
    assert put(database, report()) == (Outcome.KNOWN, "r1"), "an old text is known too"
    third = OTHER + " انتهى."
    assert put(database, report(text=third)) == (Outcome.VERSION, "r1")
    assert count(database, "versions") == 2


def test_the_same_url_is_the_same_report_under_any_id(database: Database) -> None:
    put(database, report("r1", url="https://example.org/7"))
    assert put(database, report("r2", url="https://example.org/7")) == (Outcome.KNOWN, "r1")
    assert put(database, report("r3", OTHER, url="https://example.org/7")) == (Outcome.VERSION, "r1")
    with database.read() as connection:
        assert resolve_id(connection, "r3") == "r1"
        assert resolve_id(connection, "r4") is None
    assert put(database, report("r3", OTHER)) == (Outcome.KNOWN, "r1")


def test_one_text_from_two_outlets_is_two_reports(database: Database) -> None:
    put(database, report("r1"))
    assert put(database, report("r2", outlet="الساحل")) == (Outcome.NEW, "r2")
    assert put(database, report("r3")) == (Outcome.KNOWN, "r1"), "from the same outlet it is known"


def test_one_id_for_two_pages_is_refused(database: Database) -> None:
    put(database, report("r1", url="https://example.org/7"))
    with pytest.raises(InputError, match=r"the id 'r1' belongs to another report \(https://example.org/7\)"):
        put(database, report("r1", OTHER, url="https://example.org/8"))
    assert count(database, "reports") == 1


def test_a_made_up_id_never_replaces_a_report(database: Database) -> None:
    put(database, report("stdin-1"), own_id=False)
    outcome, id = put(database, report("stdin-1", OTHER), own_id=False)
    assert outcome is Outcome.NEW
    assert id.startswith("stdin-1-")
    assert put(database, report("stdin-1", OTHER), own_id=False) == (Outcome.KNOWN, id)


def test_what_no_database_takes_is_refused(database: Database) -> None:
    with pytest.raises(InputError, match="its text holds a NUL character"):
        put(database, report(text=TEXT + "\0"))


def test_a_removed_report_leaves_nothing_behind(database: Database) -> None:
    put(database, report())
    put(database, report(text=OTHER))
    with database.write() as connection:
        assert remove(connection, "r1")
        assert not remove(connection, "r1")
    for table in ("reports", "versions", "features", "entities", "attributions", "provisions", "provision_parties"):
        assert count(database, table) == 0, table
    assert put(database, report()) == (Outcome.NEW, "r1")


def test_nothing_of_a_report_is_kept_if_one_row_fails(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(report: str, record: object) -> dict[str, list[dict[str, object]]]:
        raise RuntimeError("between two tables")

    monkeypatch.setattr("mithaq.store.reports.to_rows", failing)
    with pytest.raises(RuntimeError):
        put(database, report())
    assert count(database, "reports") == 0
