"""The pages of the ledger in a browser: narrowing as one types, keyboard, both languages, every width, axe-core."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from deals import deals
from made import hostile_report, put
from playwright.sync_api import Page, Route, expect
from serving import serving
from web_fixtures import Open

from mithaq.merge.update import merge_pending
from mithaq.query.filters import Filters
from mithaq.query.ledger import find_agreements, find_commitments
from mithaq.store.database import open_database

Axe = Callable[[Page], list[str]]


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a reading room on the dealings of deals.py and a hostile report."""
    with open_database(str(tmp_path_factory.mktemp("browser") / "mithaq.db"), create=True) as database:
        put(database, [*deals(), hostile_report()])
        merge_pending(database)
        with serving(database) as address:
            yield address


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory, room: str) -> list[str]:
    """The paths of one page of each kind."""
    with open_database(str(tmp_path_factory.mktemp("ids") / "mithaq.db"), create=True) as database:
        put(database, [*deals(), hostile_report()])  # ids are made from the reports, so they are those of the room
        merge_pending(database)
        with database.read() as connection:
            agreements = find_agreements(connection, Filters(areas=("exercise",))) + find_agreements(connection)
            commitments = find_commitments(connection, Filters(contradicted=True)) + find_commitments(connection)
    return [
        "/agreements", "/commitments", "/commitments?party=FRA", "/due", "/network", "/pairs/KEN-IND", "/pairs/FRA-PER",
        *(f"/agreements/{id}" for id in dict.fromkeys(agreements)), *(f"/commitments/{id}" for id in commitments[:2]),
    ]  # fmt: skip


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_axe_finds_nothing_serious(room: str, pages: list[str], open_page: Open, axe: Axe, lang: str) -> None:
    for dark in (False, True):
        found = {path: axe(open_page(f"{room}{path}", lang=lang, dark=dark)) for path in pages}
        assert {path: said for path, said in found.items() if said} == {}


@pytest.mark.parametrize("width", [390, 1024, 1600])
@pytest.mark.parametrize("lang", ["ar", "en"])
def test_no_page_is_wider_than_the_window(room: str, pages: list[str], open_page: Open, lang: str, width: int) -> None:
    for path in pages:
        page = open_page(f"{room}{path}", lang=lang, width=width)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        assert page.locator("html").get_attribute("dir") == ("rtl" if lang == "ar" else "ltr")


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_the_list_narrows_while_one_types(room: str, open_page: Open, lang: str) -> None:
    page = open_page(f"{room}/commitments", lang=lang)
    rows = page.locator("#list tbody tr")
    expect(rows).to_have_count(7)
    page.locator("#words").press_sequentially("ممباسا", delay=10)
    expect(rows).to_have_count(1)
    expect(page.locator("#words")).to_be_focused()
    assert re.search(r"/commitments\?q=%D9%85", page.url), "the address can be kept"
    page.reload()
    expect(rows).to_have_count(1)
    page.locator("#words").fill("")
    expect(rows).to_have_count(7)
    page.locator("details.checks summary").first.click()
    page.locator("input[name=area][value=transport]").check()
    expect(rows).to_have_count(2)
    page.keyboard.press("Escape")
    expect(page.locator("details.checks[open]")).to_have_count(0)
    page.locator("#party1").fill("Atlantis")
    expect(page.locator("#list .error")).to_contain_text("Atlantis")
    page.locator("#party1").fill("JPN")
    expect(rows).to_have_count(1)


def test_the_newest_words_win_over_a_slow_answer(room: str, open_page: Open) -> None:
    page = open_page(f"{room}/commitments", lang="en")

    def slowly(route: Route) -> None:
        if "q=k&" in route.request.url:
            page.wait_for_timeout(600)
        route.continue_()

    page.route(re.compile("fragment=1"), slowly)
    page.locator("#words").fill("k")
    page.wait_for_timeout(250)
    page.locator("#words").fill("mombasa nothing")
    expect(page.locator("#list .empty")).to_be_visible()
    page.wait_for_timeout(500)
    expect(page.locator("#list .empty")).to_be_visible()


def test_without_scripts_the_same_form_loads_the_page(room: str, open_page: Open) -> None:
    page = open_page(f"{room}/commitments?lang=en", lang="en", scripts=False, width=390)
    page.locator("#words").fill("japan")
    page.locator("#party1").fill("KEN")
    page.locator("form.filters button").click()
    expect(page.locator("#list tbody tr")).to_have_count(2)
    page.locator("#list thead a").first.click()
    expect(page.locator("#list th[aria-sort=ascending]")).to_have_count(1)
    expect(page.locator("#list tbody tr")).to_have_count(2)


def test_a_cell_of_the_matrix_leads_to_its_words(room: str, pages: list[str], open_page: Open) -> None:
    page = open_page(room + next(p for p in pages if p.startswith("/agreements/")), lang="en")
    cell = page.locator(".matrix a.cell").first
    place = cell.get_attribute("href")
    assert place
    cell.focus()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_be_visible()
    assert page.url.endswith(place)


def test_the_first_column_of_the_matrix_stays(room: str, pages: list[str], open_page: Open) -> None:
    for lang in ("ar", "en"):
        page = open_page(room + next(p for p in pages if p.startswith("/agreements/")), lang=lang, width=390)
        box = page.locator(".matrix").first
        head = box.locator("tbody th").first
        before = head.bounding_box()
        box.evaluate("(e) => { e.scrollLeft = getComputedStyle(e).direction === 'rtl' ? -400 : 400; }")
        assert box.evaluate("(e) => Math.abs(e.scrollLeft)") > 50
        assert head.bounding_box() == before


def test_the_network_shows_what_one_points_at(room: str, open_page: Open) -> None:
    page = open_page(f"{room}/network", lang="en")
    drawn = page.locator("svg.drawn")
    drawn.locator("a[href='/network?party=JPN']").focus()
    expect(drawn).to_have_class(re.compile("pointed"))
    near = drawn.locator("a.near")
    assert {a.get_attribute("href") for a in near.all()} == {
        "/network?party=JPN", "/network?party=KEN", "/network?party=IND", "/network?party=JOR",
        "/pairs/IND-JPN", "/pairs/JPN-KEN", "/pairs/JOR-JPN",
    }  # fmt: skip
    page.keyboard.press("Enter")
    expect(page.locator(".chips")).to_contain_text("Japan")


def test_days_beside_arabic_words_are_not_turned_round(room: str, pages: list[str], open_page: Open) -> None:
    page = open_page(f"{room}/due", lang="ar")
    for day in page.locator("time.date").all():
        assert day.evaluate("(e) => getComputedStyle(e).direction") == "ltr"
    assert re.search(r"^\d{4}-\d\d-\d\d$", page.locator("time.date").first.inner_text())
