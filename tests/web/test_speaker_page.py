"""A speaker's page: all sayings by day, each leading to its characters, with what stands on it and related names."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import quote

import pytest
from looking import assert_lit_words
from made import HARD, hard_report, span
from playwright.sync_api import Page, expect
from serving import serving
from web_fixtures import Open

from mithaq.store.database import Database

SPEAKER = f"/speakers?name={quote('شويغو')}"


def test_all_sayings_are_there_by_day(site: str, open_page: Open) -> None:
    page = open_page(site + SPEAKER, lang="en")
    assert page.locator(".day time").evaluate_all("times => times.map(t => t.dateTime)") == ["2013-11-16", "2013-11-15"]
    first = page.locator(".day > ol > li").first
    expect(first).to_contain_text("سيرغي شويغو «أكّد»")
    expect(first).to_contain_text("denies")
    expect(first).to_contain_text("الصدى")
    expect(first.locator(".standing li")).to_have_count(2)


def test_a_saying_leads_to_its_characters(site: str, open_page: Open) -> None:
    page = open_page(site + SPEAKER, lang="en")
    page.get_by_role("link", name="In the report").last.click()
    expect(page.locator("#row-a3")).to_have_class(re.compile(r"\blit\b"))
    minister = hard_report()[1].attributions[2]
    assert_lit_words(page, [span(HARD, "أكّد").text, *(c.text for c in minister.content)])


def test_what_stands_on_a_saying_leads_to_its_row(site: str, open_page: Open) -> None:
    page = open_page(site + SPEAKER, lang="en")
    page.locator(".standing a").first.click()
    expect(page.locator(".row.lit")).to_have_count(1)


def test_related_names_are_those_written_and_those_in_the_chain(site: str, open_page: Open) -> None:
    page = open_page(f"{site}/speakers?name={quote('مصدر')}", lang="en")
    lists = page.locator("aside .card")
    expect(lists.nth(0)).to_contain_text("مصدر عسكري")
    expect(lists.nth(1)).to_contain_text("الصحيفة")
    expect(lists.nth(2)).to_contain_text("سيرغي شويغو")


def test_speakers_are_listed_and_found(site: str, open_page: Open) -> None:
    page = open_page(f"{site}/speakers")
    expect(page.locator(".names a").first).to_have_text("سيرغي شويغو")
    page.locator("main input[name=name]").fill("شويغو")
    page.locator("main button").click()
    expect(page.locator("h1")).to_have_text("شويغو")
    page.goto(f"{site}/speakers?name={quote('لا أحد')}")
    expect(page.locator("main")).to_contain_text("جرب كلمة واحدة")


def test_nobody_is_quoted_in_an_empty_database(database: Database, open_page: Open) -> None:
    with serving(database) as address:
        expect(open_page(f"{address}/speakers", lang="en").locator("main a[href='/add']")).to_be_visible()


@pytest.mark.parametrize("lang", ["ar", "en"])
@pytest.mark.parametrize("width", [390, 1024, 1600])
@pytest.mark.parametrize("path", ["/speakers", SPEAKER])
def test_the_pages_are_accessible_and_fit(
    site: str, open_page: Open, axe: Callable[[Page], list[str]], lang: str, width: int, path: str
) -> None:
    page = open_page(site + path, lang=lang, width=width, dark=width == 1024)
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
