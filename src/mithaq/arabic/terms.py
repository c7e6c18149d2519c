"""The words of time, number and measure in a text: matching phrases at a token."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Self

from mithaq.arabic.looks import Hit, Look, Numeral
from mithaq.arabic.tokens import Token
from mithaq.arabic.words import Word, word
from mithaq.lexicon.times import Term
from mithaq.model import Span


class Match(NamedTuple):
    """A phrase found in the text: the index of its last token, and how its first word is written."""

    term: Term
    last: int
    hit: Hit


class Scan:
    """A text's tokens and words: *looks* is what each may be, by index; *starts* is what begins an expression."""

    def __init__(self, tokens: Sequence[Token], words: Sequence[Word]) -> None:
        self.tokens = tokens
        self.words = words
        self.looks = looks = {i: found for i, w in enumerate(words) if (found := w.look) is not None}
        self.starts = [(i, found) for i, found in looks.items() if found.begins or self.goes_on(i, found)]

    @classmethod
    def of(cls, tokens: Sequence[Token]) -> Self:
        """The scan of a text whose word types have not been looked up."""
        return cls(tokens, [word(t.key) for t in tokens])

    def key(self, i: int) -> str:
        """The look-up key at *i*, "" outside the text."""
        return self.tokens[i].key if 0 <= i < len(self.tokens) else ""

    def goes_on(self, i: int, found: Look) -> bool:
        """Whether a phrase of more than one word may begin at *i*, where *found* stands."""
        return bool(found.seconds) and i + 1 < len(self.words) and self.words[i + 1].key in found.seconds

    def numeral(self, i: int, *, bare: bool = True) -> Numeral | None:
        """The digits at *i*; *bare*: with no clitic before them."""
        found = self.looks.get(i)
        numeral = found.numeral if found is not None else None
        return None if numeral is None or (bare and (numeral.prefix or numeral.article)) else numeral

    def match(
        self,
        i: int,
        kind: str,
        *ids: str,
        forms: tuple[str, ...] = (),
        bare: bool = True,
        article: bool | None = None,
    ) -> Match | None:
        """The longest phrase of *kind* that begins at *i*.

        *ids* and *forms* restrict it; *bare*: with no conjunction or preposition before it; *article*: with or without
        one that the data does not list.
        """
        found = self.looks.get(i)
        hits = found.by_kind.get(kind) if found is not None else None
        if hits is None:
            return None
        best: Match | None = None
        for hit in hits:
            term = hit.term
            if (ids and term.id not in ids) or (forms and term.form not in forms):
                continue
            if (bare and (hit.prefix or hit.conjunction)) or (article is not None and article != hit.article):
                continue
            last = i + len(term.keys) - 1
            if best is not None and last <= best.last:
                continue
            if last == i or all(self.key(i + n) == key for n, key in enumerate(term.keys) if n):
                best = Match(term, last, hit)
        return best

    def span(self, text: str, first: int, last: int) -> Span:
        """The characters from one token to another, without a conjunction or preposition attached to the first."""
        token, found = self.tokens[first], self.looks.get(first)
        start = token.start
        if found is not None:
            letters = found.numeral.prefix if found.numeral is not None else found.hits[0].prefix
            while letters and start < token.end:
                start += 1
                letters -= text[start - 1].isalpha() and text[start - 1] != "ـ"
            while letters == 0 and start > token.start and start < token.end and not _begins(text[start]):
                start += 1
        return Span.of(text, min(start, self.tokens[last].end), self.tokens[last].end)


def _begins(character: str) -> bool:
    return character.isalnum() and character != "ـ"
