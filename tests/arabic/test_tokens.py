"""Tokens map back to the original, whatever the text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mithaq.arabic.tokens import tokenise

ARABIC = st.text(
    st.one_of(st.characters(min_codepoint=0x600, max_codepoint=0x6FF), st.sampled_from(" \n.،«»\"'()0123ab"))
)


@given(st.one_of(ARABIC, st.text()))
def test_offsets_map_back(text: str) -> None:
    end = 0
    for token in tokenise(text):
        assert token.start >= end
        assert text[token.start : token.end] == token.text
        end = token.end


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("أكّدَ الوزيرُ.", ["أكّدَ", "الوزيرُ", "."]),
        ("روسيا.وأفاد", ["روسيا", ".", "وأفاد"]),
        ("لـ«الأخبار»", ["لـ", "«", "الأخبار", "»"]),
        ("3,5 مليار و12%", ["3,5", "مليار", "و12", "%"]),
        ("قـــال", ["قـــال"]),
    ],
)
def test_dirty_text(text: str, tokens: list[str]) -> None:
    assert [t.text for t in tokenise(text)] == tokens


def test_a_dash_of_tatweel_is_no_word() -> None:
    assert [t.is_word for t in tokenise("أكد ـ أمس ـ")] == [True, False, True, False]


def test_keys_fold_marks_hamza_and_persian_letters() -> None:
    assert [t.key for t in tokenise("إلى اِلي الی مسؤُول")] == ["الي", "الي", "الي", "مسوول"]
