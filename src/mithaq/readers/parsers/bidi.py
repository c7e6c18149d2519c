"""A line as it is seen → the text that it shows: the Unicode Bidirectional Algorithm (UAX 9) backwards."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

_NUMBERS = ("EN", "AN")
_OTHER = {"CS": "C", "ES": "J", "ET": "S"}
_MIRRORED = str.maketrans("()[]{}<>«»‹›", ")(][}{><»«›‹")
_PAIRS = {")": "(", "]": "[", "}": "{", "»": "«", "›": "‹"}


def logical(units: Sequence[str], right_to_left: bool) -> str:
    """The text of a line whose *units* (glyphs, each one or more characters in logical order) stand left to right.

    *right_to_left* is the direction of its paragraph. Numbers and words of other scripts keep their own direction.
    Brackets stay as they are: see :func:`mend_brackets`.
    """
    kinds = [_kind(unit) for unit in units]
    if not right_to_left:
        return "".join(_flip(units, _runs(kinds, "R", ())))
    whole = _flip(units, _left_to_right(kinds))
    return "".join(reversed(whole))


def mend_brackets(text: str) -> str:
    """*text* with its brackets the other way round, if that leaves fewer of them unpaired.

    A glyph of a bracket is named after its shape by some producers, and after its meaning by others.
    """
    turned = text.translate(_MIRRORED)
    return turned if _unpaired(turned) < _unpaired(text) else text


def _kind(unit: str) -> str:
    """``"L"``, ``"R"``, ``"N"`` (digits), ``"C"`` (commas), ``"J"`` (hyphens), ``"S"`` (signs) or ``""`` (neutral)."""
    for character in unit:
        kind = unicodedata.bidirectional(character)
        if kind == "L":
            return "L"
        if kind in ("R", "AL"):
            return "R"
        if kind in _NUMBERS:
            return "N"
        if kind in _OTHER:
            return _OTHER[kind]
    return ""


def _left_to_right(kinds: list[str]) -> list[tuple[int, int]]:
    """The runs of a right-to-left line that are read from left to right: numbers, and words of other scripts.

    Behind Arabic letters a number holds no signs or hyphens (rules W2, W5): «3%» is seen as "%3", «2018-2019» turned
    round. At the right end of a line, which may begin its paragraph, a sign belongs to its number.
    """
    runs: list[tuple[int, int]] = []
    i = 0
    while i < len(kinds):
        if kinds[i] not in ("L", "N"):
            i += 1
            continue
        end, latin = i + 1, kinds[i] == "L"
        for j in range(end, len(kinds)):
            if kinds[j] == "R":
                break
            if kinds[j] in ("L", "N"):
                near = j == end or (j == end + 1 and kinds[end] == "C" and kinds[j] == "N")
                if not (near or latin):
                    break
                latin = latin or kinds[j] == "L"
                end = j + 1
        sign = kinds[end : end + 2] == ["S"] and not latin
        hyphen = i == 0 and latin and kinds[end : end + 1] == ["J"]  # a word that goes on in the next line
        runs.append((i, end + (sign or hyphen)))
        i = runs[-1][1]
    return runs


def _runs(kinds: list[str], kind: str, among: tuple[str, ...]) -> list[tuple[int, int]]:
    """The runs from one unit of a *kind* to another with only neutral ones (or kinds *among*) between."""
    runs: list[tuple[int, int]] = []
    for i, found in enumerate(kinds):
        if found != kind:
            continue
        if runs and all(k in ("", *among) for k in kinds[runs[-1][1] : i]):
            runs[-1] = (runs[-1][0], i + 1)
        else:
            runs.append((i, i + 1))
    return runs


def _flip(units: Sequence[str], runs: list[tuple[int, int]]) -> list[str]:
    flipped = list(units)
    for start, end in runs:
        flipped[start:end] = reversed(flipped[start:end])
    return flipped


def _unpaired(text: str) -> int:
    """How many brackets close what was not opened, or are never closed."""
    opened: list[str] = []
    wrong = 0
    for character in text:
        if character in _PAIRS.values():
            opened.append(character)
        elif character in _PAIRS:
            if opened and opened[-1] == _PAIRS[character]:
                opened.pop()
            else:
                wrong += 1
    return wrong + len(opened)
