"""The words of time, number and measure in a text: what each word type may be, and matching phrases at a token."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import product
from typing import NamedTuple

from mithaq.arabic.clitics import readings
from mithaq.arabic.recent import recent
from mithaq.arabic.tokens import Token
from mithaq.arabic.words import word
from mithaq.lexicon.times import Term, terms
from mithaq.model import Span

_DIGITS = frozenset("0123456789")
_GROUP = 3  # digits between thousands separators
_THOUSANDS = "\u066c"
_DECIMAL = "\u066b"
_OF_NUMBERS = frozenset(("cardinal", "scale", "fraction"))  # the kinds of words that can begin a number


class Hit(NamedTuple):
    """A phrase that a word may begin: *prefix* counts the letters of a conjunction and preposition before it."""

    term: Term
    prefix: int
    article: bool
    conjunction: bool


class Numeral(NamedTuple):
    """A token with digits: *value* is None where they are no number; *suffix* is the key of what is glued to them."""

    value: float | None
    digits: str
    suffix: str
    prefix: int
    article: bool
    conjunction: bool

    @property
    def whole(self) -> int:
        """The value of plain digits, -1 for anything else."""
        return int(self.digits) if self.digits.isdecimal() and len(self.digits) <= 4 else -1


class Look(NamedTuple):
    """What a word type may be in an expression of time, number or measure; *counts*: it may begin a number."""

    hits: tuple[Hit, ...]
    numeral: Numeral | None
    kinds: frozenset[str]
    by_kind: dict[str, tuple[Hit, ...]]
    counts: bool


class Match(NamedTuple):
    """A phrase found in the text: the index of its last token, and how its first word is written."""

    term: Term
    last: int
    hit: Hit


@cache
def _glued() -> dict[str, tuple[bool, bool]]:
    """What may stand before digits → whether it has a conjunction and an article."""
    found: dict[str, list[str]] = {"conjunction": [""], "preposition": [""], "article": [""]}
    for key, items in terms().items():
        for term in items:
            if term.kind == "glued":
                found[term.id].append(key)
    return {c + p + a: (bool(c), bool(a)) for c, p, a in product(*found.values())}


def parse_digits(digits: str) -> float | None:
    """The value of ASCII digits with separators, None if they are no number (17.5.2015)."""
    if digits.isdecimal():
        return float(digits)
    marks = [c for c in digits if c not in _DIGITS]
    plain = digits.translate({ord("\u060c"): ","})
    kinds = [c for c in plain if c not in _DIGITS]
    groups = plain.replace(_THOUSANDS, " ").replace(",", " ").replace(".", " ").replace(_DECIMAL, " ").split(" ")
    decimal = marks[-1] == _DECIMAL or (len(marks) == 1 and (marks[0] == "." or len(groups[-1]) != _GROUP))
    decimal = decimal or (len(set(kinds)) > 1 and kinds.count(kinds[-1]) == 1)
    head = groups[:-1] if decimal else groups
    if kinds[-1] == _THOUSANDS and decimal:
        return None
    if len(head) > 1 and (not 0 < len(head[0]) <= _GROUP or any(len(g) != _GROUP for g in head[1:])):
        return None
    return float("".join(head) + ("." + groups[-1] if decimal else ""))


def _numeral(key: str) -> Numeral | None:
    first = next((i for i, c in enumerate(key) if c in _DIGITS), -1)
    if first < 0:
        return None
    glued = _glued().get(key[:first])
    if glued is None:
        return None
    last = max(i for i, c in enumerate(key) if c in _DIGITS)
    digits = key[first : last + 1]
    if not all(c in _DIGITS or c in f".,\u060c{_DECIMAL}{_THOUSANDS}" for c in digits):
        return None
    prefix = 0 if glued[1] else first
    return Numeral(parse_digits(digits), digits, key[last + 1 :], prefix, glued[1], glued[0])


@cache
def _stems() -> frozenset[str]:
    """The first stems of all terms, articles off."""
    return frozenset((*terms(), *(key.removeprefix("ال") for key in terms())))


@recent
def look(key: str) -> Look | None:
    """What the word with this key may be, None for most words; hits stand least stripped first."""
    digits = not _DIGITS.isdisjoint(key)
    if not digits and _stems().isdisjoint(word(key).stems):
        return None
    index = terms()
    numeral = _numeral(key) if digits else None
    hits: list[Hit] = []
    for r in readings(key):
        if r.pronoun:
            continue
        # Before a fused article (لليوم) the letters of the preposition are no prefix that could be cut off.
        prefix = len(r.conjunction) + (0 if r.article and r.preposition == "ل" else len(r.preposition))
        for stem, article in ((r.name, False), (r.stem, True))[: 1 + r.article]:
            hits.extend(Hit(t, prefix, article, bool(r.conjunction)) for t in index.get(stem, ()) if t.kind != "glued")
    if numeral is None and not hits:
        return None
    kinds = frozenset(h.term.kind for h in hits)
    by_kind = {kind: tuple(h for h in hits if h.term.kind == kind) for kind in kinds}
    return Look(tuple(hits), numeral, kinds, by_kind, numeral is not None or not _OF_NUMBERS.isdisjoint(kinds))


class Scan:
    """The tokens of a text with what each may be; *starts* are the indexes of those that may be anything."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens
        self.looks = looks = [look(t.key) for t in tokens]
        self.starts = [i for i, found in enumerate(looks) if found is not None]

    def key(self, i: int) -> str:
        """The look-up key at *i*, "" outside the text."""
        return self.tokens[i].key if 0 <= i < len(self.tokens) else ""

    def numeral(self, i: int, *, bare: bool = True) -> Numeral | None:
        """The digits at *i*; *bare*: with no clitic before them."""
        found = self.looks[i] if 0 <= i < len(self.looks) else None
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
        found = self.looks[i] if 0 <= i < len(self.looks) else None
        if found is None or kind not in found.kinds:
            return None
        best: Match | None = None
        for hit in found.by_kind[kind]:
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
        token, found = self.tokens[first], self.looks[first]
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
