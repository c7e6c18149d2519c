"""Lists of agreements and commitments: filters, words, order, pages, downloads; what is said where nothing fits."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from deals import LONG_AGO, TODAY, deals
from made import put
from serving import serving
from typer.testing import CliRunner

from mithaq.cli.app import app as command_line
from mithaq.errors import QueryError
from mithaq.merge.update import merge_pending
from mithaq.query.filters import Filters
from mithaq.query.given import filters_of, parse_day
from mithaq.query.listing import list_agreements, list_commitments
from mithaq.query.words import party_code
from mithaq.store.database import Database, open_database


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """The dealings of deals.py, merged."""
    with open_database(str(tmp_path_factory.mktemp("ledger") / "mithaq.db"), create=True) as database:
        put(database, deals())
        merge_pending(database)
        yield database


@pytest.fixture(scope="module")
def room(ledger: Database) -> Iterator[httpx.Client]:
    """A client of a reading room on them."""
    with serving(ledger) as address, httpx.Client(base_url=address, headers={"accept-language": "en"}) as client:
        yield client


def listed(database: Database, words: str = "", **filters: Any) -> list[str]:
    """The areas of the commitments that a list holds."""
    with database.read() as connection:
        found = list_commitments(connection, filters_of(**filters), words, "area")
    assert found.total == len(found.items)
    return [row.area for row in found.items]


@pytest.mark.parametrize(
    ("filters", "areas"),
    [
        ({}, ["exercise", "training", "visit", "visit", "transport", "transport"]),
        ({"parties": ["JPN"]}, ["visit", "transport"]),
        ({"parties": ["اليابان"]}, ["visit", "transport"]),
        ({"parties": ["Kenya", "الهند"], "areas": ["exercise", "transport"]}, ["exercise", "transport"]),
        ({"statuses": ["demanded,refused"]}, ["exercise", "training"]),
        ({"role": "condition"}, ["training"]),
        ({"contradicted": True}, ["exercise"]),
        ({"since": "2019", "until": "2019-03"}, ["transport"]),
        ({"outlet": "المرصد"}, ["exercise"]),
        ({"confidence": "0.9"}, []),
    ],
)
def test_filters_narrow_the_list(ledger: Database, filters: dict[str, Any], areas: list[str]) -> None:
    assert sorted(listed(ledger, **filters)) == sorted(areas)


@pytest.mark.parametrize(
    ("words", "areas"),
    [
        ("اليابان", ["transport", "visit"]),
        ("japan transport", ["transport"]),
        ("مناوراتٍ ممباسا", ["exercise"]),  # marks do not matter, nor do prefixes
        ("ممباسا japan", []),
        ("اتفاقيه", ["transport"]),  # nor whether ة or ه is written
        ("%", []),
        ("مرفوض", ["exercise"]),
    ],
)
def test_words_are_those_of_names_and_of_the_evidence(ledger: Database, words: str, areas: list[str]) -> None:
    assert sorted(listed(ledger, words)) == areas


def test_every_order_works_both_ways_round(room: httpx.Client) -> None:
    for path, columns in (
        ("/commitments", ("area", "parties", "status", "last", "first", "reports", "confidence", "outlets")),
        ("/agreements", ("parties", "commitments", "first", "last", "reports")),
    ):
        for column in columns:
            rising = room.get(f"/api/v1{path}", params={"order": column}).json()["items"]
            falling = room.get(f"/api/v1{path}", params={"order": f"-{column}"}).json()["items"]
            assert len(rising) == len(falling)
            if column in ("last", "first"):
                days = [row[column] for row in rising]
                assert days == [*sorted(filter(None, days)), *[None] * days.count(None)], "undated ones are last"


def test_pages_turn(ledger: Database) -> None:
    with ledger.read() as connection:
        whole = list_commitments(connection).items
        parts = [list_commitments(connection, limit=2, offset=n) for n in (0, 2, 4)]
        agreements = list_agreements(connection, Filters(areas=("exercise",)))
    assert [row for part in parts for row in part.items] == list(whole)
    assert {part.total for part in parts} == {6}
    assert [row.parties for row in agreements.items] == [("IND", "KEN")]
    assert agreements.items[0].contradictions == 1
    assert ("exercise", "refused", 1) in agreements.items[0].parts


def test_parties_are_known_by_code_and_by_name() -> None:
    assert [party_code(given) for given in ("egy", "مصر", "Egypt", " RUS ")] == ["EGY", "EGY", "EGY", "RUS"]
    for wrong in ("Atlantis", "جمهورية"):  # none, and many
        with pytest.raises(QueryError):
            party_code(wrong)


def test_days_may_be_months_and_years() -> None:
    assert parse_day("2016-02", "last").isoformat() == "2016-02-29"
    assert parse_day("2016", "first").isoformat() == "2016-01-01"
    for wrong in ("", "2016-13", "2016-1-2-3", "x", "0", "99999"):
        with pytest.raises(QueryError, match="no day"):
            parse_day(wrong, "first")


@pytest.mark.parametrize(
    "query",
    ["area=x", "status=x", "role=x", "party=Atlantis", "since=x", "confidence=2", "confidence=nan", "order=x", "page=0",
     "page=x", "page=99999999999", "on=x"],
)  # fmt: skip
def test_what_cannot_be_asked_is_said_with_what_to_do(room: httpx.Client, query: str) -> None:
    path = "/due" if query.startswith("on") else "/commitments"
    answer = room.get(f"{path}?{query}")
    assert answer.status_code == 400
    assert 'class="error"' in answer.text


def test_a_page_beyond_the_last_is_the_last(room: httpx.Client) -> None:
    assert "<strong>6 commitments</strong>" in room.get("/commitments?page=700").text


def test_an_empty_list_says_what_to_do_next(room: httpx.Client, database: Database) -> None:
    text = room.get("/commitments?party=KEN&party=FRA&since=2020-01-01&q=x").text
    for way_out in ("Without the words", "At any time", "All of Kenya", "Without filters"):
        assert way_out in text
    with serving(database) as address:
        text = httpx.get(f"{address}/agreements", headers={"accept-language": "en"}).text
    assert "The ledger is empty." in text
    assert 'href="/add"' in text


def test_reports_that_are_not_merged_are_pointed_out(database: Database) -> None:
    put(database, deals())
    with serving(database) as address:
        assert "5 reports are not merged yet" in httpx.get(f"{address}/commitments?lang=en").text


def test_the_fragment_is_the_list_alone(room: httpx.Client) -> None:
    fragment = room.get("/commitments?fragment=1&area=exercise").text
    assert "<html" not in fragment
    assert fragment.count("<tr") == 2
    assert "fragment" not in fragment, "what the list leads to are whole pages"


def test_what_is_due_depends_on_the_day(room: httpx.Client) -> None:
    assert "نيودلهي" in room.get("/due").text
    assert "نيودلهي" not in room.get(f"/due?on={LONG_AGO.isoformat()}").text
    assert "نيودلهي" not in room.get("/due?party=JPN").text
    assert TODAY.isoformat() in room.get("/due").text, "the day is there to be chosen anew"


@pytest.mark.parametrize(
    ("address", "command"),
    [
        ("/agreements", "agreements"),
        ("/commitments?party=KEN&party=IND&order=-last", "commitments --party KEN --party IND"),
        ("/commitments?contradicted=1", "commitments --contradicted"),
        ("/due", "due"),
        ("/search?q=ممباسا", "search ممباسا"),
        ("/speakers?name=وزير", "who وزير"),
    ],
)
@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_downloads_are_the_rows_of_the_command_line(
    room: httpx.Client, ledger: Database, address: str, command: str, form: str
) -> None:
    path, _, query = address.partition("?")
    answer = room.get(f"{path}.{form}?{query}")
    assert answer.headers["content-disposition"].startswith('attachment; filename="mithaq-')
    said = CliRunner().invoke(command_line, [*command.split(), "--db", ledger.name, "--format", form])
    assert said.exit_code == 0
    assert answer.content.decode("utf-8-sig") == said.stdout
    assert len(said.stdout.splitlines()) > (form == "csv")


def test_stages_of_an_agreement_can_be_taken_away(room: httpx.Client, ledger: Database) -> None:
    id = room.get("/api/v1/agreements?area=exercise").json()["items"][0]["id"]
    for form in ("csv", "jsonl"):
        said = CliRunner().invoke(command_line, ["show", id, "--db", ledger.name, "--format", form])
        assert room.get(f"/agreements/{id}/stages.{form}").content.decode("utf-8-sig") == said.stdout
    rows = list(csv.DictReader(io.StringIO(room.get(f"/agreements/{id}/stages.csv").content.decode("utf-8-sig"))))
    assert {row["copy_of"] for row in rows} == {"", "deal-1"}


def test_the_network_and_a_record_can_be_taken_away(room: httpx.Client, ledger: Database) -> None:
    rows = list(csv.DictReader(io.StringIO(room.get("/network.csv").content.decode("utf-8-sig"))))
    assert [(row["one"], row["other"], row["commitments"]) for row in rows] == [
        ("IND", "KEN", "5"), ("JPN", "KEN", "2"), ("IND", "JPN", "1"),
    ]  # fmt: skip
    assert next(json.loads(line) for line in room.get("/network.jsonl").text.splitlines())["areas"]["visit"] == 2
    record = room.get("/record.jsonl", params={"report": "deal-4/b ؟"})
    said = CliRunner().invoke(command_line, ["show", "deal-4/b ؟", "--db", ledger.name, "--format", "jsonl"])
    assert record.text == said.stdout


def test_there_are_no_downloads_of_other_forms(room: httpx.Client) -> None:
    for path in ("/agreements.xlsx", "/network.pdf", "/due.x", "/pairs/IND-KEN/timeline.gif"):
        assert room.get(path).status_code == 404


def test_a_download_that_cannot_be_asked_is_an_error_and_no_file(room: httpx.Client) -> None:
    for path in ("/commitments.csv?order=x", "/search.csv?q=", "/agreements/none/stages.csv", "/speakers.csv"):
        answer = room.get(path)
        assert answer.status_code in (400, 404), path
        assert "content-disposition" not in answer.headers


def test_a_cell_is_no_formula(database: Database, tmp_path: Path) -> None:
    report, record = deals()[3]
    put(database, [(type(report)(report.text, report.id, "=1+1", report.url, "@x", report.published), record)])
    merge_pending(database)
    with serving(database) as address:
        text = httpx.get(f"{address}/search.csv", params={"q": "لامو"}).content.decode("utf-8-sig")
    assert ",'=1+1,'@x," in text
