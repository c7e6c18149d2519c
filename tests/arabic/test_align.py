"""Strings that are claimed to be in a text: the right characters, or nowhere."""

from __future__ import annotations

import json
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mithaq.arabic.align import LONGEST, Aligner, align
from mithaq.arabic.align_keys import keyed
from mithaq.lexicon.keys import fold

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


# The development data: what a model that copies carelessly would claim, and what it would make up.


def unmarked(text: str) -> str:
    return "".join(c for c in text if not ("\u064b" <= c <= "\u0652" or c == "ـ"))


PERTURBED: dict[str, Callable[[str], str]] = {
    "as it is": str,
    "marks off": unmarked,
    "hamza off": lambda t: t.translate(str.maketrans("أإآ", "ااا")),
    "hamza on": lambda t: " ".join("أ" + w[1:] if w.startswith("ا") else w for w in t.split(" ")),
    "hamza seat": lambda t: t.translate(str.maketrans("ؤئ", "ئؤ")),
    "ya": lambda t: t.replace("ى", "ي"),
    "alif maqsura": lambda t: " ".join(w[:-1] + "ى" if w.endswith("ي") else w for w in t.split(" ")),
    "ha": lambda t: t.replace("ة", "ه"),
    "ta marbuta": lambda t: " ".join(w[:-1] + "ة" if w.endswith("ه") else w for w in t.split(" ")),
    "all": lambda t: unmarked(fold(t)).replace("«", '"').replace("»", '"'),
    "tatweel": lambda t: "".join(c + "ـ" if c.isalpha() and k % 3 == 0 else c for k, c in enumerate(t)),
    "spaces": lambda t: t.replace(" ", "\u00a0\n"),
}


@pytest.fixture
def gold_spans(gold: Path, reports: dict[str, dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Report → its gold spans."""
    found: dict[str, list[dict[str, Any]]] = {}
    for line in (gold / "dev.jsonl").read_text("utf-8").splitlines():
        record = json.loads(line)
        spans = [p["evidence"] for p in record["provisions"]]
        for a in record["attributions"]:
            spans += [a["cue"], *a["content"], *([a["source"]] if a["source"] else [])]
        found[record["id"]] = spans
    return found


def test_gold_spans_align_to_their_characters_however_they_are_copied(
    gold_spans: dict[str, list[dict[str, Any]]], reports: dict[str, dict[str, Any]]
) -> None:
    right: Counter[str] = Counter()
    total = inside = 0
    for id, spans in gold_spans.items():
        text = reports[id]["text"]
        whole = Aligner(text)
        for span in spans:
            total += 1
            inside += span["start"] > 0 and text[span["start"] - 1].isalpha()
            for name, perturb in PERTURBED.items():
                found = whole.find(perturb(span["text"]), near=span["start"])
                right[name] += found is not None and (found.span.start, found.span.end) == (span["start"], span["end"])
    assert inside > 150  # words inside clitics
    assert {name: right[name] / total for name in PERTURBED if right[name] < 0.99 * total} == {}


CLITICS = ("و", "ف", "ب", "ل", "ك", "وب", "ول")


def test_gold_spans_that_are_put_behind_a_clitic_align(
    gold_spans: dict[str, list[dict[str, Any]]], reports: dict[str, dict[str, Any]]
) -> None:
    """The text is changed here, not the claim: «القاهرة» in «بالقاهرة», «الوزير» in «للوزير»."""
    choose = random.Random(8)
    total = right = 0
    for id, spans in gold_spans.items():
        text = reports[id]["text"]
        for span in spans:
            if (span["start"] and not text[span["start"] - 1].isspace()) or not span["text"][0].isalpha():
                continue
            clitic = choose.choice(CLITICS)
            words, start = span["text"], span["start"] + len(clitic)
            if clitic.endswith("ل") and words.startswith("ال"):
                words = words[1:]
                if words.startswith("لل"):  # the article goes into the first letter: للجنة
                    words = words[1:]
            made = text[: span["start"]] + clitic + words + text[span["end"] :]
            found = align(made, fold(span["text"]), near=start)
            total += 1
            right += found is not None and (found.span.start, found.span.text) == (start, words)
    assert total > 500
    assert right / total >= 0.99


def made_up(spans: list[dict[str, Any]], others: list[dict[str, Any]], choose: random.Random) -> Iterator[str]:
    """Spans with two words or two letters swapped, a word from elsewhere, and whole spans of other reports."""
    for span in spans:
        words = span["text"].split()
        if len(words) > 1:
            k = choose.randrange(len(words) - 1)
            yield " ".join((*words[:k], words[k + 1], words[k], *words[k + 2 :]))
            yield " ".join((*words[:k], choose.choice(choose.choice(others)["text"].split()), *words[k + 1 :]))
        letters = list(span["text"])
        k = choose.randrange(max(1, len(letters) - 1))
        letters[k : k + 2] = reversed(letters[k : k + 2])
        yield "".join(letters)
        yield span["text"][:k] + span["text"][k + 1 :] + "خ"
        yield choose.choice(others)["text"]


def loosely(text: str) -> str:
    """Letters and digits alone, folded by rules of the test's own: an absent string is absent under these too."""
    table = str.maketrans("أإآٱؤئءىةکی", "ااااءءءيهكي")
    return "".join(c for c in unmarked(text).translate(table).lower() if c.isalnum())


def test_no_span_that_is_absent_is_accepted(
    gold_spans: dict[str, list[dict[str, Any]]], reports: dict[str, dict[str, Any]]
) -> None:
    choose = random.Random(8)
    accepted: list[tuple[str, str]] = []
    absent = 0
    for id, spans in gold_spans.items():
        text = reports[id]["text"]
        whole, letters = Aligner(text), loosely(text)
        others = [s for other, found in gold_spans.items() if other != id for s in found]
        for claimed in made_up(spans, others, choose):
            if not loosely(claimed) or loosely(claimed) in letters:
                continue
            absent += 1
            found = whole.find(claimed)
            if found is not None:
                accepted.append((claimed, found.span.text))
    assert absent > 3000
    assert accepted == []
