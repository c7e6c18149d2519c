"""An agreement, a commitment, a pair, the network: what their pages show, and where it leads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from xml.etree import ElementTree

import httpx
import pytest
from deals import LONG_AGO, deals
from made import hostile_report, put
from serving import serving

from mithaq.merge.update import merge_pending
from mithaq.query.ties import Tie
from mithaq.store.database import open_database
from mithaq.web.pictures.network import Naming, network
from mithaq.web.pictures.timeline import Lane, Mark, Words, timeline

WORDS = Words("Timeline", "undated", (("wish", "wish"), ("deed", "deed")), "reports")


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A client of a reading room on the dealings of deals.py and a hostile report."""
    with open_database(str(tmp_path_factory.mktemp("pages") / "mithaq.db"), create=True) as database:
        put(database, [*deals(), hostile_report()])
        merge_pending(database)
        with serving(database) as address, httpx.Client(base_url=address, headers={"accept-language": "en"}) as client:
            yield client


def ids(room: httpx.Client, kind: str, **query: str) -> list[str]:
    """The ids of a list."""
    return [item["id"] for item in room.get(f"/api/v1/{kind}", params=query).json()["items"]]


def test_the_matrix_leads_to_the_characters(room: httpx.Client) -> None:
    text = room.get(f"/agreements/{ids(room, 'agreements', area='exercise')[0]}").text
    report = deals()[2][0]
    start = report.text.index("إجراء")
    end = start + len("إجراء مناورات بحرية مشتركة قبالة ممباسا")
    matrix = text[text.index('class="scroll matrix"') : text.index('id="h-timeline"')]
    assert f'class="cell" href="/reports/deal-3#s={start}-{end}"' in matrix
    assert matrix.count('<th scope="row">') == 3
    assert matrix.count("copy of") == 1


def test_an_agreement_shows_conditions_contradictions_support_history_and_what_is_due(room: httpx.Client) -> None:
    text = room.get(f"/agreements/{ids(room, 'agreements', area='exercise')[0]}").text
    conditions = text[text.index('id="h-conditions"') : text.index('id="h-matrix"')]
    assert "تدرب الهند ضباطها على الملاحة" in conditions
    versus = text[text.index('class="versus"') :]
    versus = versus[: versus.index("</section>")]
    assert versus.count("<figure>") == 2
    assert [versus.index("planned") < versus.index("refused"), "النهر" in versus, "المرصد" in versus] == [True] * 3
    assert "وزير الدفاع الكيني" in versus
    assert "overdue, nothing reported" in text
    assert (LONG_AGO + timedelta(days=30)).isoformat() in text
    assert "Step back" in text
    assert re.search(r"Copies \(1\): <a [^>]*><bdi[^>]*>الصدى", text)


def test_a_commitment_has_a_page_of_its_own(room: httpx.Client) -> None:
    id = ids(room, "commitments", area="exercise")[0]
    text = room.get(f"/commitments/{id}").text
    assert "Exercise: India, Kenya" in text
    assert "refused or suspended since" in text
    assert f'href="/agreements/{ids(room, "agreements", area="exercise")[0]}"' in text


def test_ids_of_other_kinds_lead_to_their_own_page(room: httpx.Client) -> None:
    agreement, commitment = ids(room, "agreements")[0], ids(room, "commitments")[0]
    assert room.get(f"/commitments/{agreement}").headers["location"] == f"/agreements/{agreement}"
    assert room.get(f"/agreements/{commitment}").headers["location"] == f"/commitments/{commitment}"
    assert room.get("/agreements/none").status_code == 404
    for path in (f"/agreements/{commitment}/timeline.svg", f"/commitments/{agreement}/timeline.svg"):
        assert room.get(path).status_code in (400, 404)


def test_hostile_words_stay_words(room: httpx.Client) -> None:
    (id,) = ids(room, "agreements", party="JOR")
    for path in (f"/agreements/{id}", "/commitments?party=JOR", "/agreements?party=JOR", "/pairs/JOR-JPN", "/network"):
        text = room.get(path).text
        assert "<script>document" not in text, path
        assert "<img" not in text, path
    assert "{{ 7*7 }}" in room.get(f"/agreements/{id}").text
    svg = room.get(f"/agreements/{id}/timeline.svg").text
    assert ElementTree.fromstring(svg).findall(".//{*}script") == []


def test_a_pair_has_areas_and_years(room: httpx.Client) -> None:
    text = room.get("/pairs/KEN-JPN").text
    heat = text[text.index('class="heat"') : text.index("</table>")]
    assert re.findall(r'<th scope="col">([^<]+)</th>', heat) == ["2019", "undated", "All years"]
    assert 'href="/pairs/KEN-JPN?area=transport&amp;since=2019&amp;until=2019#h-list"' in heat
    assert 'aria-label="transport 2019: 1 commitment"' in heat
    narrowed = room.get("/pairs/KEN-JPN?area=transport").text
    assert "<strong>1 commitment</strong>" in narrowed
    assert room.get("/pairs?one=كينيا&other=Japan").headers["location"] == "/pairs/KEN-JPN"


