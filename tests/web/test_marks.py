"""Marks that leave the text alone: nothing moves, letters stay joined, every depth is there, offsets are exact."""

from __future__ import annotations

import io
from datetime import date
from urllib.parse import quote

import pytest
from made import HARD, hard_report, many_spans, put
from PIL import Image, ImageChops
from playwright.sync_api import Page, expect
from serving import serving
from web_fixtures import Open

from mithaq.model import Provision, Record, Report, Span
from mithaq.store.database import Database

HARD_PAGE = f"/reports/{quote(hard_report()[0].id, safe='')}"
WITHOUT_MARKS = 'localStorage.setItem(\'mithaq-marks-off\', \'["cue","source","content","evidence"]\')'
WITHOUT_HIGHLIGHTS = "delete window.Highlight"
RECTS = """() => {
  const walker = document.createTreeWalker(document.querySelector('[data-text]'), NodeFilter.SHOW_TEXT);
  const range = document.createRange(), found = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode())
    for (let i = 0; i < node.data.length && node.data.trim(); i++) {
      range.setStart(node, i); range.setEnd(node, i + 1);
      const r = range.getBoundingClientRect();
      found.push([r.left, r.top, r.width, r.height].map(n => Math.round(n * 1000)).join());
    }
  return found;
}"""
PLAIN = """() => [...document.querySelectorAll('[data-start]')].every(
  p => p.childNodes.length === 1 && p.firstChild.nodeType === Node.TEXT_NODE)"""
MARKED = """() => Object.fromEntries([...CSS.highlights].map(([name, marks]) =>
  [name, [...marks].map(range => String(range)).sort()]))"""
BY_COLOUR_ONLY = """colour => {
  for (const sheet of document.styleSheets) for (const rule of sheet.cssRules)
    if (rule.selectorText && rule.selectorText.startsWith('::highlight(')) {
      rule.style.textDecoration = 'none'; rule.style.backgroundColor = 'transparent'; rule.style.color = colour;
    }
  document.querySelector('.text').style.color = colour;
}"""


def picture(page: Page) -> Image.Image:
    return Image.open(io.BytesIO(page.locator(".text").screenshot())).convert("RGB")


EDGES = """() => {
  const own = document.querySelector('.text').getBoundingClientRect();
  return [...CSS.highlights.values()].flatMap(marks => [...marks]).flatMap(range => [...range.getClientRects()])
    .flatMap(r => [[r.left - own.left, r.top - own.top], [r.right - own.left, r.top - own.top]]);
}"""


