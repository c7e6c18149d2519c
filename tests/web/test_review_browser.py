"""Reviewing and adding as people do it, in a browser and in both languages."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page
from records import TEXT, record, report, span
from serving import serving
from visitors import PASSWORD, Visitor, keep, keep_one, make_users, text_of
from web_fixtures import Open

from mithaq.model import Record, Report
from mithaq.query.ledger import find_agreements, load_agreements
from mithaq.query.reviewed import load_reviewed
from mithaq.store.database import Database
from mithaq.store.effective import place_of
from mithaq.store.judgements import latest_judgements
from mithaq.web.settings import Settings

RECORD = record(report())
EXERCISE = place_of(RECORD.provisions[0]).key
SAID = place_of(RECORD.attributions[0]).key
LANGS = pytest.mark.parametrize("lang", ["ar", "en"])


@pytest.fixture
def room(database: Database) -> Iterator[str]:
    """A reading room with one report."""
    keep_one(database)
    with serving(database) as address:
        yield address


def effective(database: Database) -> Record:
    with database.read() as connection:
        found = load_reviewed(connection, "r1")
    assert found
    return found.effective.record


def mark(page: Page, words: str) -> None:
    """Mark words in the text with the mouse's help: from their first letter to their last."""
    start = TEXT.index(words)
    page.evaluate(
        """([start, end]) => {
            const node = document.querySelector("[data-text] [data-start]").firstChild;
            getSelection().setBaseAndExtent(node, start, node, end);
            document.querySelector("[data-text]").dispatchEvent(new PointerEvent("pointerup", { bubbles: true }));
        }""",
        [start, start + len(words)],
    )


@LANGS
def test_accept_reject_and_undo_by_keys(room: str, database: Database, open_page: Open, lang: str) -> None:
    page = open_page(f"{room}/review/reports/r1", lang=lang)
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.dataset.row") == EXERCISE
    page.keyboard.press("a")
    page.wait_for_selector(f"#row-{EXERCISE} .verdict.accept")
    assert effective(database).provisions[0].confidence == 1.0
    page.locator(f"#row-{EXERCISE}").focus()
    page.keyboard.press("r")
    page.wait_for_selector(f"#row-{EXERCISE}.rejected")
    assert effective(database).provisions == ()
    page.locator(f"#row-{EXERCISE}").focus()
    page.keyboard.press("u")
    page.wait_for_selector(f"#row-{EXERCISE}:not(.rejected) .verdict.accept")
    page.keyboard.press("u")
    page.wait_for_selector(f"#row-{EXERCISE} .sure")
    assert effective(database) == RECORD


def test_keys_work_on_an_arabic_keyboard_and_not_while_writing(room: str, open_page: Open) -> None:
    page = open_page(f"{room}/review/reports/r1")
    send = """([key, code]) => document.activeElement.dispatchEvent(
        new KeyboardEvent("keydown", { key, code, bubbles: true }))"""
    page.evaluate(send, ["ت", "KeyJ"])
    assert page.evaluate("document.activeElement.dataset.row") == EXERCISE
    page.evaluate(send, ["ث", "KeyE"])
    page.wait_for_selector("[data-edit]")
    page.locator("#f-parties").focus()
    page.keyboard.type("ar")
    assert page.locator("#f-parties").input_value() == "ar"
    assert page.locator(".verdict").count() == 0
    page.keyboard.press("Escape")
    page.wait_for_selector("[data-edit]", state="detached")
    page.keyboard.press("?")
    assert page.locator("#keys").is_visible()


@LANGS
def test_a_span_is_corrected_by_marking_the_text(room: str, database: Database, open_page: Open, lang: str) -> None:
    page = open_page(f"{room}/review/reports/r1", lang=lang)
    page.keyboard.press("j")
    page.keyboard.press("e")
    page.wait_for_selector("[data-edit]")
    mark(page, " مناورات مشتركة ")
    assert page.locator("#f-evidence").input_value() == "مناورات مشتركة", "blanks at the ends are never meant"
    page.select_option("#f-area", "training")
    page.select_option("#f-status", "signed")
    more = page.locator("#f-parties")
    more.fill(page.locator("#party-list option[value$='(EGY)']").get_attribute("value") or "")
    assert page.locator(".checks input[value=EGY]").is_checked()
    page.locator(".checks input[value=IND]").uncheck()
    page.locator("[data-edit] .primary").click()
    page.wait_for_selector(f"#row-{EXERCISE} .verdict.correct")
    (row,) = effective(database).provisions
    assert (row.evidence, row.area, row.status, row.parties) == (
        span("مناورات مشتركة"),
        "training",
        "signed",
        ("KEN", "EGY"),
    )


