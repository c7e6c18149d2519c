"""What the report page is made of, without a browser."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import httpx
import pytest
from made import HARD, copied, hard_report, put
from serving import serving

from mithaq.errors import QueryError
from mithaq.merge.update import merge_pending
from mithaq.query import reports, speakers
from mithaq.store.database import Database, open_database
from mithaq.store.search import ReportFilters
from mithaq.web import reading
from mithaq.web.labels import labels


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    with open_database(database_url, create=True) as database:
        yield database


@pytest.mark.parametrize("text", [HARD, "أ\r\nب\rج\n\n د", "", "\n", "كلمة", "سطر\n"])
def test_paragraphs_are_the_lines_with_their_offsets(text: str) -> None:
    found = reading.paragraphs(text)
    assert all(text[p.start : p.start + len(p.text)] == p.text for p in found)
    assert all("\n" not in p.text and "\r" not in p.text and p.text.strip() for p in found)
    assert "".join(p.text for p in found) == text.replace("\r", "").replace("\n", "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("قال", "rtl"),
        ("CNN: قال الوزير", "rtl"),
        ("A spokesman said so.", "ltr"),
        ("15-11-2014", "rtl"),
        ("שלום world", "rtl"),
    ],
)
def test_a_line_runs_from_left_to_right_only_without_any_letter_that_does_not(text: str, expected: str) -> None:
    assert reading.direction(text) == expected


@pytest.mark.parametrize("url", ["javascript:alert(1)", " https://x", "data:text/html,x", "//evil", "", None])
def test_only_addresses_of_the_web_are_linked(url: str | None) -> None:
    assert reading.link(url) == ""


def test_rows_follow_the_text_and_hold_their_spans() -> None:
    report, record = hard_report()
    rows = reading.provisions(report, record, labels("ar"))
    assert [row.id for row in rows] == ["p1", "p3", "p2", "p4"]
    evidence = record.provisions[3].evidence
    assert rows[3].spans.split()[0] == f"evidence:{evidence.start}-{evidence.end}"
    assert [span.partition(":")[0] for span in rows[3].spans.split()] == ["evidence", "detail", "detail"]
    assert [(d.label, d.words) for d in rows[3].details] == [("when", "15-11-2014"), ("frequency", "مرتين في السنة")]
    said = reading.statements(report, record, labels("en"))
    assert [row.id for row in said] == ["a1", "a2", "a3"]
    assert said[2].chain == ("النهر", "الصحيفة", "مصدر عسكري", "سيرغي شويغو")
    assert "direct, certain, denies" in said[2].citation


def test_an_outlet_that_quotes_itself_is_named_once() -> None:
    record = hard_report()[1]
    said = replace(record.attributions[0], speaker="النهر")
    assert reading.chain_of(replace(record, attributions=(said,)), "a1") == ("النهر",)


def test_a_report_opens_with_its_copies_texts_and_standing(database: Database) -> None:
    hard = hard_report()
    put(database, [hard, copied(hard, "copy", "الصدى", date(2013, 11, 16))])
    merge_pending(database)
    with database.read() as connection:
        opened = reports.open_report(connection, "copy")
        assert [c.id for c in opened.copies] == [hard[0].id]
        assert set(opened.standing) == {"p1", "p2", "p3", "p4"}
        assert opened.newest
        assert reports.locate(connection, "copy/p3") == ("copy", "p3")
        for wrong in ("nothing", "copy/p9", "/", ""):
            with pytest.raises(QueryError, match="nothing has the id"):
                reports.locate(connection, wrong)


def test_reports_are_listed_the_latest_first_a_page_at_a_time(database: Database) -> None:
    hard = hard_report()
    put(database, [copied(hard, f"r{i}", f"وسيلة {i}", date(2014, 1, 1 + i)) for i in range(5)])
    with database.read() as connection:
        total, found = reports.latest(connection, ReportFilters(), 2, 2)
        assert (total, [r.id for r in found]) == (5, ["r2", "r1"])
        total, found = reports.latest(connection, ReportFilters(outlets=("وسيلة 3",)), 2)
        assert (total, [r.id for r in found]) == (1, ["r3"])
        assert reports.outlets(connection) == [f"وسيلة {i}" for i in range(5)]


def test_speakers_are_counted_and_related(database: Database) -> None:
    hard = hard_report()
    put(database, [hard, copied(hard, "copy", "الصدى", date(2013, 11, 16))])
    with database.read() as connection:
        assert speakers.count_sayings(connection, "شويغو") == 2
        minister = speakers.person(connection, "شويغو", limit=1)
        assert (minister.total, len(minister.sayings), minister.names) == (2, 1, [("سيرغي شويغو", 2)])
        source = speakers.person(connection, "مصدر", limit=9)
        assert (source.reported_by, source.reports) == ([("الصحيفة", 2)], [("سيرغي شويغو", 2)])
        assert [s.report for s in speakers.sayings(connection, "مصدر")] == ["copy", hard[0].id], "the latest first"
        assert speakers.person(connection, "مصدر", limit=1, offset=1).sayings == source.sayings[1:]
        assert speakers.most_quoted(connection) == [("سيرغي شويغو", 2)]
        said = speakers.sayings(connection, "شويغو", limit=1)
        standing = speakers.provisions_on(connection, said)
        assert [p.id for p in standing["copy", "a3"]] == ["p1", "p2"]
        with pytest.raises(QueryError):
            speakers.person(connection, " ", limit=1)
        with pytest.raises(QueryError, match="5000 words"):
            speakers.sayings(connection, " ".join(map(str, range(5000))))


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/reports/r1", 200),
        ("/reports/none", 404),
        ("/reports/r1?version=2", 404),
        ("/reports/r1?version=99999999999999999999", 422),
        ("/reports/%00", 400),
        ("/speakers?name=%25", 200),
        ("/speakers?name=" + "%20".join(map(str, range(3000))), 400),
        ("/speakers?page=99999999999999999999", 422),
        ("/search?q=" + "%D8%A7" * 2000, 422),
        ("/search?q=%D8%A7&outlet=%00", 400),
    ],
)
def test_odd_addresses_are_answered(database: Database, path: str, status: int) -> None:
    put(database, [hard_report("r1")])
    with serving(database) as address:
        assert httpx.get(address + path).status_code == status
