"""Speakers, spans and pairs."""

from __future__ import annotations

import pytest

from mithaq.evaluation.matching import iou, overlap, pair, same_speaker
from mithaq.model import Span


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("وزير الدفاع الفريق سالم", "سالم"),
        ("إدارة المرور", "ادارة  المرور"),
        ("المتحدث باسم الشركة", "متحدث باسم شركة"),
        ("مسؤولٌ كبير", "مسوول كبير"),
        ("للشركة", "شركة"),
    ],
)
def test_same_speaker(a: str, b: str) -> None:
    assert same_speaker(a, b)
    assert same_speaker(b, a)


@pytest.mark.parametrize(
    ("a", "b"), [("سالم", "ناصر"), ("", "ناصر"), ("«»", "«»"), ("وزير النقل سالم", "وزير المال ناصر")]
)
def test_other_speaker(a: str, b: str) -> None:
    assert not same_speaker(a, b)


def test_overlap_counts_characters() -> None:
    assert overlap(Span(0, 5, "abcde"), Span(3, 9, "defghi")) == 2
    assert overlap(Span(0, 3, "abc"), Span(3, 6, "def")) == 0
    assert iou(set(), set()) == 0


def test_pairs_are_one_to_one_and_the_heaviest_come_first() -> None:
    weights = {(0, 0): 1.0, (0, 1): 2.0, (1, 1): 1.5, (1, 0): 0.0}
    assert pair([0, 1], [0, 1], lambda g, p: weights[g, p]) == [(0, 1)]
    assert pair([0, 1], [0], lambda g, p: 1.0) == [(0, 0)]
