"""Tokens with exact offsets: words (letters, digits and their marks), and single punctuation characters."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mithaq.arabic.recent import recent
from mithaq.lexicon.keys import fold

# Combining marks, tatweel and joiners belong to the word that they stand in, though \w leaves most of them out.
_INNER = "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640\u200b-\u200f\u202a-\u202e\u2066-\u2069"
COMMAS = "،,"
"""The marks that set clauses and the items of a list apart."""
_TOKEN = re.compile(rf"\d+(?:[.,\u066b\u066c\u060c]\d+)+|[^\W_]+(?:[{_INNER}]+[^\W_]*)*|\S")


class Token:
    """A word or a punctuation character: offsets in the original, its own text, and its look-up key."""

    __slots__ = ("end", "is_word", "key", "start", "text")

    def __init__(self, start: int, end: int, spelling: _Spelling) -> None:
        self.start = start
        self.end = end
        self.text, self.key, self.is_word = spelling

    def __repr__(self) -> str:
        return f"Token({self.start}, {self.end}, {self.text!r})"


_Spelling = tuple[str, str, bool]
"""How a token is written, its key, and whether it is a word: all tokens written so share these objects."""


@recent
def _spelling_of(text: str) -> _Spelling:
    key = fold(text)
    return text, text if key == text else key, text[0].isalnum() and bool(key)  # «ـ» alone is a dash


def tokenise(text: str) -> Iterator[Token]:
    """The tokens of *text* in order; together they cover every character that is not white space or a stray mark."""
    end = 0
    for piece in _TOKEN.findall(text):
        start = text.index(piece, end)  # past white space: any other character is matched
        end = start + len(piece)
        yield Token(start, end, _spelling_of(piece))


def places(text: str) -> list[tuple[int, int, str]]:
    """Start, end and text of the same tokens, without keys: for passes over many texts, several times as fast."""
    return [(match.start(), match.end(), match[0]) for match in _TOKEN.finditer(text)]


def written(text: str) -> list[str]:
    """The same tokens as they are written, without offsets either."""
    return _TOKEN.findall(text)
