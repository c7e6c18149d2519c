"""Numbers in digits and words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mithaq.arabic.looks import parse_digits
from mithaq.arabic.numbers import find_numbers
from mithaq.arabic.tokens import tokenise

CASES = [
    # digits of both systems, separators
    ("سلمت 36 طائرة", [36]),
    ("سلمت ٣٦ طائرة", [36]),
    ("سلمت ۳۶ طائرة", [36]),
    ("بلغ 4.5 أو 3,5 أو 7،5 أو ٤٫٥", [4.5, 3.5, 7.5, 4.5]),
    ("بلغ 1,500,000 ثم 12,000 ثم ١٬٢٠٠", [1_500_000, 12_000, 1_200]),
    ("بلغ 1,234.56 ثم 1.234,56 ثم 1.200.000", [1234.56, 1234.56, 1_200_000]),
    ("بلغ 10 000 طن ثم 2 500 000 طن", [10_000, 2_500_000]),
    ("بلغت 1,2,3 أو 99.99.9", []),
    # clitics on digits
    ("بـ40 طائرة و10 دبابات ولـ5 سنوات", [40, 10, 5]),
    ("ارتفع وبـ3,5 ثم و1,500,000", [3.5, 1_500_000]),
    ("دول الـ20", [20]),
    ("المقاتلة f16 والفيروس 19x", []),
    # scales
    ("صفقة بقيمة 4 مليارات", [4e9]),
    ("نحو 100 مليون", [1e8]),
    ("4مليارات", [4e9]),
    ("(50) ألف", [50_000]),
    ("4 ملايين و200 ألف", [4_200_000]),
    ("4 ملايين و 200 ألف", [4_200_000]),
    ("مئة ألف مليون", [1e11]),
    ("الـ40 مليار", [4e10]),
    ("عشرات الآلاف وملايين الناس", []),
    # words
    ("خمسة", [5]),
    ("أحد عشر جنديا وإحدى عشرة طائرة", [11, 11]),
    ("اثنا عشر واثنتي عشرة", [12, 12]),
    ("ثلاثة عشر", [13]),
    ("خمسة وعشرون", [25]),
    ("واحد وعشرين", [21]),
    ("إحدى وثلاثون", [31]),
    ("مئة وخمسة وعشرون", [125]),
    ("مائة وخمسون ألفا", [150_000]),
    ("ثلاثمئة وخمس وستون", [365]),
    ("ثلاث مئة", [300]),
    ("ثمانمائة ألف", [800_000]),
    ("مئتان ومئتين", [200, 200]),
    ("مئتا ألف", [200_000]),
    ("ألفين وخمسة عشر", [2015]),
    ("خمسة آلاف وثلاثمئة وستة", [5306]),
    ("ثلاثة عشر مليونا ومئة ألف", [13_100_000]),
    ("تريليون", [1e12]),
    # duals in their short form, and the same letters in the accusative
    ("مليونا دولار", [2e6]),
    ("ألفا جندي", [2000]),
    ("عشرون مليونا", [2e7]),
    ("مليونا وثلاثمئة ألف", [1_300_000]),
    ("ملياري دولار", [2e9]),
    # fractions
    ("مليار ونصف المليار", [1.5e9]),
    ("مليار ونصف", [1.5e9]),
    ("4 ملايين ونصف مليون", [4_500_000]),
    ("نصف مليار وربع مليون", [5e8, 250_000]),
    ("ثلث مليون", [1e6 / 3]),
    ("نصف الطريق", []),
    # two numbers, not one
    ("200 مليون و50 شركة", [2e8, 50]),
    ("خمسة وستة", [5, 6]),
    ("ثلاثة آلاف جندي ومئة دبابة", [3000, 100]),
    ("من 3 إلى 5", [3, 5]),
    ("مئة ومئة", [100, 100]),
    # no numbers
    ("يوم الاثنين والأحد", []),
    ("أحد المسؤولين وإحدى الدول", []),
    ("العلاقات بين البلدين", []),
    ("عند1085.70 دولارا", []),
    ("952.\u200f1 دولار", [952]),
]


@pytest.mark.parametrize(("text", "values"), CASES)
def test_values(text: str, values: list[float]) -> None:
    assert [n.value for n in find_numbers(list(tokenise(text)))] == pytest.approx(values)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("بلغت مليارا ونصف المليار دولار", "مليارا ونصف المليار"),
        ("بلغت 4 ملايين و200 ألف دولار", "4 ملايين و200 ألف"),
        ("غرامة (50) ألف دينار", "(50) ألف"),
        ("نحو خمسة وعشرين ألفا وثلاثمئة جندي", "خمسة وعشرين ألفا وثلاثمئة"),
        ("وصل 10 000 طن", "10 000"),
    ],
)
def test_tokens(text: str, number: str) -> None:
    tokens = list(tokenise(text))
    (found,) = find_numbers(tokens)
    assert text[tokens[found.first].start : tokens[found.last].end] == number


@pytest.mark.parametrize(
    ("digits", "value"), [("7", 7), ("0,730", 730), ("1.5", 1.5), ("17.5.2015", None), ("1,23,456", None)]
)
def test_digits(digits: str, value: float | None) -> None:
    assert parse_digits(digits) == value


WORDS = [
    "و",
    "ألف",
    "مليونا",
    "ملايين",
    "خمسة",
    "وعشرون",
    "مئة",
    "3",
    "و200",
    "1,5",
    "(",
    ")",
    "نصف",
    "ونصف",
    "المليار",
    "مئتا",
]


@given(st.lists(st.sampled_from(WORDS), max_size=12))
def test_any_order_gives_separate_numbers(words: list[str]) -> None:
    tokens = list(tokenise(" ".join(words)))
    last = -1
    for number in find_numbers(tokens):
        assert last < number.first <= number.last < len(tokens)
        assert number.value >= 0
        last = number.last


@given(st.integers(min_value=0, max_value=10**12))
def test_grouped_digits(value: int) -> None:
    tokens = list(tokenise(f"بلغ {value:,} طنا"))
    (found,) = find_numbers(tokens)
    assert found.value == value
