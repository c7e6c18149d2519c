"""The page of a comparison in a browser: from the disk, alone, marks on both texts, nothing moved, both languages."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from typer.testing import CliRunner
from web_fixtures import Open

import mithaq
from mithaq.cli.app import app

TEXT = (
    "عنوان الخبر 😀\n"
    "قال وزير النقل المصري سالم ناصر إن بلاده ستوسع الموانئ.\n"
    "وأكد الوزير أن مصر والهند اتفقتا على إجراء مناورات مشتركة في البحر الأحمر."
)
HOSTILE = '</script><script>document.title="taken"</script><img src=x onerror="document.title=1"> & «"\''
WITHOUT_HIGHLIGHTS = "delete window.Highlight"
MARKED = """() => Object.fromEntries([...CSS.highlights].map(([name, marks]) =>
  [name, [...marks].map(range => String(range)).sort()]))"""


@pytest.fixture
def page_file(tmp_path: Path) -> Path:
    """The page of three reports: one that differs, one whose text is not there, one with hostile words."""
    a = mithaq.read(TEXT, id="r1", title="مناورات", published="2026-03-10").to_dict()
    b: dict[str, Any] = json.loads(json.dumps(a))
    del b["attributions"][1]
    content = b["attributions"][0]["content"][0]
    content["text"] = content["text"].removeprefix("بلاده ")
    content["start"] += len("بلاده ")
    b["provisions"][0] |= {"status": "planned", "attribution": None}
    hostile = {"id": HOSTILE, "title": HOSTILE, "attributions": [], "provisions": []}
    speaker = {**a["attributions"][0], "speaker": HOSTILE, "parent": None}
    sides = (
        [a, {**a, "id": "r2"}, {**hostile, "attributions": [speaker]}],
        [b, {**b, "id": "r2"}, {**hostile, "attributions": [a["attributions"][0]]}],
    )
    paths = []
    for name, records in zip("ab", sides, strict=True):
        paths.append(str(tmp_path / f"{name}.jsonl"))
        Path(paths[-1]).write_text("\n".join(map(json.dumps, records)), "utf-8")
    texts = tmp_path / "texts.jsonl"
    texts.write_text("\n".join(json.dumps({"id": id, "text": TEXT}) for id in ("r1", HOSTILE)), "utf-8")
    out = tmp_path / "page.html"
    options = ["--reports", str(texts), "--gold", paths[0], "--format", "html", "--lang", "ar", "--out", str(out)]
    result = CliRunner().invoke(app, ["compare", *paths, *options])
    assert result.exit_code == 0, result.stderr
    return out


def marked(page: Page) -> dict[str, list[str]]:
    found: dict[str, list[str]] = page.evaluate(MARKED)
    return found


def test_the_page_asks_for_nothing_and_holds_no_address(page_file: Path, open_page: Open) -> None:
    page = open_page("about:blank")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(page_file.as_uri())
    expect(page.locator("html.ready")).to_have_count(1)
    assert asked == [page_file.as_uri()]
    source = page_file.read_text("utf-8")
    assert re.findall(r"https?://|url\(|@import|\bsrc=\"", source) == []
    assert "default-src 'none'" in page.locator("meta[http-equiv]").get_attribute("content", timeout=1000)  # type: ignore[operator]


def test_both_readings_are_marked_on_the_text(page_file: Path, open_page: Open) -> None:
    page = open_page(page_file.as_uri())
    found = marked(page)
    assert found["cue"] == sorted(["قال", "قال", "أكد"])
    assert "بلاده ستوسع الموانئ" in found["content"]
    assert "ستوسع الموانئ" in found["content"]
    assert "بلاده " in found["apart"]
    assert "أكد" in found["apart"]
    page.locator("[data-kind=cue]").uncheck()
    assert "cue" not in marked(page)
    assert page.evaluate("[...document.querySelectorAll('[data-start]')].every(p => p.childNodes.length === 1)")


def test_pointing_at_a_row_lights_it_up_in_both_texts(page_file: Path, open_page: Open) -> None:
    page = open_page(page_file.as_uri())
    rows = page.locator("details[open] .row:visible")
    assert rows.count() == 2  # the statement that only one has, the provision; the content is near
    rows.nth(0).focus()
    assert marked(page)["lit"].count("أكد") == 1
    page.locator("[data-agreeing]").check()
    assert rows.count() == 3
    rows.nth(0).hover()
    assert marked(page)["lit"].count("قال") == 2
    rows.nth(0).press("Enter")
    assert page.evaluate("[...CSS.highlights.get('lit')][0].getBoundingClientRect().top >= 0")


def test_a_click_on_the_text_lights_up_its_row(page_file: Path, open_page: Open) -> None:
    page = open_page(page_file.as_uri())
    page.locator("[data-side=b]").first.scroll_into_view_if_needed()
    place = page.evaluate(
        """() => { const range = [...CSS.highlights.get('evidence')][0]; const box = range.getBoundingClientRect();
        return [box.left + box.width / 2, box.top + box.height / 2]; }"""
    )
    page.mouse.click(*place)
    expect(page.locator(".row.lit")).to_have_count(1)
    assert "إجراء مناورات" in page.locator(".row.lit").inner_text()


def test_what_differs_and_who_is_right_is_said_in_both_languages(page_file: Path, open_page: Open) -> None:
    page = open_page(page_file.as_uri())
    first = page.locator("details.report").first
    assert page.locator("html").get_attribute("dir") == "rtl"
    for word in ("أ وحدها", "مختلف", "الصواب في أ", "متفق عليه", "مقرر"):
        assert word in first.inner_text()
    page.get_by_role("button", name="English").click()
    assert (page.locator("html").get_attribute("lang"), page.locator("html").get_attribute("dir")) == ("en", "ltr")
    for word in ("only A", "differs", "A is right", "agreed", "planned"):
        assert word in first.inner_text()
    assert "مختلف" not in first.inner_text()
    assert page.locator(".text").first.evaluate("e => getComputedStyle(e).direction") == "rtl"


def test_a_report_without_its_text_has_its_rows(page_file: Path, open_page: Open) -> None:
    page = open_page(page_file.as_uri())
    second = page.locator("details.report").nth(1)
    second.locator("summary").click()
    expect(second.locator(".notice")).to_contain_text("--reports")
    assert second.locator("[data-side]").count() == 0
    second.locator(".row:visible").first.click()
    expect(second.locator(".row.lit")).to_have_count(1)


def test_hostile_words_are_shown_and_not_run(page_file: Path, open_page: Open) -> None:
    page = open_page(page_file.as_uri())
    third = page.locator("details.report").nth(2)
    third.locator("summary").click()
    assert HOSTILE in third.inner_text()
    assert page.title() == "مقارنة بين قراءتين"
    assert page.locator("img").count() == 0


@pytest.mark.parametrize("width", [390, 1400])
@pytest.mark.parametrize("lang", ["ar", "en"])
def test_it_fits_narrow_and_wide_screens(page_file: Path, open_page: Open, width: int, lang: str) -> None:
    page = open_page(page_file.as_uri(), width=width)
    if lang == "en":
        page.get_by_role("button", name="English").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    a, b = (page.locator(f"details[open] [data-side={side}]").bounding_box() for side in "ab")
    assert a
    assert b
    assert (a["y"] == b["y"]) == (width > 800)
    assert (a["x"] > b["x"]) == (width > 800 and lang == "ar")


@pytest.mark.parametrize("before", ["", WITHOUT_HIGHLIGHTS], ids=["highlights", "boxes"])
def test_marks_move_nothing(page_file: Path, open_page: Open, before: str) -> None:
    page = open_page(page_file.as_uri(), before=before)
    if before:
        expect(page.locator(".box-cue")).to_have_count(3)
        assert page.locator(".box-apart").count() > 0
    heights = """[...document.querySelectorAll('[data-start]')]
        .map(p => p.getBoundingClientRect()).map(box => [box.left, box.top + scrollY, box.width, box.height])"""
    with_marks = page.evaluate(heights)
    for box in page.locator("input[data-kind]").all():
        box.uncheck()
    assert page.evaluate(heights) == with_marks
