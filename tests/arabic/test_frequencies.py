"""How often."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mithaq.arabic.frequencies import find_frequencies
from mithaq.arabic.tokens import tokenise
from mithaq.model import Frequency


def frequencies(text: str) -> list[Frequency]:
    return find_frequencies(text, list(tokenise(text)))


@pytest.mark.parametrize(
    ("text", "span", "least", "most", "unit"),
    [
        ("تقام مرة في السنة", "مرة في السنة", 1, 1, "year"),
        ("تقام مرة واحدة في العام", "مرة واحدة في العام", 1, 1, "year"),
        ("تقام مرة أو مرتين في السنة", "مرة أو مرتين في السنة", 1, 2, "year"),
        ("تقام مرتين سنويا", "مرتين سنويا", 2, 2, "year"),
        ("تقام ثلاث مرات في الشهر", "ثلاث مرات في الشهر", 3, 3, "month"),
        ("تقام 3 إلى 4 مرات في العام الواحد", "3 إلى 4 مرات في العام الواحد", 3, 4, "year"),
        ("تقام مرتين بالأسبوع", "مرتين بالأسبوع", 2, 2, "week"),
        ("تقام مرة كل عامين", "مرة كل عامين", 0.5, 0.5, "year"),
        ("تقام كل ستة أشهر", "كل ستة أشهر", 2, 2, "year"),
        ("تقام كل 3 أشهر", "كل 3 أشهر", 4, 4, "year"),
        ("تقام كل عامين", "كل عامين", 0.5, 0.5, "year"),
        ("تقام كل خمس سنوات", "كل خمس سنوات", 0.2, 0.2, "year"),
        ("تقام كل عام", "كل عام", 1, 1, "year"),
        ("تقام كل أسبوعين", "كل أسبوعين", 0.5, 0.5, "week"),
        ("تجتمع سنويًّا", "سنويًّا", 1, 1, "year"),
        ("اجتماعات سنوية", "سنوية", 1, 1, "year"),
        ("مناوراتهما السنوية", "السنوية", 1, 1, "year"),
        ("تجتمع شهريا", "شهريا", 1, 1, "month"),
        ("رحلات أسبوعية", "أسبوعية", 1, 1, "week"),
        ("مليون برميل يوميا", "يوميا", 1, 1, "day"),
        ("بشكل يومي", "يومي", 1, 1, "day"),
        ("لقاءات نصف سنوية", "نصف سنوية", 2, 2, "year"),
        ("تقارير ربع سنوية", "ربع سنوية", 4, 4, "year"),
    ],
)
def test_frequency(text: str, span: str, least: float, most: float, unit: str) -> None:
    (found,) = frequencies(text)
    assert (found.span.text, found.unit) == (span, unit)
    assert (found.minimum, found.maximum) == pytest.approx((least, most))


@pytest.mark.parametrize(
    "text",
    [
        "مشاورات دورية",
        "التقيا مرة في العام الماضي",
        "للمرة الأولى في السنة",
        "كل عام وأنتم بخير",
        "يومي السبت والأحد",
        "يومي 15 و16 مارس",
        "الوزير إبراهيم الشهري",
        "كل الدول",
        "كل أشهر الصيف",
        "خلال عامين",
        "كل 0 أعوام",
    ],
)
def test_nothing(text: str) -> None:
    assert frequencies(text) == []


WORDS = "مرة مرتين مرات ثلاث 3 0 أو إلى في كل السنة بالأسبوع أشهر عامين سنويا يومي نصف سنوية الشهري واحدة و السبت"


@given(st.lists(st.sampled_from(WORDS.split()), max_size=12) | st.text().map(str.split))
def test_any_order_gives_separate_spans(words: list[str]) -> None:
    text = " ".join(words)
    end = 0
    for found in frequencies(text):
        assert end <= found.span.start < found.span.end
        assert found.span.text == text[found.span.start : found.span.end]
        assert 0 <= found.minimum <= found.maximum
        end = found.span.end
