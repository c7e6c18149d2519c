"""The key of a whole text, with the place of each of its characters: what a quotation is looked for in.

Look-up keys (:func:`mithaq.lexicon.keys.fold`) are of one word and lose offsets. This key is of a text, keeps a map
back to it, and folds more of what people, programs and models change when they copy: presentation forms and
ligatures, white space, quotation marks, dashes, digits, Latin and Arabic punctuation.
"""

from __future__ import annotations

import unicodedata
from array import array
from typing import NamedTuple

from mithaq.lexicon.keys import fold

_SAME = {
    c: one
    for several, one in (
        ("«»“”„‟‹›〝〞❝❞‘’‚‛′″`´'", '"'),
        ("،٬", ","),
        ("؛", ";"),
        ("؟", "?"),
        ("٪", "%"),
        ("٫", "."),
        ("‐‑‒–—―−", "-"),
    )
    for c in several
}
_UNSEEN = frozenset(("Mn", "Me", "Cf"))  # marks, joiners, direction marks
TATWEEL = "\u0640"
SEATED = frozenset("\u0624\u0626\u0621")
"""Hamza on waw, on ya, and alone: three spellings of one letter inside a word (مسئول, مسؤول)."""
_HAMZA = "\u0621"


class Keyed(NamedTuple):
    """The key of a text, and for each of its characters the offset of the original one (code points)."""

    key: str
    at: array[int]

    def whole(self, first: int, end: int) -> bool:
        """Whether ``key[first:end]`` cuts no original character in two (a ligature has several letters)."""
        at = self.at
        return not (first and at[first - 1] == at[first]) and not (end < len(at) and at[end - 1] == at[end])


def keyed(text: str, one_hamza: bool = False) -> Keyed:
    """The key of *text*; with *one_hamza* the seat of a hamza does not count, else it is another letter.

    White space stays as one space between two words, and goes where a punctuation mark stands beside it.
    """
    keys = _HAMZA_KEYS if one_hamza else _KEYS
    found: list[str] = []
    at = array("i")
    space = -1
    after_word = False
    for offset, character in enumerate(text):
        key = keys[character]
        if key == " ":
            space = offset if space < 0 else space
            continue
        if not key:
            continue
        word = key[0].isalnum()
        if space >= 0 and word and after_word:
            found.append(" ")
            at.append(space)
        space = -1
        after_word = word
        if len(key) == 1:
            found.append(key)
            at.append(offset)
        else:
            after_word = key[-1].isalnum()
            found.extend(key)
            at.extend([offset] * len(key))
    return Keyed("".join(found), at)


def is_unseen(character: str) -> bool:
    """Whether a character belongs to the letter before it: a mark, or tatweel."""
    return character == TATWEEL or unicodedata.category(character) in ("Mn", "Me")


def seen_letters(text: str) -> str:
    """The letters and digits of *text* as they are written, without marks, spaces and punctuation."""
    return "".join(filter(str.isalnum, text))


class _Keys(dict[str, str]):
    """Character → its key. A dictionary that fills itself."""

    def __init__(self, one_hamza: bool) -> None:
        self._one_hamza = one_hamza

    def __missing__(self, character: str) -> str:
        key = self[character] = _HAMZA if self._one_hamza and character in SEATED else _key(character)
        return key


def _key(character: str) -> str:
    if character in _SAME:
        return _SAME[character]
    if character.isspace():
        return " "
    parts = unicodedata.normalize("NFKD", character).strip()  # of ﻷ the two letters; marks alone carry a space
    return "".join(_SAME.get(c, c) for c in fold(parts) if unicodedata.category(c) not in _UNSEEN)


_KEYS = _Keys(one_hamza=False)
_HAMZA_KEYS = _Keys(one_hamza=True)