def test_offsets_count_code_points_beyond_the_basic_plane(database: Database, open_page: Open) -> None:
    text = "🇸🇦😀 " + TEXT
    what = replace(report(), text=text)
    keep(database, what, record(what))
    with serving(database) as room:
        page = open_page(f"{room}/review/reports/r1")
        page.keyboard.press("j")
        page.keyboard.press("e")
        page.wait_for_selector("[data-edit]")
        page.evaluate(
            """(words) => {
                const node = document.querySelector("[data-text] [data-start]").firstChild;
                const start = node.data.indexOf(words);
                getSelection().setBaseAndExtent(node, start, node, start + words.length);
                document.querySelector("[data-text]").dispatchEvent(new PointerEvent("pointerup", { bubbles: true }));
            }""",
            "مناورات مشتركة",
        )
        page.locator("[data-edit] .primary").click()
        page.wait_for_selector(".verdict.correct")
    (row,) = effective(database).provisions
    assert text[row.evidence.start : row.evidence.end] == "مناورات مشتركة"


@LANGS
def test_a_statement_and_a_provision_are_added(room: str, database: Database, open_page: Open, lang: str) -> None:
    page = open_page(f"{room}/review/reports/r1?add=attribution", lang=lang)
    mark(page, "اتفقا")
    page.locator("#f-content-0").focus()
    mark(page, "إجراء مناورات مشتركة مرتين في السنة")
    page.fill("#f-speaker", "وزير الدفاع الكيني")
    page.select_option("#f-parent", label=page.locator("#f-parent option").nth(1).inner_text())
    page.locator("[data-edit] .primary").click()
    page.wait_for_selector(".verdict.add")
    added = effective(database).attributions[-1]
    assert (added.cue, added.content, added.parent, added.entity) == (
        span("اتفقا"),
        (span("إجراء مناورات مشتركة مرتين في السنة"),),
        "a1",
        "e1",
    )
    page.goto(f"{room}/review/reports/r1?add=provision")
    mark(page, "بكلفة 5 ملايين دولار")
    page.select_option("#f-area", "finance_aid")
    page.fill("#f-parties", "KEN، الهند" if lang == "ar" else "Kenya, IND")
    page.locator("[data-edit] .primary").click()
    page.wait_for_selector("[id^=row-provision] .verdict.add")
    assert effective(database).provisions[-1].parties == ("KEN", "IND")


def test_everything_works_by_forms_alone(room: str, database: Database, open_page: Open) -> None:
    page = open_page(f"{room}/review/reports/r1", lang="en", scripts=False)
    page.locator(f"#row-{EXERCISE} a[data-key=e]").click()
    page.fill("#f-evidence", "مناورات مشتركة")
    page.fill("#f-parties", "Egypt")
    page.locator("[data-edit] .primary").click()
    (row,) = effective(database).provisions
    assert (row.evidence, row.parties) == (span("مناورات مشتركة"), ("KEN", "IND", "EGY"))
    page.locator(f"#row-{EXERCISE} button[data-key=r]").click()
    assert effective(database).provisions == ()
    page.locator(f"#row-{EXERCISE} button[data-key=u]").click()
    page.locator(".whole button").click()
    assert "Complete, says" in page.locator(".notice").first.inner_text()


@LANGS
def test_the_second_of_two_reviewers_is_told_and_loses_nothing(database: Database, open_page: Open, lang: str) -> None:
    keep_one(database)
    make_users(database)
    with serving(database, Settings(accounts=True)) as room:
        pages = []
        for name in ("reviewer", "admin"):
            page = open_page(f"{room}/review/reports/r1?edit={EXERCISE}", lang=lang)
            page.fill("#name", name)
            page.fill("#password", PASSWORD)
            page.locator(".login .primary").click()
            page.wait_for_selector("[data-edit]")
            pages.append(page)
        one, other = pages
        one.select_option("#f-status", "signed")
        one.locator("[data-edit] .primary").click()
        one.wait_for_selector(".verdict.correct")
        other.select_option("#f-status", "refused")
        mark(other, "مناورات مشتركة")
        other.locator("[data-edit] .primary").click()
        told = other.wait_for_selector("[role=alert]")
        assert told
        assert "reviewer" in told.inner_text()
        assert effective(database).provisions[0].status == "signed", "nothing was overwritten"
        assert other.locator("#f-status").input_value() == "refused", "and nothing lost"
        assert other.locator("#f-evidence").input_value() == "مناورات مشتركة"
        other.locator("[data-edit] .primary").click()
        other.wait_for_selector(".verdict.correct")
        (row,) = effective(database).provisions
        assert (row.status, row.evidence.text) == ("refused", "مناورات مشتركة")