@pytest.mark.parametrize("pair", ["KEN", "KEN-KEN", "KEN-JPN-IND", "-", "KEN-Atlantis"])
def test_what_is_no_pair_is_said(room: httpx.Client, pair: str) -> None:
    assert room.get(f"/pairs/{pair}").status_code == 400


def test_a_pair_without_dealings_leads_on(room: httpx.Client) -> None:
    text = room.get("/pairs/FRA-PER").text
    assert "Nothing is reported of the two" in text
    assert 'href="/network?party=FRA"' in text


def test_the_network_leads_to_pairs_and_follows_filters(room: httpx.Client) -> None:
    text = room.get("/network").text
    assert 'href="/pairs/IND-KEN"' in text[text.index("<svg") : text.index("</svg>")]
    narrowed = room.get("/network?area=transport&party=JPN").text
    assert "/pairs/IND-KEN" not in narrowed
    assert '<a href="/network?since=2019&amp;until=2019"' in text, "years can be chosen"


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_pictures_can_be_taken_away(room: httpx.Client, lang: str) -> None:
    agreement, commitment = ids(room, "agreements")[0], ids(room, "commitments")[0]
    for path in (f"/agreements/{agreement}/timeline", f"/commitments/{commitment}/timeline", "/pairs/KEN-IND/timeline",
                 "/network"):  # fmt: skip
        svg = room.get(f"{path}.svg", params={"lang": lang})
        assert svg.headers["content-type"] == "image/svg+xml"
        assert not ElementTree.fromstring(svg.text).findall(".//{*}a"), "links lead nowhere outside the page"
        assert 'filename="mithaq-' in svg.headers["content-disposition"]
        assert room.get(f"{path}.png", params={"lang": lang}).status_code == 404, "pages make those by themselves"


def test_time_runs_from_right_to_left_in_arabic() -> None:
    marks = tuple(Mark(date(2015, 1, day), "wish", "x", "/") for day in (1, 20))
    found = {}
    for lang in ("en", "ar"):
        root = ElementTree.fromstring(timeline([Lane("مصر", marks)], WORDS, lang, links=True))
        found[lang] = [float(a.find("{*}circle").attrib["cx"]) for a in root.findall("{*}a")]  # type: ignore[union-attr]
    assert found["en"][0] < found["en"][1]
    assert found["ar"][0] > found["ar"][1]


def test_marks_at_one_place_are_counted_and_undated_ones_apart() -> None:
    marks = (*[Mark(date(2015, 1, 1), "deed", "x", "/")] * 3, Mark(date(2016, 1, 1), "deed", "x", "/"),
             Mark(None, "deed", "x", "/"))  # fmt: skip
    root = ElementTree.fromstring(timeline([Lane("x", marks)], WORDS, "en", links=True))
    links = root.findall("{*}a")
    assert sorted(a.attrib["aria-label"] for a in links) == ["x", "x", "x (+2 reports)"]
    words = [element.text for element in root.findall("{*}text")]
    assert "3" in words
    assert "undated" in words


def test_an_empty_picture_is_a_picture() -> None:
    assert ElementTree.fromstring(timeline([], WORDS, "en", links=False)).tag.endswith("svg")
    assert ElementTree.fromstring(network([], _naming(), "en", links=False)).tag.endswith("svg")


def test_no_two_parties_of_a_network_cover_each_other() -> None:
    codes = [f"{a}{b}X" for a in "ABCDEF" for b in "ABCDE"]
    pairs = [Tie(one, other, 3 + n % 7, {"visit": 1}, None, None, 0) for n, (one, other) in enumerate(pairwise(codes))]
    pairs += [Tie("AAX", code, 2, {"visit": 1}, None, None, 0) for code in codes[5:20]]
    pairs += [Tie("QQQ", "RRR", 1, {"visit": 1}, None, None, 0)]
    drawing = network(pairs, _naming(), "en", links=True)
    assert drawing == network(pairs, _naming(), "en", links=True), "the same network is drawn the same"
    circles = ElementTree.fromstring(drawing).findall(".//{*}circle[@class='fill-node']")
    places = [tuple(float(c.attrib[name]) for name in ("cx", "cy", "r")) for c in circles]
    assert len(places) == len(codes) + 2
    near = [
        (one, other)
        for n, one in enumerate(places)
        for other in places[:n]
        if (one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2 < (one[2] + other[2]) ** 2
    ]
    assert near == []


def _naming() -> Naming:
    return Naming("net", str, lambda tie: "pair", lambda party: "/", lambda one, other: "/")
