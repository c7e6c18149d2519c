"""What each word type may be in an expression of time, number, measure or money, and what it may begin."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import product
from typing import NamedTuple

from mithaq.arabic.clitics import Reading, Split
from mithaq.lexicon.times import Term, terms

_DIGITS = frozenset("0123456789")
_GROUP = 3  # digits between thousands separators
_THOUSANDS = "\u066c"
_DECIMAL = "\u066b"
_OF_NUMBERS = frozenset(("cardinal", "scale", "fraction"))  # the kinds of words that can begin a number
_OF_TIMES = frozenset(("weekday", "month", "deictic", "part", "edge", "decade", "distance"))  # however they are written
_NUMBERED = frozenset(("share", "ordinal"))  # these begin a time only with an article: «الربع الأول»
_TENS = (20, 30)  # the last days of a month
_TITLES = ("day", "month", "year")  # units that need no article to begin a time: «يوم الاثنين»
MEASURES = frozenset(("measure", "currency", "coin"))
"""The kinds of words that a number counts, and a dual may be."""


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
    """What a word type may be in an expression of time, number or measure.

    *seconds* are the second words of its phrases. The rest says what it may begin by itself, without such a second
    word: *counts* a number, *dates* a time, *rates* a frequency, *measures* a quantity without a number before it;
    *begins* any of them, or «هذا العام».
    """

    hits: tuple[Hit, ...]
    numeral: Numeral | None
    kinds: frozenset[str]
    by_kind: dict[str, tuple[Hit, ...]]
    seconds: frozenset[str]
    counts: bool
    dates: bool
    rates: bool
    measures: bool
    begins: bool


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
    if _DIGITS.isdisjoint(key):
        return None
    first = next(i for i, c in enumerate(key) if c in _DIGITS)
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


def look(key: str, possible: Sequence[Split], stems: frozenset[str]) -> Look | None:
    """What the word with this key may be that can be split so and has these *stems*; None for most words.

    The hits stand least stripped first.
    """
    hits: list[Hit] = []
    if not _stems().isdisjoint(stems):
        for r in map(Reading._make, possible):
            if not r.pronoun:
                hits += _hits(r)
    numeral = None if key.isalpha() else _numeral(key)
    if numeral is None and not hits:
        return None
    kinds = frozenset(h.term.kind for h in hits)
    alone = [h for h in hits if len(h.term.keys) == 1]
    counts = numeral is not None or not _OF_NUMBERS.isdisjoint(kinds)
    dates = numeral is not None or any(map(_dates, alone))
    rates, measures = any(map(_rates, alone)), any(map(_measures, alone))
    return Look(
        tuple(hits),
        numeral,
        kinds,
        {kind: tuple(h for h in hits if h.term.kind == kind) for kind in kinds},
        frozenset(h.term.keys[1] for h in hits if len(h.term.keys) > 1),
        counts,
        dates,
        rates,
        measures,
        begins=counts or dates or rates or measures or any(h.term.id == "this" for h in alone),
    )


def _hits(r: Reading) -> Iterator[Hit]:
    """The phrases that a word read like this may begin: with its article as the data lists them, and without it."""
    # Before a fused article (لليوم) the letters of the preposition are no prefix that could be cut off.
    prefix = len(r.conjunction) + (0 if r.article and r.preposition == "ل" else len(r.preposition))
    for stem, article in ((r.name, False), (r.stem, True))[: 1 + r.article]:
        for term in terms().get(stem, ()):
            if term.kind != "glued":
                yield Hit(term, prefix, article, bool(r.conjunction))


def _dates(hit: Hit) -> bool:
    """Whether a phrase of one word may begin a time; «هذا» is told by the unit after it."""
    term = hit.term
    if term.kind == "unit":
        return term.form != "rate" and (hit.article or term.id in _TITLES)
    if term.kind == "cardinal":  # «العشرين من مارس»
        return hit.article and term.number in _TENS
    return (
        term.kind in _OF_TIMES
        or (hit.article and term.kind in _NUMBERED)
        or (not hit.article and term.kind == "opening")
    )


def _rates(hit: Hit) -> bool:
    """Whether a phrase of one word may begin a frequency: «مرة»، «نصف»، «سنويا»، «كل»."""
    term = hit.term
    if term.kind == "unit":
        return term.form == "rate"
    return term.kind in ("times", "share") or (term.kind == "link" and term.id == "each")


def _measures(hit: Hit) -> bool:
    """Whether a phrase of one word is a quantity by itself (a dual), or a sign that stands before the number ($)."""
    term = hit.term
    if term.form == "sign":
        return term.kind == "currency"
    return term.form == "two" and term.kind in MEASURES and not hit.article
