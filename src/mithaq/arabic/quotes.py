"""Quotation spans in dirty text: « », “ ”, straight quotes; nested, unclosed, doubled, or turned the wrong way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mithaq.arabic.tokens import Token

_GUILLEMETS = "«»"
_CURLED = "“”„‟"
_FAMILY = {mark: family for family in (_GUILLEMETS, _CURLED, '"＂') for mark in family}
_OPENS = frozenset("«“„")
_CLOSES = frozenset("»”")


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation: token indexes of its first and last inner token, of its marks, and how deep it is nested.

    ``closed`` is false where the text never closes it; it then ends with its paragraph.
    """

    opening: int
    first: int
    last: int
    closing: int
    depth: int
    closed: bool


def _touches(tokens: Sequence[Token], left: int, right: int) -> bool:
    return 0 <= left < right < len(tokens) and tokens[left].end == tokens[right].start


def _is_opening(tokens: Sequence[Token], i: int, family_open: bool) -> bool:
    """Whether the mark at *i* opens; its own direction decides unless white space contradicts it.

    Outlets turn marks round (لـ»الجزيرة«) or use one mark for both ends, so the side on which the mark touches a
    word counts for more than its shape.
    """
    mark = tokens[i].text
    before = _touches(tokens, i - 1, i) and not tokens[i - 1].text.endswith("ـ") and tokens[i - 1].text not in "(:-"
    after = _touches(tokens, i, i + 1) and (
        tokens[i + 1].is_word or tokens[i + 1].text in _FAMILY or tokens[i + 1].text in "(."
    )
    if after and not before:
        return mark not in _CLOSES or not family_open
    if before and not after:
        return False
    if mark in _OPENS:
        return True
    if mark in _CLOSES:
        return False
    return not family_open


def find_quotes(tokens: Sequence[Token], paragraph_ends: Sequence[int]) -> list[Quote]:
    """The quotations of a text, in the order of their opening marks.

    *paragraph_ends* are token indexes (exclusive). A quotation never crosses a paragraph.
    """
    found: list[Quote] = []
    start = 0
    for end in paragraph_ends:
        found.extend(_in_paragraph(tokens, start, end))
        start = end
    return sorted(found, key=lambda q: q.opening)


def _in_paragraph(tokens: Sequence[Token], start: int, end: int) -> list[Quote]:
    found: list[Quote] = []
    stack: list[int] = []
    for i in [i for i in range(start, end) if not tokens[i].is_word]:
        family = _FAMILY.get(tokens[i].text)
        if family is None:
            continue
        same = [j for j in stack if _FAMILY[tokens[j].text] == family]
        if _is_opening(tokens, i, bool(same)):
            if stack and stack[-1] == i - 1:  # a doubled mark counts once
                stack[-1] = i
            else:
                stack.append(i)
        elif same:
            # A closing mark closes the innermost of its family; what was opened inside it and left open ends with it.
            while stack:
                opening = stack.pop()
                closed = opening == same[-1]
                if opening + 1 < i:
                    found.append(Quote(opening, opening + 1, i - 1, i, len(stack), closed))
                if closed:
                    break
    while stack:
        opening = stack.pop()
        if opening + 1 < end:
            found.append(Quote(opening, opening + 1, end - 1, end, len(stack), False))
    return found