def differing(one: Image.Image, other: Image.Image) -> list[tuple[int, int]]:
    """The pixels in which two pictures differ by more than the least rounding."""
    assert one.size == other.size
    apart = ImageChops.difference(one, other).convert("L").point([255 * (v > 2) for v in range(256)]).tobytes()
    return [(i % one.width, i // one.width) for i, value in enumerate(apart) if value]


@pytest.mark.parametrize("width", [390, 1024, 1600])
@pytest.mark.parametrize("before", ["", WITHOUT_HIGHLIGHTS], ids=["highlights", "boxes"])
def test_no_character_moves_when_marks_come(site: str, open_page: Open, width: int, before: str) -> None:
    marked = open_page(site + HARD_PAGE, width=width, before=before)
    bare = open_page(site + HARD_PAGE, width=width, before=before + ";" + WITHOUT_MARKS)
    assert marked.locator("[data-kind]:checked").count() == 4
    assert bare.locator("[data-kind]:checked").count() == 0
    if before:
        expect(marked.locator(".box-cue")).to_have_count(3)
    rects = marked.evaluate(RECTS)
    assert len(rects) > 300
    assert rects == bare.evaluate(RECTS)
    assert marked.evaluate(PLAIN)


def test_the_measure_would_see_an_element_around_part_of_a_word(site: str, open_page: Open) -> None:
    page = open_page(site + HARD_PAGE)
    before = page.evaluate(RECTS)
    page.evaluate(
        """() => {
          const range = document.createRange(), node = document.querySelector('[data-start]').firstChild;
          const mark = document.createElement('mark');
          mark.style.padding = '0 2px';
          range.setStart(node, 3); range.setEnd(node, 5);
          range.surroundContents(mark);
        }"""
    )
    after = page.evaluate(RECTS)
    assert len(after) == len(before)
    assert after != before


@pytest.mark.parametrize("dark", [False, True])
def test_marked_glyphs_are_drawn_pixel_for_pixel_as_unmarked_ones(site: str, open_page: Open, dark: bool) -> None:
    """Every glyph in one colour, by marks on the one page and by the text's own colour on both: the same picture.

    But for a few pixels where a stroke hangs over its letter's room at the edge of a mark: browsers cut it there.
    """
    marked = open_page(site + HARD_PAGE, dark=dark)
    bare = open_page(site + HARD_PAGE, dark=dark, before=WITHOUT_MARKS)
    for page in (marked, bare):
        page.evaluate(BY_COLOUR_ONLY, "rgb(200, 0, 0)")
    edges = marked.evaluate(EDGES)
    assert len(edges) > 20
    apart = differing(picture(marked), picture(bare))
    assert len(apart) <= 12
    assert all(any(abs(x - ex) <= 4 and -4 <= y - ey <= 45 for ex, ey in edges) for x, y in apart)


def test_boxes_change_no_pixel_of_the_letters(site: str, open_page: Open) -> None:
    marked = open_page(site + HARD_PAGE, before=WITHOUT_HIGHLIGHTS)
    bare = open_page(site + HARD_PAGE, before=WITHOUT_HIGHLIGHTS + ";" + WITHOUT_MARKS)
    expect(marked.locator(".box-cue")).to_have_count(3)
    for page in (marked, bare):
        page.evaluate("document.querySelectorAll('.mark-box').forEach(b => { b.style.opacity = '0' })")
    assert differing(picture(marked), picture(bare)) == []


def test_only_colours_and_lines_differ_between_the_pictures(site: str, open_page: Open) -> None:
    """Where the unmarked page has ink, the marked page has the same ink: marks lie behind the letters."""
    marked = picture(open_page(site + HARD_PAGE))
    bare = picture(open_page(site + HARD_PAGE, before=WITHOUT_MARKS))
    assert len(differing(marked, bare)) > 5000, "there are marks"
    one, other = bare.tobytes(), marked.tobytes()
    ink = [i for i in range(0, len(one), 3) if max(one[i : i + 3]) < 60]
    assert len(ink) > 2000
    assert sum(max(other[i : i + 3]) >= 70 for i in ink) <= 5, "the same few pixels at the edges of marks"


def test_marks_hold_exactly_the_characters_of_their_spans(site: str, open_page: Open) -> None:
    _, record = hard_report()
    marked = open_page(site + HARD_PAGE).evaluate(MARKED)
    assert sorted(w for name, words in marked.items() if name.startswith("evidence") for w in words) == sorted(
        p.evidence.text for p in record.provisions
    ), "also after characters beyond the BMP"
    assert sorted(w for name, words in marked.items() if name.startswith("content") for w in words) == sorted(
        c.text for a in record.attributions for c in a.content
    )
    assert marked["cue"] == sorted(a.cue.text for a in record.attributions)


def test_overlapping_marks_of_a_kind_have_lines_of_their_own(site: str, open_page: Open) -> None:
    page = open_page(site + HARD_PAGE)
    marked = page.evaluate(MARKED)
    assert {"content", "content-1", "content-2"} <= set(marked), "three statements within each other"
    assert {"evidence", "evidence-1"} <= set(marked), "two pieces of evidence that cross"
    offsets = page.evaluate(
        """() => [...document.styleSheets].flatMap(sheet => [...sheet.cssRules])
          .filter(rule => /^::highlight\\((content|evidence|cue|source)/.test(rule.selectorText || ''))
          .map(rule => rule.cssText.match(/solid|double|dotted|wavy/) + rule.style.textUnderlineOffset)"""
    )
    assert len(offsets) == len(set(offsets)) == 11, "no two kinds or depths are drawn alike"


def test_any_depth_of_nesting_is_marked(database: Database, open_page: Open) -> None:
    text = "أعلن " * 30 + "الاتفاق"
    nested = tuple(
        Provision(
            f"p{i}", Span.of(text, i, len(text) - i), "arms_transfer", "discussed", ("JOR", "JPN"), "provision", None
        )
        for i in range(3, 60, 3)
    )
    put(database, [(Report(text, "deep", "النهر", None, "عمق", date(2014, 1, 1)), Record("deep", (), nested))])
    with serving(database) as address:
        marked = open_page(f"{address}/reports/deep").evaluate(MARKED)
    assert sum(len(words) for words in marked.values()) == len(nested) == 19


def test_four_hundred_rows_are_marked_and_lit(site: str, open_page: Open) -> None:
    page = open_page(f"{site}/reports/many")
    assert page.locator(".row").count() == 400
    page.locator("#row-p150").focus()
    page.keyboard.press("j")
    page.keyboard.press("j")
    done = page.evaluate("performance.getEntriesByType('measure').map(m => m.name)")
    assert done.count("mithaq-marks") == 1, "all rows are marked in one go"
    assert done.count("mithaq-light") >= 2


def test_without_highlights_boxes_lie_behind_the_words(site: str, open_page: Open) -> None:
    page = open_page(site + HARD_PAGE, before=WITHOUT_HIGHLIGHTS)
    expect(page.locator(".box-cue")).to_have_count(3)
    _assert_boxes_fit(page)
    page.set_viewport_size({"width": 700, "height": 900})
    _assert_boxes_fit(page)
    page.locator("[data-kind=evidence]").uncheck()
    expect(page.locator(".box-evidence")).to_have_count(0)
    expect(page.locator(".box-cue")).to_have_count(3)


def _assert_boxes_fit(page: Page) -> None:
    """The boxes of cues stand exactly where the words of the cues do, as soon as the page has come to rest."""
    places: list[list[str]] = []
    for _ in range(60):
        places = page.evaluate(
            """() => {
              const text = new mithaqMarks.MarkedText(document.querySelector('[data-text]'));
              const spans = [...document.querySelectorAll('[data-spans]')].flatMap(
                e => mithaqMarks.parse(e.dataset.spans));
              const words = spans.filter(([kind]) => kind === 'cue').flatMap(([, a, b]) => text.ranges(a, b))
                .map(r => r.getBoundingClientRect());
              const boxes = [...document.querySelectorAll('.box-cue')].map(b => b.getBoundingClientRect());
              return [words, boxes].map(rs => rs.map(r => [r.left, r.top, r.width].map(Math.round).join()).sort());
            }"""
        )
        if places[0] == places[1]:
            break
        page.wait_for_timeout(50)
    assert places[0] == places[1]
    assert len(places[0]) == 3


def test_offsets_reach_the_end_of_a_line_that_parsers_cut(database: Database, open_page: Open) -> None:
    """Browsers make several text nodes of more than 65,536 characters; spans go on being right."""
    text = "🕊 كلمة " * 12_000 + "الاتفاق"
    end = len(text)
    last = Provision("p1", Span.of(text, end - 7, end), "arms_transfer", "discussed", ("JOR", "JPN"), "provision", None)
    put(database, [(Report(text, "long", "النهر", None, "طول", date(2014, 1, 1)), Record("long", (), (last,)))])
    with serving(database) as address:
        page = open_page(f"{address}/reports/long")
        assert page.evaluate(MARKED)["evidence"] == ["الاتفاق"]


def test_a_selection_is_told_in_code_points(site: str, open_page: Open) -> None:
    page = open_page(site + HARD_PAGE)
    start = HARD.index("السفن ستجري")
    found = page.evaluate(
        """() => {
          const p = document.querySelectorAll('[data-start]')[1], at = p.firstChild.data.indexOf('السفن ستجري');
          getSelection().setBaseAndExtent(p.firstChild, at, p.firstChild, at + 11);
          return new mithaqMarks.MarkedText(document.querySelector('[data-text]')).selection();
        }"""
    )
    assert found == {"start": start, "end": start + 11}


def test_many_spans_are_as_many_as_they_say() -> None:
    report, record = many_spans()
    assert len(record.provisions) == len(record.attributions) == 200
    assert all(p.evidence.text == report.text[p.evidence.start : p.evidence.end] for p in record.provisions)
