"""Flows from page to page in both languages, and what the pages say meanwhile: errors, work that goes on, downloads."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from threading import Event

import httpx
import pytest
from deals import deals
from made import hard_report, put
from PIL import Image
from playwright.sync_api import expect
from records import record, report
from serving import serving
from test_review_browser import stages, two_alike
from visitors import Visitor, keep, text_of
from web_fixtures import Open

from mithaq.merge.update import merge_pending
from mithaq.model import Report
from mithaq.query.ledger import find_agreements, load_agreements
from mithaq.store.database import Database, open_database
from mithaq.web import background

LANGS = pytest.mark.parametrize("lang", ["ar", "en"])
CLASHES = ["log", "judgements", "gold.jsonl", "agreements/r1", "reports/r1", "undo"]
"""Ids of reports that are also addresses below /review."""
AXIS_END = 230 * 2
"""Where the names of a timeline's lanes end, in pixels of its PNG."""


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A reading room on the dealings of deals.py."""
    with open_database(str(tmp_path_factory.mktemp("flows") / "mithaq.db"), create=True) as database:
        put(database, [*deals(), hard_report()])
        merge_pending(database)
        with serving(database) as address:
            yield address


@LANGS
def test_from_the_first_page_to_the_words_of_a_report(room: str, open_page: Open, lang: str) -> None:
    page = open_page(room, lang=lang)
    page.locator(".counts a[href='/agreements']").click()
    page.locator("#list tbody a[href^='/agreements/']").first.click()
    expect(page.locator("h1")).not_to_be_empty()
    page.locator("table.rows tbody a[href^='/commitments/']").first.click()
    expect(page.locator("h1 ~ blockquote")).to_be_visible()
    page.locator(".matrix a.cell").first.click()
    expect(page.locator(".row.lit")).to_have_count(1)
    page.locator(".row.lit a[href^='/agreements/']").click()
    expect(page.locator("table.rows tbody tr").first).to_be_visible()


@LANGS
def test_a_pair_is_found_through_the_network(room: str, open_page: Open, lang: str) -> None:
    page = open_page(f"{room}/network", lang=lang)
    page.locator("svg.drawn a[href='/pairs/IND-KEN']").focus()
    page.keyboard.press("Enter")
    expect(page.locator("table.heat")).to_be_visible()
    page.locator("a[href='/agreements?party=IND&party=KEN']").click()
    names = ("الهند", "كينيا") if lang == "ar" else ("India", "Kenya")
    for name in names:
        expect(page.locator(".chips")).to_contain_text(name)
    assert [page.locator(f"#party{n}").input_value() for n in (1, 2)] == list(names), "fields hold names, not codes"


@LANGS
def test_what_is_due_leads_to_its_commitment(room: str, open_page: Open, lang: str) -> None:
    page = open_page(f"{room}/due", lang=lang)
    page.locator("#list tbody a[href^='/commitments/']").first.click()
    expect(page.locator(".follow blockquote")).to_be_visible()


@LANGS
def test_a_search_leads_to_a_speaker(room: str, open_page: Open, lang: str) -> None:
    page = open_page(room, lang=lang)
    page.fill("#find", "شويغو")
    page.keyboard.press("Enter")
    page.locator(".found h2 a").first.click()
    page.locator(".chain a").first.click()
    expect(page.locator(".day blockquote").first).to_be_visible()


@LANGS
def test_lists_that_a_page_offers_can_be_downloaded(room: str, open_page: Open, lang: str) -> None:
    offered: set[str] = set()
    for path in ("/agreements", "/commitments?area=exercise", "/due", "/network", "/pairs/KEN-IND", "/search?q=وزير",
                 "/speakers?name=شويغو", "/reports/deal-1"):  # fmt: skip
        page = open_page(room + path, lang=lang)
        links = page.locator("a[download]").evaluate_all("links => links.map(a => a.getAttribute('href'))")
        assert links, path
        offered |= set(links)
    kinds = {"csv": "text/csv", "jsonl": "application/x-ndjson", "svg": "image/svg+xml"}
    for link in offered:
        answer = httpx.get(room + link)
        assert answer.status_code == 200
        kind = link.partition("?")[0].rpartition(".")[2]
        assert answer.headers["content-type"].startswith(kinds[kind]), link
        assert len(answer.text.splitlines()) >= (2 if kind == "csv" else 1), link


@LANGS
def test_a_picture_becomes_a_png_with_its_words(room: str, open_page: Open, lang: str) -> None:
    page = open_page(f"{room}/pairs/KEN-IND", lang=lang, dark=True)
    with page.expect_download() as begun:
        page.get_by_role("button", name="PNG").click()
    assert begun.value.suggested_filename == "mithaq-IND-KEN.png"
    picture = Image.open(io.BytesIO(begun.value.path().read_bytes())).convert("L")
    assert picture.width == 1920
    assert picture.getpixel((0, picture.height - 1)) == 255, "on white, also in the dark"
    side = (1920 - AXIS_END, 0, 1920, 60) if lang == "ar" else (0, 0, AXIS_END, 60)
    assert sum(picture.crop(side).histogram()[:100]) > 50, "the name of the first lane stands at its side"


@LANGS
def test_a_page_of_an_error_speaks_the_language_of_the_reader(room: str, open_page: Open, lang: str) -> None:
    page = open_page(f"{room}/agreements/none", lang=lang)
    expect(page).to_have_title("لم ينجح ذلك · mithaq" if lang == "ar" else "That did not work · mithaq")
    expect(page.locator(".error")).to_contain_text("لا شيء له الرمز" if lang == "ar" else "nothing has the id")
    page.locator("main a[href='/']").click()
    expect(page.locator(".counts")).to_be_visible()


@LANGS
def test_an_empty_database_says_what_to_do_on_every_page(database: Database, open_page: Open, lang: str) -> None:
    with serving(database) as room:
        for path in ("/agreements", "/commitments", "/network", "/speakers", "/search"):
            page = open_page(room + path, lang=lang)
            page.locator("main a[href='/add']").click()
            expect(page.locator("#text")).to_be_visible()


@LANGS
def test_the_language_is_switched_at_once_and_stays(room: str, open_page: Open, lang: str) -> None:
    page = open_page(f"{room}/commitments?area=exercise", lang=lang)
    before = page.locator("html").get_attribute("dir")
    rows = page.locator("#list tbody tr").count()
    page.locator(".switch").click()
    expect(page.locator("html")).to_have_attribute("dir", "ltr" if before == "rtl" else "rtl")
    expect(page.locator("#list tbody tr")).to_have_count(rows)
    page.goto(f"{room}/due")
    expect(page.locator("html")).to_have_attribute("lang", "en" if lang == "ar" else "ar")


@LANGS
def test_no_day_or_share_is_turned_round_beside_arabic(room: str, open_page: Open, lang: str) -> None:
    for path in ("/", "/agreements", "/commitments", "/reports/deal-1", "/search", "/review", "/review/reports/deal-1"):
        page = open_page(room + path, lang=lang)
        loose = page.evaluate(
            """() => {
                const walk = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
                const found = [];
                while (walk.nextNode()) {
                    const inside = walk.currentNode.parentElement;
                    if (inside.closest("[data-text], option, datalist, blockquote, title, .evidence")) continue;
                    const text = walk.currentNode.textContent;
                    if (/\\d{4}-\\d\\d-\\d\\d|\\d%/.test(text) && !inside.closest("bdi, [dir=ltr]:not(html)") &&
                        !/[\\u2066\\u2067\\u2068]/.test(text)) found.push(text.trim());
                }
                return found;
            }"""
        )
        assert loose == [], path


@pytest.mark.parametrize("id", CLASHES)
def test_a_report_can_be_reviewed_whatever_it_is_called(database: Database, id: str) -> None:
    keep(
        database,
        Report("قال الوزير إن البلدين اتفقا.", id),
        replace(record(report()), id=id, provisions=(), attributions=()),
    )
    with serving(database) as room, Visitor(room, follow_redirects=True) as visitor:
        review = re.search(r'href="(/review/[^"]+)"', visitor.get(f"/reports/{id.replace('/', '%2F')}").text)
        assert review
        answer = visitor.get(review[1])
        assert answer.status_code == 200
        assert "data-review" in answer.text
        assert f'value="{id}"' in answer.text


def test_the_old_address_of_a_review_leads_to_the_new_one(database: Database) -> None:
    two_alike(database)
    with serving(database) as room, Visitor(room) as visitor:
        assert visitor.get("/review/r1?edit=x").headers["location"] == "/review/reports/r1?edit=x"


@LANGS
def test_pages_say_that_the_ledger_is_at_work_and_stay_usable(
    database: Database, open_page: Open, monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    two_alike(database)
    released = Event()

    def slowly(given: Database) -> object:
        assert released.wait(60)
        return merge_pending(given)

    monkeypatch.setattr(background, "merge_pending", slowly)
    with database.read() as connection:
        (agreement,) = find_agreements(connection)
    with serving(database) as room:
        page = open_page(f"{room}/review/agreements/{agreement}", lang=lang)
        page.locator(".commitment li button").nth(1).click()
        expect(page.locator("[data-at-work] span")).to_be_visible()
        expect(page.locator(".said")).not_to_be_empty()
        page.goto(f"{room}/reports/r1")
        expect(page.locator("[data-at-work] span")).to_be_visible()
        page.goto(f"{room}/review/agreements/{agreement}")
        expect(page.locator(".commitment")).to_have_count(1)
        released.set()
        page.locator("[data-at-work] a").click()
        expect(page.locator(".commitment")).to_have_count(2)
        expect(page.locator("[data-at-work]")).to_have_count(0)
    assert stages(database) == [["r1/p1"], ["r2/p1"]]


def test_who_joins_an_agreement_with_an_earlier_one_comes_back_to_both(database: Database) -> None:
    what = report()
    for n, (day, words) in enumerate(((date(2019, 3, 1), "عام"), (date(2021, 3, 1), "آخر"))):
        put(database, [(replace(what, id=f"r{n}", text=f"{what.text} {words}", published=day),
                        replace(record(what), id=f"r{n}", published=day))])  # fmt: skip
    merge_pending(database)
    with database.read() as connection:
        found = list(load_agreements(connection, find_agreements(connection), date(2022, 1, 1)))
    assert len(found) == 2
    later = max(found, key=lambda a: a.first or date.min)
    earlier = min(found, key=lambda a: a.first or date.min)
    with serving(database) as room, Visitor(room) as visitor:
        shown = visitor.get(f"/review/agreements/{later.id}").text
        assert f'<option value="{earlier.id}">' in shown, "agreements of the same parties are offered"
        next = re.findall(r'name="next" value="([^"]+)"', shown)[-1]
        fields = {"one": later.id, "other": earlier.id, "verdict": "same", "seen": "0-0", "next": next}
        answer = visitor.form("/judge", fields)
        assert answer.status_code == 303
        back = visitor.get(answer.headers["location"])
        assert back.status_code == 200
        assert {"r0", "r1"} <= set(re.findall(r"/review/reports/(r\d)", back.text)), text_of(back)


def test_a_stage_is_split_from_all_others_without_naming_them(database: Database) -> None:
    two_alike(database)
    with serving(database) as room, Visitor(room) as visitor:
        fields = {"one": "r1/p1", "apart": "1", "verdict": "different", "seen": "0-0", "next": "/review"}
        assert visitor.form("/judge", fields).status_code == 303
        assert stages(database) == [["r1/p1"], ["r2/p1"]]
        alone = visitor.form("/judge", {**fields, "seen": "1-0"})
        assert alone.status_code in (400, 409), "there is nothing left to split it from"


def test_every_arabic_run_of_an_english_page_is_said_to_be_arabic(room: str, open_page: Open) -> None:
    for path in ("/agreements", "/commitments", "/due", "/speakers", "/speakers?name=شويغو", "/reports/deal-1"):
        page = open_page(room + path, lang="en")
        bare = page.evaluate(
            """() => {
                const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
                const found = [];
                while (walk.nextNode()) {
                    const at = walk.currentNode.parentElement;
                    if (/[\\u0621-\\u064a]/.test(walk.currentNode.textContent) && at.closest("[lang]").lang !== "ar" &&
                        !at.closest("option, datalist, script")) found.push(walk.currentNode.textContent.trim());
                }
                return found;
            }"""
        )
        assert bare == [], path