def two_alike(database: Database) -> None:
    """Two reports of the same exercise by different outlets."""
    keep_one(database)
    text = TEXT + " وجرى ذلك في نيروبي."
    what = Report(text, "r2", "الصدى", None, "مناورات كينية هندية", date(2019, 3, 5))
    keep(database, what, replace(record(what), id="r2"))


def stages(database: Database) -> list[list[str]]:
    with database.read() as connection:
        found = load_agreements(connection, find_agreements(connection), date(2020, 1, 1))
        return sorted(sorted(s.key for s in c.stages) for a in found for c in a.commitments)


@LANGS
def test_a_commitment_is_split_and_joined_again(database: Database, open_page: Open, lang: str) -> None:
    two_alike(database)
    assert stages(database) == [["r1/p1", "r2/p1"]]
    with database.read() as connection:
        (agreement,) = find_agreements(connection)
    with serving(database) as room:
        page = open_page(f"{room}/review/agreements/{agreement}", lang=lang)
        page.locator(".commitment li button").nth(1).click()
        page.wait_for_selector(".commitment >> nth=1")
        assert stages(database) == [["r1/p1"], ["r2/p1"]]
        page.locator(".join button").first.click()
        page.wait_for_selector(".said:not(:empty)")
        assert stages(database) == [["r1/p1", "r2/p1"]]
        page.goto(f"{room}/review/judgements")
        assert page.locator("tbody tr").count() == 2
        page.locator("tbody button").first.click()
        page.wait_for_selector("tr.undone")
        assert stages(database) == [["r1/p1"], ["r2/p1"]]


def test_two_who_judge_the_same_pair_are_told_of_each_other(database: Database) -> None:
    two_alike(database)
    with serving(database) as room, Visitor(room) as visitor:
        fields = {"one": "r1/p1", "other": "r2/p1", "seen": "0-0", "next": "/review"}
        assert visitor.form("/judge", {**fields, "verdict": "different"}).status_code == 303
        answer = visitor.form("/judge", {**fields, "verdict": "same"})
        assert answer.status_code == 409
        assert "مختلفان" in text_of(answer) or "Different" in text_of(answer)
        assert stages(database) == [["r1/p1"], ["r2/p1"]]
        now = re.search(r'name="seen" value="([^"]+)"', answer.text)
        assert now
        with database.read() as connection:
            assert latest_judgements(connection, 5)[0] == 1
        knowingly = {**fields, "verdict": "same", "seen": now[1]}
        assert visitor.form("/judge", knowingly).status_code == 303
        assert stages(database) == [["r1/p1", "r2/p1"]]


@LANGS
def test_an_empty_database_offers_a_sample(database: Database, open_page: Open, lang: str) -> None:
    with serving(database) as room:
        page = open_page(room, lang=lang)
        page.locator("form[action='/add/sample'] button").click()
        page.wait_for_selector("[data-over]")
        page.locator(".card a[href^='/reports/']").click()
        page.wait_for_selector(".row")
        assert page.locator(".row").count() > 10


@LANGS
def test_a_text_is_pasted_and_becomes_a_record(database: Database, open_page: Open, lang: str) -> None:
    with serving(database) as room:
        page = open_page(f"{room}/add", lang=lang)
        page.fill("#text", TEXT + "\nسطر ثان.")
        page.fill("#title", "<b>مناورات</b>")
        page.fill("#outlet", "النهر")
        page.fill("#published", "2019-03-04")
        page.locator("form.add-form .primary").first.click()
        page.wait_for_selector("[data-over]")
        assert "<b>مناورات</b>" in page.locator(".card").inner_text()
        page.locator(".card a[href^='/reports/']").click()
        page.wait_for_selector("[data-text]")
        assert page.locator("[data-text] p").all_inner_texts() == [TEXT, "سطر ثان."]


