"""Quotations in clean and dirty text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mithaq.arabic.quotes import find_quotes
from mithaq.arabic.sentences import paragraph_ends
from mithaq.arabic.tokens import tokenise


def quotes(text: str) -> list[tuple[str, int, bool]]:
    tokens = list(tokenise(text))
    return [
        (text[tokens[q.first].start : tokens[q.last].end], q.depth, q.closed)
        for q in find_quotes(tokens, paragraph_ends(text, tokens))
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("قال «نعم ولا» ثم", [("نعم ولا", 0, True)]),
        ('قال “نعم” و"لا"', [("نعم", 0, True), ("لا", 0, True)]),
        ("قال «إن «كلمة» هنا» ثم", [("إن «كلمة» هنا", 0, True), ("كلمة", 1, True)]),
        ("لـ»الجزيرة» اليوم", [("الجزيرة", 0, True)]),
        ("قال «لن نعود\nوأضاف شيئا", [("لن نعود", 0, False)]),
        ("قال ««نعم»» ثم", [("نعم", 0, True)]),
        ('قال "نعم نعم" ثم قال "لا"', [("نعم نعم", 0, True), ("لا", 0, True)]),
    ],
)
def test_quotations(text: str, expected: list[tuple[str, int, bool]]) -> None:
    assert quotes(text) == expected


@given(st.text(st.sampled_from('«»“”" \nقال.،')))
def test_any_marks_in_any_order(text: str) -> None:
    tokens = list(tokenise(text))
    for q in find_quotes(tokens, paragraph_ends(text, tokens)):
        assert q.opening < q.first <= q.last < q.closing
