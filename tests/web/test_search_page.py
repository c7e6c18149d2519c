"""Search: hits marked from their offsets, filters, pages, and what is said when nothing is found."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest
from looking import assert_lit_words
from made import put
from playwright.sync_api import Page, expect
from serving import serving
from web_fixtures import Open

from mithaq.model import Record, Report
from mithaq.store.database import Database, open_database

HITS = "() => [...(CSS.highlights.get('hit') || [])].map(String)"


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A reading room with 45 reports, two of which tell of manoeuvres."""
    made = [
        Report(
            "m1", "m1", "النهر", None, "مناورات بحرية 🚢", date(2015, 3, 1)
        ),
        Report("m2", "m2", "الصدى", None, None, date(2016, 3, 1)),
    ]  # fmt: skip
    texts = ("🕊️ أجرى البلدان\r\nمناورات مشتركة، وانتهت المناورات أمس في الميناء.", "لم تجر بالمناورات أي طائرة.")
    reports = [Report(text, r.id, r.outlet, r.url, r.title, r.published) for text, r in zip(texts, made, strict=True)]
    reports += [
        Report(f"خبر عن الطقس رقم {i}.", f"w{i}", "الطقس", None, f"طقس {i}", date(2014, 1, 1) + timedelta(days=i))
        for i in range(43)
    ]
    with open_database(str(tmp_path_factory.mktemp("search") / "mithaq.db"), create=True) as database:
        put(
            database,
            ((r, Record(r.id, outlet=r.outlet, title=r.title, published=r.published)) for r in reports),
        )
        with serving(database) as address:
            yield address


def test_hits_are_marked_from_their_offsets(found: str, open_page: Open) -> None:
    page = open_page(f"{found}/search?q=مناورات")
    expect(page.locator(".found > li")).to_have_count(2)
    assert sorted(page.evaluate(HITS)) == sorted(["مناورات", "مناورات", "المناورات", "بالمناورات"])
    assert page.locator(".found mark").count() == 0, "no element around words"
    assert page.locator("[data-hits]").evaluate_all(
        "all => all.every(e => [...e.childNodes].every(n => n.nodeType === Node.TEXT_NODE))"
    )


def test_a_hit_leads_to_its_characters(found: str, open_page: Open) -> None:
    page = open_page(f"{found}/search?q=الميناء", lang="en")
    page.locator(".found a").click()
    assert_lit_words(page, ["الميناء"])


def test_filters_narrow_the_search_and_can_be_taken_off(found: str, open_page: Open) -> None:
    page = open_page(f"{found}/search?q=مناورات", lang="en")
    page.locator("select[name=outlet]").select_option("الصدى")
    page.locator(".filters button").click()
    expect(page.locator(".found > li")).to_have_count(1)
    page.get_by_role("link", name="Without filters").click()
    expect(page.locator(".found > li")).to_have_count(2)
    page.locator("input[name=until]").fill("2015-12-31")
    page.locator(".filters button").click()
    expect(page.locator(".found > li")).to_have_count(1)
    expect(page.locator(".found")).to_contain_text("2015-03-01")


def test_without_words_all_reports_are_listed_in_pages(found: str, open_page: Open) -> None:
    page = open_page(f"{found}/search", lang="en")
    expect(page.locator(".found > li")).to_have_count(20)
    expect(page.locator(".found > li").first).to_contain_text("2016-03-01")
    page.get_by_role("link", name="Next").click()
    expect(page.locator(".pager")).to_contain_text("Page 2 of 3")
    expect(page.locator(".found")).to_have_attribute("start", "21")
    page.get_by_role("link", name="Next").click()
    expect(page.locator(".found > li")).to_have_count(5)
    expect(page.get_by_role("link", name="Next")).to_have_count(0)
    page.get_by_role("link", name="Previous").click()
    expect(page.locator(".pager")).to_contain_text("Page 2 of 3")


@pytest.mark.parametrize(
    ("query", "status", "says"),
    [
        ("q=كلمةغيرموجودة", 200, "No report holds these words"),
        ("q=-مناورات", 422, "there is nothing to search for"),
        ("q=مناورات&since=soon", 422, "'soon' is not a day"),
        ("page=0", 422, "page"),
        ("page=99", 200, "There are not so many pages"),
        ("outlet=unknown", 200, "There are no such reports"),
    ],
)
def test_what_finds_nothing_says_what_to_do(found: str, open_page: Open, query: str, status: int, says: str) -> None:
    page = open_page("about:blank", lang="en")
    answer = page.goto(f"{found}/search?{query}")
    assert answer
    assert answer.status == status
    expect(page.locator("main")).to_contain_text(says)


def test_an_empty_database_leads_to_adding(database: Database, open_page: Open) -> None:
    with serving(database) as address:
        page = open_page(f"{address}/search", lang="en")
        expect(page.locator("main a[href='/add']")).to_be_visible()


@pytest.mark.parametrize("lang", ["ar", "en"])
@pytest.mark.parametrize("width", [390, 1024, 1600])
@pytest.mark.parametrize("path", ["/search", "/search?q=مناورات&outlet=الصدى"])
def test_the_pages_are_accessible_and_fit(
    found: str, open_page: Open, axe: Callable[[Page], list[str]], lang: str, width: int, path: str
) -> None:
    page = open_page(found + path, lang=lang, width=width, dark=width == 1024)
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
