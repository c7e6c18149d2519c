"""Paragraphs and sentences as ranges of tokens."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple

from mithaq.arabic.tokens import Token, tokenise

_BREAKS = re.compile("[\n\r\u2028\u2029]+")
_start = attrgetter("start")
_ENDS = frozenset(".!?؟")
_LETTER_NAME = 3  # letters in the name of a foreign letter
_CLOSING = frozenset("»”\"')]")


def paragraph_ends(text: str, tokens: Sequence[Token]) -> list[int]:
    """Exclusive token indexes at which a line break, however many, ends a paragraph."""
    behind = (bisect_left(tokens, match.start(), key=_start) for match in _BREAKS.finditer(text))
    return sorted({*(i for i in behind if i), len(tokens)}) if tokens else []


def _is_stop(tokens: Sequence[Token], i: int) -> bool:
    """Whether a mark of ``_ENDS`` ends a sentence: not an ellipsis, the point of an initial (د. نبيل) or a number."""
    mark = tokens[i]
    if mark.text != ".":
        return True
    before = tokens[i - 1] if i else None
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    if before is not None and before.end == mark.start:
        if before.text == ".":
            return False
        if before.is_word and len(before.key) == 1 and not before.key.isdigit():
            return False
    glued = after is not None and after.start == mark.end
    if glued and after is not None:
        if after.text == ".":
            return False
        chain = (i > 1 and tokens[i - 2].text == ".") or (i + 2 < len(tokens) and tokens[i + 2].text == ".")
        if chain and before is not None and max(len(before.key), len(after.key)) <= _LETTER_NAME:
            return False  # «بي.بي.سي»
        if before is not None and (before.text.isdigit() or before.text.isascii()) and after.text[0].isascii():
            return False
    return True


def sentence_ends(tokens: Sequence[Token], paragraphs: Sequence[int]) -> list[int]:
    """Exclusive token indexes of the sentences' ends; a closing mark right after the stop belongs to the sentence."""
    ends: set[int] = set(paragraphs)
    for i, token in enumerate(tokens):
        if not token.is_word and token.text in _ENDS and _is_stop(tokens, i):
            j = i + 1
            while j < len(tokens) and tokens[j].text in _CLOSING and tokens[j].start == tokens[j - 1].end:
                j += 1
            ends.add(j)
    return sorted(e for e in ends if e)


class Divided(NamedTuple):
    """The tokens of a text, and the exclusive token indexes at which its paragraphs and its sentences end."""

    tokens: tuple[Token, ...]
    paragraphs: list[int]
    sentences: list[int]


@lru_cache(maxsize=1)
def divide(text: str) -> Divided:
    """A text in tokens, paragraphs and sentences; kept for the last one, since merging looks at what was just read."""
    tokens = tuple(tokenise(text))
    paragraphs = paragraph_ends(text, tokens)
    return Divided(tokens, paragraphs, sentence_ends(tokens, paragraphs))
