"""Instruments and events that a text names: «إعلان القاهرة», «الحوار الاستراتيجي»."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from mithaq.arabic.tokens import Token
from mithaq.merge.words import Weighed, instrument_heads

_AFTER = 2  # words after the first by which it is known
_LONGEST = 7  # words of a name in quotation marks
_QUOTES = {"«": "»", "“": "”", "(": ")", '"': '"', "'": "'", "”": "“", "»": "«"}


class Instrument(NamedTuple):
    """How telling its name is, 0 to 1, and the name as the report writes it, "" where nothing says where it ends."""

    weight: float
    name: str


def find_instruments(tokens: Sequence[Token], words: Sequence[Weighed], found: dict[str, Instrument]) -> None:
    """Add to *found* what *tokens* name: the noun's entry and a word after it → the more telling of the two mentions.

    *words* are what the tokens are worth. A name in quotation marks is as telling as can be, whatever its words.
    """
    heads = instrument_heads()
    for i, word in enumerate(words):
        head = heads.get(word.key)
        if head is None:
            continue
        name = _quoted(tokens, i)
        for said, key in words[i + 1 : i + 1 + _AFTER]:
            if not said:
                break
            if key not in heads:
                made = Instrument(1.0 if name else round(said, 3), name)
                found[f"{head} {key}"] = max(found.get(f"{head} {key}", made), made)


def _quoted(tokens: Sequence[Token], first: int) -> str:
    """The name that stands alone between quotation marks and begins at *first*, "" if there is none."""
    closing = _QUOTES.get(tokens[first - 1].text) if first else None
    if closing is None:
        return ""
    for last in range(first + 1, min(len(tokens), first + _LONGEST + 1)):
        if tokens[last].text in (closing, "»", '"'):
            words = tokens[first:last]
            return " ".join(t.text for t in words) if len(words) > 1 and all(t.is_word for t in words) else ""
    return ""
