"""The pages of the ledger on SQLite and on PostgreSQL: the same answers, whatever is asked."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

import httpx
import pytest
from deals import deals
from made import hostile_report, put
from serving import serving

from mithaq.merge.update import merge_pending
from mithaq.store.database import open_database

NASTY = ["\0", '"; DROP TABLE reports; --', "%_\\'", "<b>", "x" * 5000, "🚢\u202e", "1e9", " ../x"]
PAGES = [
    ("/agreements", ("q", "party", "area", "since", "outlet", "order", "page", "confidence")),
    ("/commitments", ("q", "party", "status", "until", "outlet", "role", "contradicted", "fragment")),
    ("/due", ("on", "party", "area")),
    ("/network", ("party", "area", "since", "outlet")),
    ("/pairs/KEN-IND", ("area", "since", "order", "party")),
    ("/pairs", ("one", "other")),
    ("/commitments.csv", ("q", "party")),
    ("/search.csv", ("q", "outlet", "since")),
    ("/speakers.jsonl", ("name",)),
    ("/record.jsonl", ("report",)),
]

OF_ONE = [
    "/agreements/{}",
    "/commitments/{}/stages.csv",
    "/agreements/{}/timeline.svg",
    "/pairs/{}",
    "/api/v1/commitments/{}",
    "/api/v1/reports/{}",
    "/api/v1/stages/{}",
]


@pytest.fixture
def room(database_url: str) -> Iterator[httpx.Client]:
    """A client of a reading room on the dealings of deals.py."""
    with open_database(database_url, create=True) as database:
        put(database, [*deals(), hostile_report()])
        merge_pending(database)
        with serving(database) as address, httpx.Client(base_url=address, timeout=30) as client:
            yield client


def test_both_databases_give_the_same(room: httpx.Client) -> None:
    def totals(path: str, *queries: str) -> list[int]:
        return [room.get(f"/api/v1{path}?{query}").json()["total"] for query in queries]

    assert totals(
        "/commitments", "", "party=KEN&party=IND", "q=ممباسا", "q=اتفاقيه", "outlet=الصدى", "contradicted=true",
        "since=2019&until=2019", "role=condition", "confidence=0.9", "order=status", "order=-first",
    ) == [7, 5, 1, 1, 4, 1, 1, 1, 1, 7, 7]  # fmt: skip
    whole, japan, named, visits, ordered = totals(
        "/agreements", "", "party=JPN", "q=japan", "party=KEN&area=visit", "order=-commitments"
    )
    assert whole == ordered > japan == named >= visits >= 2
    assert totals("/reports", "", "outlet=النهر", "since=2019&until=2019-12") == [6, 1, 1]
    assert totals("/due", "", "on=2015") == [1, 0]
    ties = room.get("/api/v1/network").json()["items"]
    assert [(t["one"], t["other"], t["commitments"], t["contradicted"]) for t in ties] == [
        ("IND", "KEN", 5, 1), ("JPN", "KEN", 2, 0), ("IND", "JPN", 1, 0), ("JOR", "JPN", 1, 0),
    ]  # fmt: skip
    pair = room.get("/pairs/JPN-KEN?lang=en").text
    assert 'aria-label="transport 2019: 1 commitment"' in pair


def test_nothing_in_an_address_breaks_a_page(room: httpx.Client) -> None:
    for path, names in PAGES:
        for name in names:
            for value in NASTY:
                answer = room.get(path, params={name: value})
                assert answer.status_code in (200, 303, 400, 404, 422), (path, name, value, answer.text[-300:])
                if answer.status_code == 303:
                    assert answer.headers["location"].startswith("/")
    for value in NASTY:
        id = quote(value, safe="")
        for path in OF_ONE:
            assert room.get(path.format(id)).status_code < 500, (path, value)
