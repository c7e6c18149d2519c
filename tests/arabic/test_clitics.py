"""Clitics come off in every possible way, the least stripped reading first."""

from __future__ import annotations

import pytest

from mithaq.arabic.clitics import readings


@pytest.mark.parametrize(
    ("key", "stem", "conjunction", "preposition", "article", "pronoun"),
    [
        ("وبالقاهره", "قاهره", "و", "ب", True, ""),
        ("للجيش", "جيش", "", "ل", True, ""),
        ("زيارته", "زياره", "", "", False, "ه"),
        ("فكتابهم", "كتاب", "ف", "", False, "هم"),
        ("السعوديه", "سعوديه", "", "", True, ""),
    ],
)
def test_a_reading_is_there(
    key: str, stem: str, conjunction: str, preposition: str, article: bool, pronoun: str
) -> None:
    assert (stem, conjunction, preposition, article, pronoun) in readings(key)


def test_the_word_itself_comes_first() -> None:
    assert readings("وزير")[0] == ("وزير", "", "", False, "")


def test_names_keep_their_article_and_have_no_pronoun() -> None:
    by_stem = {(r.stem, r.pronoun): r for r in readings("والسعوديه")}
    assert by_stem["سعوديه", ""].name == "السعوديه"
    assert all(r.name == "" for r in readings("زيارته") if r.pronoun)
