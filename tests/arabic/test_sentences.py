"""Sentence and paragraph ends."""

from __future__ import annotations

import pytest

from mithaq.arabic.sentences import paragraph_ends, sentence_ends
from mithaq.arabic.tokens import tokenise


def sentences(text: str) -> list[str]:
    tokens = list(tokenise(text))
    found, start = [], 0
    for end in sentence_ends(tokens, paragraph_ends(text, tokens)):
        found.append(text[tokens[start].start : tokens[end - 1].end])
        start = end
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("وصل الوزير.وأفاد المصدر بذلك.", ["وصل الوزير.", "وأفاد المصدر بذلك."]),
        ("قال د. سالم إن", ["قال د. سالم إن"]),
        ("قال لقناة إن.تي.في أمس.ثم سافر", ["قال لقناة إن.تي.في أمس.", "ثم سافر"]),
        ("نسبة 3.67 في المئة. انتهى", ["نسبة 3.67 في المئة.", "انتهى"]),
        ("قال «لن نعود.» ثم خرج", ["قال «لن نعود.»", "ثم خرج"]),
        ("سطر أول\nسطر ثان", ["سطر أول", "سطر ثان"]),
        ("لا شيء.. قال ذلك", ["لا شيء.. قال ذلك"]),
        ("هل وصل؟ نعم!", ["هل وصل؟", "نعم!"]),
        ("", []),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected
