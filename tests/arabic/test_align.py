"""Strings that are claimed to be in a text: the right characters, or nowhere."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
from alignment import Annotated, accepted, behind_clitics, copied, inside_words, load
from hypothesis import given, settings
from hypothesis import strategies as st

from mithaq.arabic.align import LONGEST, Aligner, align
from mithaq.arabic.align_keys import keyed

TEXT = "وأكَّدَ مسؤولٌ كبير لوزير الدفاع أنّ زيارته للاتفاقية «الجديدة» في القاهرة  ،  وفق اللجنة، ستبدأ ١٢ مايو"


@pytest.mark.parametrize(
    ("claimed", "found", "status"),
    [
        ("كبير", "كبير", "exact"),
        ("  كبير\n", "كبير", "exact"),
        ("في القاهرة", "في القاهرة", "exact"),
        ("مسؤول", "مسؤولٌ", "normalised"),
        ("مسئول كبير", "مسؤولٌ كبير", "normalised"),
        ("القاهره، وفق", "القاهرة  ،  وفق", "normalised"),
        ('"الجديدة"', "«الجديدة»", "normalised"),
        ("الجـــديدة", "الجديدة", "normalised"),
        ("12 مايو", "١٢ مايو", "normalised"),
        ("ﻛﺒﻴﺮ", "كبير", "normalised"),
        ("اكد", "أكَّدَ", "clitic"),
        ("وزير الدفاع", "وزير الدفاع", "clitic"),
        ("الاتفاقية", "لاتفاقية", "clitic"),
        ("اتفاقية", "اتفاقية", "clitic"),
        ("زيارة", "زيارت", "clitic"),
        ("تبدأ 12", "تبدأ ١٢", "clitic"),
        ("قاهرة", "قاهرة", "clitic"),
    ],
)
def test_what_is_there_is_found(claimed: str, found: str, status: str) -> None:
    aligned = align(TEXT, claimed)
    assert aligned is not None
    assert (aligned.span.text, aligned.status) == (found, status)
    assert TEXT[aligned.span.start : aligned.span.end] == aligned.span.text


@pytest.mark.parametrize(
    ("text", "claimed", "found"),
    [
        ("جاء في تقرير للجنة", "اللجنة", "لجنة"),
        ("اجتمع بالقاهرة", "القاهرة", "القاهرة"),
        ("اجتمع ﺑﺎﻟﻘﺎﻫﺮة أمس", "القاهرة", "ﺍﻟﻘﺎﻫﺮة".replace("ﺍ", "ﺎ")),
        ("قال: نعم", ":", ":"),
        ("أعانها الله ـ وعاد", "أعانها الله ـ", "أعانها الله ـ"),
        ("أ\u0654كد", "أكد", "أ\u0654كد"),
        ("قال ان\u200fالوفد وصل", "الوفد وصل", None),
    ],
)
def test_single_cases(text: str, claimed: str, found: str | None) -> None:
    aligned = align(text, claimed)
    assert (aligned.span.text if aligned else None) == found


@pytest.mark.parametrize(
    "claimed",
    [
        "",
        "  ",
        "\u064b",
        "زير الدفاع",  # a piece of «وزير»
        "الدفاع وزير",
        "مسؤول كبيرة",
        "كبي",
        "بالقاهرة",  # the text has no ب there
        "أكد مسؤول صغير",
        "أكد ... كبير",
        "12 يونيو",
        "جديد",
        "مسؤلو كبير",
        "ا" * (LONGEST + 1),
    ],
)
def test_what_is_not_there_is_not_found(claimed: str) -> None:
    assert align(TEXT, claimed) is None


def test_a_feminine_ending_is_no_pronoun_and_an_adjective_no_name() -> None:
    assert align("قالت وزيرة من المصريين", "وزير") is None
    assert align("قالت وزيرة من المصريين", "مصر") is None


def test_letters_that_changed_places_are_not_hidden_by_the_key() -> None:
    assert align("قال الرئيس", "الريئس") is None
    assert align("قال الرئيس", "الرييس") is not None


def test_half_a_ligature_is_not_cut() -> None:
    assert align("زار ﻷفق", "أفق") is None
    found = align("زار ﻷفق", "لأفق")
    assert found is not None
    assert found.span.text == "ﻷفق"


def test_hints_choose_among_several_places() -> None:
    text = "قال الوزير إن الوزير قال للوزير ثم قال"
    whole = Aligner(text)
    second = text.index("الوزير", 8)

    def start(claimed: str, **hints: Any) -> int:
        found = whole.find(claimed, **hints)
        assert found is not None
        return found.span.start

    assert start("الوزير") == 4
    assert start("الوزير", near=second) == second
    assert start("قال", near=len(text)) == text.rindex("قال")
    assert start("وزير", within=(second + 8, len(text))) == text.index("للوزير") + 2
    assert whole.find("ثم", within=(0, second)) is None
    assert whole.find("ثم قال", within=(0, len(text) - 1)) is None  # ends outside
    assert start("الوزير", near=text.index("للوزير") + 1) == text.index("للوزير") + 1
    assert start("الوزير", near=text.index("للوزير") - 4) == second  # one that stands alone, a little further away


@settings(max_examples=150, deadline=None)
@given(st.text(st.sampled_from("أبتةوزيرلاقد ـَّ«»،\n1٢ﻻ"), max_size=60), st.data())
def test_any_words_of_a_text_are_found_at_their_place(text: str, data: st.DataObject) -> None:
    words = [
        k for k in range(len(text)) if text[k].isalpha() and text[k] != "ـ" and (k == 0 or text[k - 1] in " \n،«»")
    ]
    if not words:
        return
    start = data.draw(st.sampled_from(words))
    end = next((k for k in range(start, len(text)) if text[k] in " \n،«»"), len(text))
    claimed = text[start:end]
    found = align(text, claimed, near=start)
    assert found is not None
    assert (found.span.start, found.span.end) == (start, end)


@settings(max_examples=300, deadline=None)
@given(st.text(st.sampled_from("أبةوزلا َ«،ﻻئ"), max_size=40), st.text(st.sampled_from("أبةوزلا َ«،ﻻئ"), max_size=6))
def test_whatever_is_found_has_the_letters_that_were_claimed(text: str, claimed: str) -> None:
    found = align(text, claimed)
    if found is None:
        return
    span = found.span
    assert text[span.start : span.end] == span.text
    key, wanted = (keyed(t, one_hamza=True).key for t in (span.text, claimed))
    if found.status == "exact":
        assert span.text == claimed.strip()
    elif found.status == "normalised":
        assert key == wanted
    else:  # an article loses its alif after ل, ة is ت before a pronoun; nothing else may differ
        assert key in (wanted, wanted.replace("ا", "", 1), wanted[2:], wanted[:-1] + "ت")


@pytest.mark.parametrize("unit", ["ا", "ا ", "اب ", "كلمة وأخرى، "])
def test_a_million_characters_take_a_moment(unit: str) -> None:
    text = unit * (1_000_000 // len(unit)) + " ختام"
    began = time.process_time()
    whole = Aligner(text)
    for claimed in ("ختام", "ليس هنا", "ا", (unit * 50)[:-1], ("اب " * 5000) + "ا"):
        whole.find(claimed, near=500_000)
    assert time.process_time() - began < 15  # some ten times what it takes


# What a model that copies carelessly would claim, and what it would make up, in annotated reports.


@pytest.fixture(params=["corpus", "dev"])
def annotated(request: pytest.FixtureRequest) -> dict[str, Annotated]:
    """Reports with their gold spans: one in twenty of the project's own, and the development data where they are."""
    if request.param == "corpus":
        folder = Path(__file__).parents[2] / "corpus"
        every = load(folder / "gold.jsonl", folder / "reports.jsonl")
        return {id: every[id] for id in [*every][::20]}
    gold: Path = request.getfixturevalue("gold")
    return load(gold / "dev.jsonl", gold / "dev_reports.jsonl")


def test_gold_spans_align_to_their_characters_however_they_are_copied(annotated: dict[str, Annotated]) -> None:
    right, total = copied(annotated, "start")
    assert total > 400
    assert {name: count / total for name, count in right.items() if count < 0.99 * total} == {}


def test_gold_spans_inside_words_align(annotated: dict[str, Annotated]) -> None:
    for right, total in (inside_words(annotated), behind_clitics(annotated)):
        assert total > 50
        assert right / total >= 0.99


def test_no_span_that_is_absent_is_accepted(annotated: dict[str, Annotated]) -> None:
    wrong, tried = accepted(annotated)
    assert tried > 1000
    assert wrong == []
