"""Reviews in the database: they take effect at once, can be taken back, survive re-reading, and nobody overwrites."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from records import TEXT, record, report
from sqlalchemy import Connection, select

from mithaq.errors import ConflictError, ReviewError
from mithaq.merge.features import features
from mithaq.merge.reviewed import accept_all, read_again, review, take_back
from mithaq.merge.update import merge_pending
from mithaq.model import Record, Report
from mithaq.query.ledger import find_agreements, find_commitments, load_agreements, load_commitments
from mithaq.query.reviewed import Reviewed, gold, load_reviewed
from mithaq.store import schema
from mithaq.store.database import Database, open_database
from mithaq.store.effective import WHOLE, Place, Verdict, place_of
from mithaq.store.known import Outcome, find_place
from mithaq.store.reports import add, remove
from mithaq.store.reviews import reviews_of
from mithaq.store.rows import load_record

TODAY = date(2026, 1, 1)
REPORT = report()
RECORD = record(REPORT)
SAID, EXERCISE = place_of(RECORD.attributions[0]), place_of(RECORD.provisions[0])


def stored(connection: Connection, what: Report, found: Record) -> None:
    place = find_place(connection, what)
    add(connection, place, what, found, features(what, found).to_bytes(), "1")
    read_again(connection, [place.id])


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    with open_database(database_url, create=True) as opened:
        with opened.write() as connection:
            stored(connection, REPORT, RECORD)
        merge_pending(opened)
        yield opened


def look(database: Database) -> Reviewed:
    with database.read() as connection:
        found = load_reviewed(connection, "r1")
    assert found
    return found


def say(database: Database, place: Place, verdict: Verdict, author: str = "مها", **cells: Any) -> int:
    seen = look(database).seen(place)
    with database.write() as connection:
        return review(connection, "r1", place, verdict, cells, author, seen)


def everything(database: Database) -> dict[str, Any]:
    """All that reviews may change, but the reviews themselves."""
    merge_pending(database)
    tables = ("attributions", "provisions", "provision_parties", "features", "commitments", "stages", "agreements")
    with database.read() as connection:
        return {name: connection.execute(select(schema.metadata.tables[name])).all() for name in tables}


def test_a_correction_reaches_the_tables_and_the_ledger(database: Database) -> None:
    say(database, EXERCISE, "correct", status="signed", parties=["KEN", "TZA"])
    say(database, SAID, "correct", polarity="+")
    merge_pending(database)
    with database.read() as connection:
        loaded = load_record(connection, "r1")
        assert loaded
        assert loaded[1].provisions[0].status == "signed"
        columns = schema.commitments.c
        assert connection.execute(select(columns.status, columns.parties)).all() == [("signed", "KEN TZA")]


def test_a_rejected_provision_leaves_the_ledger(database: Database) -> None:
    say(database, EXERCISE, "reject")
    assert everything(database)["commitments"] == []


def test_undo_restores_everything_exactly(database: Database) -> None:
    before = everything(database)
    numbers = [
        say(database, EXERCISE, "correct", status="signed", area="training"),
        say(database, SAID, "reject"),
        say(database, EXERCISE, "reject"),
    ]
    assert everything(database) != before
    for number in reversed(numbers):
        with database.write() as connection:
            take_back(connection, number, "مها")
    assert everything(database) == before


def test_reviews_are_kept_when_they_are_undone(database: Database) -> None:
    number = say(database, EXERCISE, "reject")
    with database.write() as connection:
        take_back(connection, number, "سعد")
        (kept,) = reviews_of(connection, "r1")
    assert (kept.author, kept.undone_by, kept.undone is None) == ("مها", "سعد", False)


def test_the_second_of_two_reviewers_is_told_and_overwrites_nothing(database: Database) -> None:
    seen = look(database).seen(EXERCISE)
    with database.write() as connection:
        review(connection, "r1", EXERCISE, "correct", {"status": "signed"}, "مها", seen)
    with pytest.raises(ConflictError, match=r"مها said «correct» on \d{4}"), database.write() as connection:
        review(connection, "r1", EXERCISE, "correct", {"status": "refused"}, "سعد", seen)
    assert look(database).effective.record.provisions[0].status == "signed"
    assert [r.author for r in look(database).reviews] == ["مها"]


def test_taking_back_is_a_change_that_others_are_told_of(database: Database) -> None:
    number = say(database, EXERCISE, "reject")
    seen = look(database).seen(EXERCISE)
    with database.write() as connection:
        take_back(connection, number, "سعد", seen)
    with pytest.raises(ConflictError, match="سعد took back «reject»"), database.write() as connection:
        review(connection, "r1", EXERCISE, "accept", {}, "مها", seen)
    with pytest.raises(ConflictError, match="was taken back by سعد"), database.write() as connection:
        take_back(connection, number, "مها")


def test_reviews_of_other_rows_are_no_conflict(database: Database) -> None:
    found = look(database)
    for place, author in ((EXERCISE, "مها"), (SAID, "سعد")):
        with database.write() as connection:
            review(connection, "r1", place, "accept", {}, author, found.seen(place))
    assert [r.state for r in look(database).effective.rows] == ["accept", "accept"]


def test_reading_again_applies_them_to_the_new_reading(database: Database) -> None:
    say(database, EXERCISE, "correct", status="signed")
    again = replace(RECORD, provisions=(replace(RECORD.provisions[0], id="p3", parties=("KEN", "UGA")),))
    with database.write() as connection:
        add(connection, find_place(connection, REPORT), REPORT, again, b"", "2")
        read_again(connection, ["r1"])
    found = look(database)
    (row,) = found.effective.record.provisions
    assert (row.id, row.status, row.parties) == ("p3", "signed", ("KEN", "UGA"))
    assert found.original.provisions == again.provisions


def test_a_review_whose_row_is_gone_is_listed_and_speaks_again_when_it_is_back(database: Database) -> None:
    say(database, EXERCISE, "correct", status="signed")
    for provisions, lost in (((), 1), (RECORD.provisions, 0)):
        with database.write() as connection:
            add(connection, find_place(connection, REPORT), REPORT, replace(RECORD, provisions=provisions), b"", "2")
            read_again(connection, ["r1"])
        assert len(look(database).effective.lost) == lost
    assert look(database).effective.record.provisions[0].status == "signed"


def test_they_outlive_the_removal_of_the_report(database: Database) -> None:
    say(database, EXERCISE, "reject")
    with database.write() as connection:
        remove(connection, "r1")
        assert find_place(connection, REPORT).outcome is Outcome.NEW
        stored(connection, REPORT, RECORD)
    assert look(database).effective.record.provisions == ()


def test_an_accepted_record_is_complete(database: Database) -> None:
    say(database, EXERCISE, "reject")
    with database.write() as connection:
        accept_all(connection, "r1", "مها", "0-0")
    found = look(database)
    assert found.effective.complete
    assert [r.state for r in found.effective.rows] == ["accept", "reject"]


@pytest.mark.parametrize(
    ("place", "verdict", "cells", "message"),
    [
        (EXERCISE, "correct", {}, "nothing was changed"),
        (EXERCISE, "accept", {"status": "signed"}, "cells go with a correction"),
        (EXERCISE, "correct", {"status": "finished"}, "there is no status 'finished'"),
        (EXERCISE, "correct", {"parties": ["KEN"]}, "two parties or more"),
        (EXERCISE, "correct", {"parties": ["KEN", "XXX"]}, "no party 'XXX'"),
        (EXERCISE, "correct", {"evidence": [5, 4000]}, "no piece of the text"),
        (EXERCISE, "correct", {"evidence": [-5, 4]}, "no piece of the text"),
        (EXERCISE, "correct", {"evidence": [0, 4]}, "begins or ends with a blank"),
        (EXERCISE, "correct", {"speaker": "مها"}, "has no cell 'speaker'"),
        (SAID, "correct", {"speaker": "  "}, "name is missing"),
        (SAID, "correct", {"content": []}, "no piece of the text, or too many"),
        (Place("provision", 0, 3, "exercise"), "accept", {}, "no such row"),
        (Place("provision", 0, 3, "exercise"), "add", {"evidence": [0, 3]}, "area is missing"),
        (WHOLE, "reject", {}, "can only be accepted"),
    ],
)
def test_what_cannot_be_kept_is_refused_and_leaves_nothing(
    tmp_path: Any, place: Place, verdict: Verdict, cells: dict[str, Any], message: str
) -> None:
    with open_database(str(tmp_path / "m.db"), create=True) as database:
        with database.write() as connection:
            stored(connection, REPORT, RECORD)
        with pytest.raises(ReviewError, match=message), database.write() as connection:
            review(connection, "r1", place, verdict, cells, "مها", "0-0")
        with database.read() as connection:
            assert reviews_of(connection, "r1") == []


def test_a_row_that_is_there_is_not_added(database: Database) -> None:
    cells: dict[str, Any] = {"evidence": [EXERCISE.start, EXERCISE.end], "area": "exercise", "status": "agreed"}
    with pytest.raises(ConflictError, match="such a row already"):
        say(database, EXERCISE, "add", parties=["KEN", "IND"], role="provision", **cells)
    assert TEXT[EXERCISE.start : EXERCISE.end] == RECORD.provisions[0].evidence.text


def test_gold_has_the_reviewed_rows_of_complete_reports(database: Database) -> None:
    say(database, EXERCISE, "correct", status="signed")
    with database.read() as connection:
        assert list(gold(connection)) == [], "nobody looked for what the reader missed"
        (part,) = gold(connection, partial=True)
    assert (part["attributions"], part["provisions"][0]["attribution"]) == ([], None), "nobody judged the attribution"
    with database.write() as connection:
        accept_all(connection, "r1", "سعد", "0-0")
    with database.read() as connection:
        (whole,) = gold(connection)
    assert whole["text"] == TEXT
    assert whole["reviewers"] == ["سعد", "مها"]
    found = Record.from_dict(whole)
    assert (found.provisions[0].status, found.provisions[0].attribution) == ("signed", "a1")


def test_what_is_reviewed_and_not_merged_yet_breaks_no_list_of_the_ledger(database: Database) -> None:
    with database.read() as connection:
        commitments, agreements = find_commitments(connection), find_agreements(connection)
        assert len(list(load_commitments(connection, commitments, TODAY))) == len(commitments) > 0
    say(database, EXERCISE, "reject")
    with database.read() as connection:
        left = [c.id for c in load_commitments(connection, commitments, TODAY)]
        assert set(left) < set(commitments)
        assert [c.id for a in load_agreements(connection, agreements, TODAY) for c in a.commitments] == left
