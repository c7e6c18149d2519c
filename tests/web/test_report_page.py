"""The report page: what the margin says, and how rows and text light each other up, in both languages."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from urllib.parse import quote

import pytest
from looking import assert_lit, assert_lit_words
from made import HARD, between, hard_report, hostile_report, put, span
from playwright.sync_api import Page, expect
from serving import serving
from web_fixtures import Open

from mithaq.store.database import Database

ID = hard_report()[0].id
PAGE = f"/reports/{quote(ID, safe='')}"
POINT = """words => {
  const p = [...document.querySelectorAll('[data-start]')].find(p => p.textContent.includes(words));
  const at = p.textContent.indexOf(words), range = document.createRange();
  range.setStart(p.firstChild, at); range.setEnd(p.firstChild, at + 1);
  p.scrollIntoView({block: 'center'});
  const r = range.getBoundingClientRect();
  return [r.left + r.width / 2, r.top + r.height / 2];
}"""


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_the_margin_says_who_says_what_on_whose_word(site: str, open_page: Open, lang: str) -> None:
    page = open_page(site + PAGE, lang=lang)
    expect(page.locator("html")).to_have_attribute("dir", "rtl" if lang == "ar" else "ltr")
    expect(page.locator("#row-a3 .chain")).to_have_text("النهر ← الصحيفة ← مصدر عسكري ← سيرغي شويغو")
    expect(page.locator("#row-a3 .chain")).to_have_attribute("dir", "rtl")
    expect(page.locator("#row-a3")).to_contain_text({"ar": "ينفي", "en": "denies"}[lang])
    expect(page.locator("#row-a2")).to_contain_text({"ar": "مرجح", "en": "probable"}[lang])
    expect(page.locator("#row-p1 .quote")).to_have_text(between(HARD, "شراء", "Martin").text)
    expect(page.locator("#row-p1")).to_contain_text("81%")
    expect(page.locator("#row-p1")).to_contain_text("3,500,000,000 USD")
    expect(page.locator("#row-p1")).to_contain_text({"ar": "اليابان", "en": "Japan"}[lang])
    expect(page.locator("#row-p4")).to_contain_text("2014-11-15")
    expect(page.locator("#row-p4")).to_contain_text({"ar": "2 مرة في السنة", "en": "2 times a year"}[lang])
    conditions = page.locator("[aria-labelledby=conditions] .row")
    assert conditions.evaluate_all("rows => rows.map(row => row.id)") == ["row-p2"]


def test_rows_lead_to_commitment_agreement_and_speaker(site: str, open_page: Open) -> None:
    page = open_page(site + PAGE, lang="en")
    expect(page.locator("#row-p1 a[href^='/commitments/']")).to_be_visible()
    expect(page.locator("#row-p1 a[href^='/agreements/']")).to_be_visible()
    page.locator("#row-a3 .chain a", has_text="سيرغي شويغو").click()
    expect(page.locator("h1")).to_have_text("سيرغي شويغو")


def test_pointing_at_a_row_lights_its_spans(site: str, open_page: Open) -> None:
    page = open_page(site + PAGE)
    page.locator("#row-a3 .quote").hover()
    expected = [
        s.text for a in hard_report()[1].attributions if a.id == "a3" and a.source
        for s in (a.cue, a.source, *a.content)
    ]  # fmt: skip
    assert_lit_words(page, expected)
    assert_lit(page, ["row-a3"])
    expect(page.locator("#row-a3")).to_have_attribute("aria-current", "true")
    page.locator("h1").hover()
    assert_lit(page, [])
    assert_lit_words(page, [])


def test_pointing_at_the_text_lights_all_rows_that_hold_the_character(site: str, open_page: Open) -> None:
    page = open_page(site + PAGE)
    page.mouse.move(*page.evaluate(POINT, "طائرة F"))
    assert_lit(page, ["row-a1", "row-a2", "row-a3", "row-p1", "row-p3"])
    page.mouse.move(*page.evaluate(POINT, "سيرغي"))
    assert_lit(page, ["row-a1", "row-a2", "row-a3"])
    page.mouse.move(*page.evaluate(POINT, "ولأنها"))
    assert_lit(page, [], "the clitic before a span is not of it")
    page.mouse.move(*page.evaluate(POINT, "لأنها"))
    assert_lit(page, ["row-a3"])
    page.mouse.move(*page.evaluate(POINT, "[بحرية]"))
    assert_lit(page, ["row-p4"], "after characters beyond the BMP too")


def test_keys_walk_through_the_rows_and_keep_one_lit(site: str, open_page: Open) -> None:
    page = open_page(f"{site}/reports/many")
    page.keyboard.press("j")
    assert_lit(page, ["row-p1"])
    page.keyboard.press("ArrowDown")
    page.evaluate(
        "document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {key: 'ت', code: 'KeyJ', bubbles: true}))"
    )
    assert_lit(page, ["row-p3"], "on an Arabic keyboard too")
    page.keyboard.press("k")
    assert_lit(page, ["row-p2"])
    expect(page.locator("#row-p2")).to_be_focused()
    page.keyboard.press("End")
    assert_lit(page, ["row-a200"])
    page.wait_for_timeout(100)
    assert page.evaluate(
        "() => { const r = [...CSS.highlights.get('lit')][0].getBoundingClientRect();"
        " return r.top >= 0 && r.bottom <= innerHeight }"
    ), "the text was brought into view"
    page.keyboard.press("Enter")
    page.locator("h1").hover()
    assert_lit(page, ["row-a200"], "it stays")
    page.keyboard.press("Escape")
    page.locator("body").press("Tab")
    page.locator("#find").focus()
    assert_lit(page, [])
    page.keyboard.press("j")
    assert_lit(page, [], "in a field, j is a letter")


def test_a_row_is_kept_lit_by_a_tap_on_a_narrow_screen(site: str, open_page: Open) -> None:
    page = open_page(f"{site}/reports/many", width=390, height=800, touch=True)
    assert page.locator(".record").evaluate("r => r.getBoundingClientRect().bottom") <= 801, "the record is in view"
    page.locator("#row-p180 .quote").tap()
    page.wait_for_timeout(200)
    assert_lit(page, ["row-p180"])
    top, bottom, edge = page.evaluate(
        "() => { const r = [...CSS.highlights.get('lit')][0].getBoundingClientRect();"
        " return [r.top, r.bottom, document.querySelector('.record').getBoundingClientRect().top] }"
    )
    assert 0 <= top < bottom <= edge, "the words are above the record, not behind it"


def test_marks_of_a_kind_can_be_hidden_and_stay_hidden(site: str, open_page: Open) -> None:
    page = open_page(site + PAGE)
    page.get_by_label("الشاهد").uncheck()
    names = "() => [...CSS.highlights.keys()]"
    assert not [name for name in page.evaluate(names) if name.startswith("evidence")]
    page.reload()
    page.evaluate("document.fonts.ready")
    expect(page.get_by_label("الشاهد")).not_to_be_checked()
    assert not [name for name in page.evaluate(names) if name.startswith("evidence")]
    page.get_by_label("الشاهد").check()
    assert "evidence" in page.evaluate(names)


def test_an_address_leads_to_characters(site: str, open_page: Open) -> None:
    target = span(HARD, "مناورات [بحرية] مشتركة")
    page = open_page(f"{site}{PAGE}#s={target.start}-{target.end}")
    expect(page.locator("#row-p4")).to_have_class(re.compile(r"\blit\b"))
    assert_lit_words(page, [target.text])
    assert_lit(page, ["row-p4"])
    other = span(HARD, "🕊️ وأضاف")
    page.evaluate(f"location.hash = '#s={other.start}-{other.end},0-5'")
    assert_lit_words(page, [other.text, HARD[:5]])
    page.goto(f"{site}{PAGE}#row-p2")
    expect(page.locator("#row-p2")).to_have_class(re.compile(r"\blit\b"))


@pytest.mark.parametrize("hash", ["#s=9-3", "#s=99999998-99999999", "#s=x", "#row-", "#%", "#s=-1-5"])
def test_a_wrong_address_does_no_harm(site: str, open_page: Open, hash: str) -> None:
    page = open_page(f"{site}{PAGE}{hash}")
    page.wait_for_timeout(100)
    assert "evidence" in page.evaluate("() => [...CSS.highlights.keys()]")


@pytest.mark.parametrize("refused", [False, True])
def test_a_row_is_copied_as_a_citation(site: str, open_page: Open, refused: bool) -> None:
    before = "Object.defineProperty(navigator, 'clipboard', {value: undefined})" if refused else ""
    page = open_page(site + PAGE, lang="en", before=before)
    if not refused:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator("#row-p4 .copy").click()
    expect(page.get_by_role("status")).to_have_text("The citation is copied.")
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<textarea id=paste></textarea>')")
    page.locator("#paste").focus()
    page.keyboard.press("Control+V")
    evidence = span(HARD, "مناورات [بحرية] مشتركة")
    assert page.locator("#paste").input_value().splitlines() == [
        "«مناورات [بحرية] مشتركة»",
        "exercise · planned · Japan, Jordan",
        "النهر · شراء طائرات F-16 و«الدرع 2030» · \u200e2013-11-15",
        "https://example.org/a?b=1&c=2",
        f"Report {ID}, characters {evidence.start}–{evidence.end}",
    ]


def test_the_same_text_elsewhere_is_listed(site: str, open_page: Open) -> None:
    page = open_page(site + PAGE, lang="en")
    page.locator(".record a", has_text="شراء طائرات").click()
    expect(page).to_have_url(f"{site}/reports/copy")
    expect(page.locator(".record a[href*='hard']")).to_be_visible()


def test_older_texts_can_be_read_with_the_record_they_had(database: Database, open_page: Open) -> None:
    report, record = hard_report("r1")
    put(database, [(report, record)])
    newer = replace(report, text=HARD + " تتمة.")
    put(database, [(newer, replace(record, provisions=record.provisions[:1]))])
    with serving(database) as address:
        page = open_page(f"{address}/reports/r1", lang="en")
        assert page.locator("[id^=row-p]").count() == 1
        page.get_by_role("link", name="Text 1").click()
        expect(page.get_by_role("note")).to_contain_text("This is text 1")
        assert page.locator("[id^=row-p]").count() == 4
        assert "تتمة" not in (page.locator(".text").text_content() or "")
        page.get_by_role("link", name="To the newest text").click()
        expect(page.locator(".text")).to_contain_text("تتمة")
        missing = page.goto(f"{address}/reports/r1?version=7")
        assert missing
        assert missing.status == 404


def test_without_scripts_text_and_evidence_are_there(site: str, open_page: Open) -> None:
    page = open_page(site + PAGE, scripts=False)
    lines = page.locator(".text p")
    assert [lines.nth(i).text_content() for i in range(lines.count())] == [line for line in HARD.splitlines() if line]
    assert [lines.nth(i).get_attribute("dir") for i in range(lines.count())] == ["rtl"] * 4
    expect(page.locator("#row-p1 .quote")).to_be_visible()
    expect(page.locator(".kinds")).to_be_hidden()
    expect(page.locator(".copy").first).to_be_hidden()


def test_a_hostile_report_is_only_text(site: str, open_page: Open) -> None:
    report, _ = hostile_report()
    page = open_page(f"{site}/reports/{quote(report.id, safe='')}", lang="en")
    expect(page.locator("h1")).to_have_text(report.title or "")
    expect(page.locator(".text")).to_contain_text("<script>")
    page.locator(".row").first.hover()
    page.wait_for_timeout(200)
    assert "owned" not in page.title().replace(report.title or "", "")
    assert page.locator("script").count() == 2
    assert page.locator(".text img, .record img").count() == 0
    assert page.locator("a[href^='javascript']").count() == 0


def test_other_names_of_a_report_lead_to_it(site: str, open_page: Open) -> None:
    page = open_page(f"{site}{PAGE}%2Fp2")
    expect(page).to_have_url(f"{site}{PAGE}#row-p2")
    expect(page.locator("#row-p2")).to_have_class(re.compile(r"\blit\b"))
    missing = page.goto(f"{site}/reports/nothing/like/this")
    assert missing
    assert missing.status == 404


@pytest.mark.parametrize("lang", ["ar", "en"])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [390, 1600])
def test_the_page_is_accessible_and_fits(
    site: str, open_page: Open, axe: Callable[[Page], list[str]], lang: str, dark: bool, width: int
) -> None:
    page = open_page(site + PAGE, lang=lang, dark=dark, width=width)
    page.keyboard.press("j")
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_facts_of_the_report_are_there(site: str, open_page: Open) -> None:
    page = open_page(site + PAGE, lang="en")
    expect(page.locator(".report-facts time")).to_have_attribute("datetime", "2013-11-15")
    expect(page.locator(".report-facts a[rel~=noreferrer]")).to_have_attribute("href", "https://example.org/a?b=1&c=2")