REASONS = {
    "en": ("no Arabic", "no 'text'", "binary, not text", "larger than 1 MB"),
    "ar": ("لا عربية في النص", "لا حقل text", "ملف ثنائي لا نص", "ميغابايت حين يفك ضغطه"),
}


@LANGS
def test_files_are_dropped_and_what_cannot_be_read_is_said(
    database: Database, open_page: Open, tmp_path: Path, lang: str
) -> None:
    lines = [{"id": "n1", "text": TEXT, "title": "أول"}, {"id": "n2", "text": "no Arabic"}, {"id": "n3"}]
    packed = tmp_path / "news.jsonl.gz"
    packed.write_bytes(gzip.compress("\n".join(map(json.dumps, lines)).encode()))
    (tmp_path / "خبر.txt").write_text(TEXT + " نهاية.", "utf-8")
    (tmp_path / "picture.txt").write_bytes(bytes(range(256)))
    (tmp_path / "bomb.jsonl.gz").write_bytes(gzip.compress(b"\n" * 3_000_000))
    with serving(database, Settings(unpacked_bytes=1_000_000)) as room:
        page = open_page(f"{room}/add", lang=lang)
        page.set_input_files("#files", sorted(tmp_path.glob("*.txt")) + sorted(tmp_path.glob("*.gz")))
        page.locator("form.add-form .primary").nth(1).click()
        page.wait_for_selector("[data-over]")
        said = page.locator("main").inner_text()
    assert page.locator("[data-count=new]").inner_text() == "2"
    assert page.locator("[data-count=set_aside]").inner_text() == "4"
    places = ("news.jsonl.gz:2", "news.jsonl.gz:3", "picture.txt", "bomb.jsonl.gz")
    for place, why in zip(places, REASONS[lang], strict=True):
        assert place in said
        assert why in said
    assert "/tmp" not in said


def test_pages_answer_while_reports_are_read(database: Database, tmp_path: Path) -> None:
    lines = [json.dumps({"id": f"n{n}", "text": f"{TEXT} الخبر {n}. " * 20}) for n in range(60)]
    with serving(database) as room, Visitor(room) as visitor:
        visitor.get("/")
        answer = visitor.form("/add", files={"files": ("news.jsonl", "\n".join(lines))})
        state = f"{answer.headers['location']}/state"
        asked = 0
        while not visitor.get(state).json()["over"]:  # a page that waited for the reading would come after its end
            assert visitor.get("/add").status_code == 200
            asked += 1
        assert visitor.get(state).json()["counts"] == {"new": 60}
        assert asked > 1


PAGES: list[tuple[str, Callable[[Page], object] | None]] = [
    ("/review", None),
    ("/review?show=attribution", None),
    ("/review?show=pairs", None),
    ("/review/log", None),
    ("/review/judgements", None),
    ("/review/reports/r1", lambda page: page.keyboard.press("?")),
    (f"/review/reports/r1?edit={EXERCISE}", None),
    (f"/review/reports/r1?edit={SAID}", None),
    ("/review/reports/r1?add=attribution", None),
    ("/review/agreements/{agreement}", None),
    ("/add", None),
]


@LANGS
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_accessibility_and_no_overflow(
    database: Database, open_page: Open, axe: Callable[[Page], list[str]], lang: str, dark: bool
) -> None:
    two_alike(database)
    with serving(database) as room, Visitor(room) as visitor:
        visitor.form("/review", {"report": "r1", "row": EXERCISE, "verdict": "reject", "seen": "0-0"})
        with database.read() as connection:
            agreement = find_agreements(connection)[0]
        page = open_page(f"{room}/review", lang=lang, dark=dark, width=390)
        for path, prepare in PAGES:
            page.goto(room + path.format(agreement=agreement))
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
            if prepare:
                prepare(page)
            assert axe(page) == [], path


@LANGS
def test_the_login_page_is_accessible(
    database: Database, open_page: Open, axe: Callable[[Page], list[str]], lang: str
) -> None:
    make_users(database)
    with serving(database, Settings(accounts=True)) as room:
        page = open_page(f"{room}/review", lang=lang)
        page.fill("#name", "reader")
        page.fill("#password", "wrong password")
        page.locator(".login .primary").click()
        page.wait_for_selector("[role=alert]")
        assert axe(page) == []
        page.fill("#password", PASSWORD)
        page.locator(".login .primary").click()
        page.wait_for_selector(".account")
        assert page.url == f"{room}/review"
