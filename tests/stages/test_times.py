"""The stage: one reading for every word, and the data files behind it."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

import mithaq
from mithaq.arabic.tokens import tokenise
from mithaq.arabic.words import word
from mithaq.lexicon.times import issues, neighbours, terms
from mithaq.model import Report
from mithaq.stages.document import Document
from mithaq.stages.times import find_times


def read(text: str, home: str = "") -> Document:
    doc = Document(Report(text, published=date(2015, 7, 21)), home=home)
    doc.tokens = list(tokenise(text))
    doc.words = [word(t.key) for t in doc.tokens]
    find_times(doc)
    return doc


def test_all_three_layers() -> None:
    doc = read("اتفق الوزيران أمس على مناورات مرتين سنويا وعلى شراء 12 طائرة بقيمة ملياري ريال", "SAU")
    assert [w.span.text for w in doc.whens] == ["أمس"]
    assert [(f.span.text, f.maximum) for f in doc.frequencies] == [("مرتين سنويا", 2)]
    assert [(q.span.text, q.unit) for q in doc.quantities] == [("12 طائرة", "aircraft"), ("ملياري ريال", "SAR")]


@pytest.mark.parametrize(
    ("text", "whens", "frequencies", "quantities"),
    [
        ("قبل 3 سنوات", ["قبل 3 سنوات"], [], []),
        ("كل ستة أشهر", [], ["كل ستة أشهر"], []),
        ("مرة في السنة", [], ["مرة في السنة"], []),
        ("يومي السبت والأحد", ["يومي السبت", "الأحد"], [], []),
        ("لمدة خمس سنوات", [], [], ["خمس سنوات"]),
        ("في العامين الماضيين", ["العامين الماضيين"], [], []),
        ("", [], [], []),
    ],
)
def test_a_word_has_one_reading(text: str, whens: list[str], frequencies: list[str], quantities: list[str]) -> None:
    doc = read(text)
    assert [w.span.text for w in doc.whens] == whens
    assert [f.span.text for f in doc.frequencies] == frequencies
    assert [q.span.text for q in doc.quantities] == quantities


@given(st.text())
def test_any_text(text: str) -> None:
    doc = read(text)
    spans = [w.span for w in doc.whens] + [f.span for f in doc.frequencies] + [q.span for q in doc.quantities]
    spans.sort()
    assert all(span.text == text[span.start : span.end] for span in spans)
    assert all(a.end <= b.start for a, b in pairwise(spans))


def test_every_month_and_weekday_has_a_word() -> None:
    listed = [t for items in terms().values() for t in items]
    for calendar in ("gregorian", "hijri"):
        assert {t.number for t in listed if t.kind == "month" and t.calendar == calendar} == set(range(1, 13))
    assert {t.number for t in listed if t.kind == "weekday"} == set(range(7))


def test_no_phrase_stands_for_two_months_or_days() -> None:
    seen: dict[tuple[str, tuple[str, ...]], str] = {}
    for items in terms().values():
        for term in items:
            if term.kind in ("month", "weekday", "deictic", "direction", "coin", "currency"):
                assert seen.setdefault((term.kind, term.keys), term.id) == term.id


def test_blocks_and_currencies_load() -> None:
    assert all(neighbours(kind) for kind in ("today", "year", "weekday", "decade"))
    assert issues()["riyal", "SAU"] == "SAR"
    assert all(len(code) == 3 and code.isupper() for code in issues().values())


def test_how_often_goes_to_the_act_before_it() -> None:
    text = "اتفق الوزيران الهندي والبرازيلي على إجراء مناورات بحرية تكون مرتين في السنة لدعم التعاون بين الجيشين."
    often = [p.area for p in mithaq.read(text, published=date(2026, 3, 10)).provisions if p.frequency]
    assert often == ["exercise"]
