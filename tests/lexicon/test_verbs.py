"""The verb table: forms of every weakness type, the loader, and that the file is what the script makes."""

import csv
import subprocess
import sys
from importlib import resources
from pathlib import Path

import pytest

from mithaq.lexicon.keys import fold
from mithaq.lexicon.verbs import VerbForm, readings, verb_forms

SCRIPT = Path(__file__).parents[2] / "scripts" / "build_verb_forms.py"

# word as written (clitics off), lemma, kind, person + gender + number, passive
EXPECTED = [
    # sound, geminate, initial hamza, initial waw
    ("أكّدت", "أكد", "past", "3fs", False),
    ("يؤكدون", "أكد", "present", "3mp", False),
    ("أعلنا", "أعلن", "past", "3md", False),
    ("اتفقتا", "اتفق", "past", "3fd", False),
    ("يعد", "وعد", "present", "3ms", False),
    ("رددنا", "رد", "past", "1-p", False),
    ("سئل", "سأل", "past", "3ms", True),
    ("اتخذت", "اتخذ", "past", "3fs", False),
    # hollow
    ("قال", "قال", "past", "3ms", False),
    ("قلت", "قال", "past", "1-s", False),
    ("يقل", "قال", "present", "3ms", False),
    ("قيل", "قال", "past", "3ms", True),
    ("يقال", "قال", "present", "3ms", True),
    ("أفادت", "أفاد", "past", "3fs", False),
    # defective
    ("نفت", "نفى", "past", "3fs", False),
    ("نفوا", "نفى", "past", "3mp", False),
    ("ينفي", "نفى", "present", "3ms", False),
    ("ينف", "نفى", "present", "3ms", False),
    ("دعت", "دعا", "past", "3fs", False),
    ("دعوا", "دعا", "past", "3mp", False),
    ("يدعو", "دعا", "present", "3ms", False),
    ("التقيا", "التقى", "past", "3md", False),
    # final hamza, in the spelling of the book and of the press
    ("بدؤوا", "بدأ", "past", "3mp", False),
    ("بدأوا", "بدأ", "past", "3mp", False),
    ("أنشئت", "أنشأ", "past", "3fs", True),
    # before an object pronoun
    ("رآ", "رأى", "past", "3ms", False),
    ("أعطا", "أعطى", "past", "3ms", False),
    ("أكدو", "أكد", "past", "3mp", False),
    ("يقرؤ", "قرأ", "present", "3ms", False),
    ("زيارت", "زار", "masdar", "0fs", False),
    ("إنشائ", "أنشأ", "masdar", "0ms", False),
    # participles and masdars
    ("قائلا", "قال", "active_participle_acc", "0ms", False),
    ("مشيرة", "أشار", "active_participle_acc", "0fs", False),
    ("مشيرة", "أشار", "active_participle", "0fs", False),
    ("مؤكدين", "أكد", "active_participle_acc", "0mp", False),
    ("مهنئون", "هنأ", "active_participle", "0mp", False),
    ("داعيا", "دعا", "active_participle_acc", "0ms", False),
    ("ملغاة", "ألغى", "passive_participle", "0fs", True),
    ("منشآت", "أنشأ", "passive_participle", "0fp", True),
    ("متفق", "اتفق", "passive_participle", "0ms", True),
    ("توقيعا", "وقع", "masdar", "0ms", False),
    ("تسمية", "سمى", "masdar", "0fs", False),
    # not made by the conjugator
    ("ليست", "ليس", "past", "3fs", False),
]


@pytest.mark.parametrize(("word", "lemma", "kind", "agreement", "passive"), EXPECTED)
def test_reading(word: str, lemma: str, kind: str, agreement: str, passive: bool) -> None:
    form = VerbForm(lemma, kind, int(agreement[0]), agreement[1], agreement[2], passive)
    assert form in readings(fold(word))


@pytest.mark.parametrize(
    ("word", "lemmas"),
    [
        ("ذكر", {"ذكر", "ذكّر"}),
        ("بلغ", {"بلغ", "بلّغ"}),
        ("يعلم", {"علم", "علّم", "أعلم"}),
    ],
)
def test_verbs_of_one_spelling_are_told_apart_by_lemma(word: str, lemmas: set[str]) -> None:
    assert {reading.lemma for reading in readings(fold(word))} == lemmas


@pytest.mark.parametrize("word", ["", "سوريا", "الوزير", "وقالت"])
def test_other_words_have_no_reading(word: str) -> None:
    assert readings(fold(word)) == ()


def test_only_reporting_verbs_have_the_second_person() -> None:
    groups = {verb["lemma"]: verb["group"] for verb in listed_verbs()}
    second = {groups[form.lemma] for forms in verb_forms().values() for form in forms if form.person == 2}
    assert second == {"reporting"}


def test_equal_readings_are_one_object() -> None:
    (a,), (b,) = ([f for f in readings(fold(word)) if f.lemma == "بدأ"] for word in ("بدؤوا", "بدأوا"))
    assert a is b


def listed_verbs() -> list[dict[str, str]]:
    with resources.files("mithaq.data").joinpath("verbs.csv").open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def test_lemmas_are_unique_and_every_lemma_has_forms() -> None:
    lemmas = [verb["lemma"] for verb in listed_verbs()]
    assert len(lemmas) == len(set(lemmas))
    assert {form.lemma for forms in verb_forms().values() for form in forms} == set(lemmas)


def test_keys_are_folded_and_sorted() -> None:
    keys = list(verb_forms())
    assert keys == sorted(keys)
    assert all(fold(key) == key for key in keys)


def test_file_is_what_the_script_makes() -> None:
    done = subprocess.run([sys.executable, str(SCRIPT), "--check"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
