"""Quantities and money."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mithaq.arabic.quantities import find_quantities
from mithaq.arabic.tokens import tokenise


def found(text: str, home: str = "") -> list[tuple[str, float, str, bool]]:
    return [(q.span.text, q.value, q.unit, q.money) for q in find_quantities(text, list(tokenise(text)), home)]


@pytest.mark.parametrize(
    ("text", "span", "value", "unit"),
    [
        ("صفقة بـ4 مليارات دولار", "4 مليارات دولار", 4e9, "USD"),
        ("صفقة بقيمة $4 مليارات", "$4 مليارات", 4e9, "USD"),
        ("صفقة بقيمة 4$", "4$", 4, "USD"),
        ("صفقة بقيمة 3$ مليون", "3$ مليون", 3e6, "USD"),
        ("بقيمة مليار ونصف المليار دولار أميركي", "مليار ونصف المليار دولار أميركي", 1.5e9, "USD"),
        ("بقيمة مليونا دولار", "مليونا دولار", 2e6, "USD"),
        ("بسعر دولارين", "دولارين", 2, "USD"),
        ("بقيمة 50 مليون يورو", "50 مليون يورو", 5e7, "EUR"),
        ("بقيمة 10 ريالات قطرية", "10 ريالات قطرية", 10, "QAR"),
        ("بقيمة 10 آلاف ريال يمني", "10 آلاف ريال يمني", 10_000, "YER"),
        ("بقيمة 7 ملايين درهم إماراتي", "7 ملايين درهم إماراتي", 7e6, "AED"),
        ("بقيمة 3 جنيهات إسترلينية", "3 جنيهات إسترلينية", 3, "GBP"),
        ("بقيمة 30 مليون استرليني", "30 مليون استرليني", 3e7, "GBP"),
        ("بقيمة 100 ليرة تركية", "100 ليرة تركية", 100, "TRY"),
        ("بقيمة (20) دينارا تونسيا", "(20) دينارا تونسيا", 20, "TND"),
        ("بقيمة 6 دولارات كندية", "6 دولارات كندية", 6, "CAD"),
        ("بقيمة 100 ين", "100 ين", 100, "JPY"),
        ("بقيمة 5 مليارات يوان", "5 مليارات يوان", 5e9, "CNY"),
        ("بقيمة 5 مليارات فرنك سويسري", "5 مليارات فرنك سويسري", 5e9, "CHF"),
    ],
)
def test_money(text: str, span: str, value: float, unit: str) -> None:
    (amount,) = found(text)
    assert (amount[0], *amount[2:]) == (span, unit, True)
    assert amount[1] == pytest.approx(value)


@pytest.mark.parametrize(
    ("text", "home", "unit"),
    [
        ("5 ملايين ريال", "SAU", "SAR"),
        ("5 ملايين ريال", "YEM", "YER"),
        ("5 ملايين دينار", "TUN", "TND"),
        ("5 ملايين جنيه", "EGY", "EGP"),
        ("5 ملايين ليرة", "LBN", "LBP"),
        ("5 ملايين ريال", "", "riyal"),
        ("5 ملايين ريال", "EGY", "riyal"),
        ("5 ملايين دولار", "SAU", "USD"),
    ],
)
def test_a_coin_without_a_nationality(text: str, home: str, unit: str) -> None:
    assert found(text, home) == [(text, 5e6, unit, True)]


@pytest.mark.parametrize(
    ("text", "span", "value", "unit"),
    [
        ("تسليم 36 طائرة", "36 طائرة", 36, "aircraft"),
        ("تسليم طائرتين", "طائرتين", 2, "aircraft"),
        ("تسليم خمسين دبابة", "خمسين دبابة", 50, "tank"),
        ("تسليم مئة صاروخ", "مئة صاروخ", 100, "missile"),
        ("تدريب ثلاثين ضابطا", "ثلاثين ضابطا", 30, "officer"),
        ("نشر ألفي جندي", "ألفي جندي", 2000, "soldier"),
        ("توظيف 10 آلاف عامل", "10 آلاف عامل", 10_000, "worker"),
        ("تصدير 2,5 مليون طن", "2,5 مليون طن", 2.5e6, "tonne"),
        ("100 ألف برميل يوميا", "100 ألف برميل", 100_000, "barrel"),
        ("بقدرة 50 ميغاواط", "50 ميغاواط", 50, "megawatt"),
        ("20 مليون متر مكعب", "20 مليون متر مكعب", 2e7, "cubic_metre"),
        ("على بعد 50كم", "50كم", 50, "kilometre"),
        ("بنسبة 10 بالمئة", "10 بالمئة", 10, "percent"),
        ("بنسبة 12.5%", "12.5%", 12.5, "percent"),
        ("بنسبة ٩٠٪", "٩٠٪", 90, "percent"),
        ("بنسبة 13 في المئة", "13 في المئة", 13, "percent"),
        ("لمدة خمس سنوات", "خمس سنوات", 5, "year"),
        ("لمدة عامين ونصف العام", "عامين ونصف العام", 2.5, "year"),
        ("تسليم 15صاروخا", "15صاروخا", 15, "missile"),
    ],
)
def test_units(text: str, span: str, value: float, unit: str) -> None:
    (quantity,) = found(text)
    assert (quantity[0], *quantity[2:]) == (span, unit, False)
    assert quantity[1] == pytest.approx(value)


@pytest.mark.parametrize(
    "text",
    [
        "3 ريال مدريد",
        "5 بين الجانبين",
        "حركة طالبان",
        "خبراء عسكريين",
        "سعر الدولار",
        "ملايين الدولارات",
        "عام 2012",
        "$",
        "طائرة",
    ],
)
def test_nothing(text: str) -> None:
    assert found(text) == []


WORDS = (
    "$ € 4 3,5 و200 ( ) مليون ونصف المليار دولار دولارين ريال قطرية يورو % بالمئة طائرتين "
    "جنديا عامين 50كم مدريد في متر مكعب"
)


@given(st.lists(st.sampled_from(WORDS.split()), max_size=12) | st.text().map(str.split))
def test_any_order_gives_separate_spans(words: list[str]) -> None:
    text = " ".join(words)
    end = 0
    for q in find_quantities(text, list(tokenise(text)), "QAT"):
        assert end <= q.span.start < q.span.end
        assert q.span.text == text[q.span.start : q.span.end]
        assert q.value >= 0
        end = q.span.end
