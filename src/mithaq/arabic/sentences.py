"""Paragraphs and sentences as ranges of tokens."""

from __future__ import annotations

from collections.abc import Sequence

from mithaq.arabic.tokens import Token

_BREAKS = frozenset("\n\r\u2028\u2029")
_ENDS = frozenset(".!?؟")
_LETTER_NAME = 3  # letters in the name of a foreign letter
_CLOSING = frozenset("»”\"')]")


def paragraph_ends(text: str, tokens: Sequence[Token]) -> list[int]:
    """Exclusive token indexes at which a line break, however many, ends a paragraph."""
    ends = []
    before = 0
    for i, token in enumerate(tokens):
        if token.start > before and i and not _BREAKS.isdisjoint(text[before : token.start]):
            ends.append(i)
        before = token.end
    return [*ends, len(tokens)] if tokens else []


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
        if token.text in _ENDS and _is_stop(tokens, i):
            j = i + 1
            while j < len(tokens) and tokens[j].text in _CLOSING and tokens[j].start == tokens[j - 1].end:
                j += 1
            ends.add(j)
    return sorted(e for e in ends if e)
