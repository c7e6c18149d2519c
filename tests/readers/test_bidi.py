"""Lines as they are seen, and the text that they show."""

from __future__ import annotations

import pytest

from mithaq.readers.parsers.bidi import logical, mend_brackets


@pytest.mark.parametrize(
    ("seen", "text"),
    [
        ("مكح", "حكم"),
        ("رالود 5.2 هتميق", "قيمته 5.2 دولار"),
        ("اهنم %3 وحن", "نحو 3% منها"),
        ("2019/3/4 يف", "في 2019/3/4"),
        ("2020-2019 نيب", "بين 2019-2020"),
        ("F-16 تارئاط", "طائرات F-16"),
        ("بسحب Boeing 737 Max عارش", "شراع Boeing 737 Max بحسب"),
        ("F- تارئاط", "طائرات F-"),
        ("٢٠٢٠ ماع", "عام ٢٠٢٠"),
        ("هتبسن ام 5%", "5% ما نسبته"),
        ("(ب ف أ)", ")أ ف ب("),
    ],
)
def test_right_to_left(seen: str, text: str) -> None:
    assert logical(list(seen), True) == text


def test_ligatures_keep_their_order() -> None:
    assert logical(["م", "لا", "س"], True) == "سلام"


def test_arabic_in_a_line_from_left_to_right() -> None:
    assert logical(list("The word مالس means peace, مكح too"), False) == "The word سلام means peace, حكم too"


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        (")أ ف ب( قال", "(أ ف ب) قال"),
        ("(أ ف ب) قال", "(أ ف ب) قال"),
        ("»نعم« و)لا(", "«نعم» و(لا)"),
        ("1) ثم 2)", "1) ثم 2)"),
    ],
)
def test_brackets_are_turned_only_if_that_pairs_them(text: str, mended: str) -> None:
    assert mend_brackets(text) == mended
