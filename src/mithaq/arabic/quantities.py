"""How many and how much: a number with its unit, or an amount of money with its currency."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from mithaq.arabic.looks import MEASURES
from mithaq.arabic.numbers import Number, number_at
from mithaq.arabic.terms import Match, Scan
from mithaq.arabic.tokens import Token
from mithaq.arabic.words import word
from mithaq.lexicon.times import issues
from mithaq.model import Quantity

_COUNTED = ("one", "two", "many", "sign")


class _Unit(NamedTuple):
    last: int
    unit: str
    money: bool
    dual: bool


def find_quantities(text: str, tokens: Sequence[Token], home: str = "") -> list[Quantity]:
    """The quantities and amounts of money that *text* gives, in order.

    *home* is the ISO 3166 code of the outlet's state: a «ريال» with no nationality is that state's. Where neither says
    whose it is, the unit is the coin's name in lower case (``riyal``) instead of an ISO 4217 code.
    """
    return quantities_of(text, Scan.of(tokens), home)


def quantities_of(text: str, scan: Scan, home: str) -> list[Quantity]:
    """As :func:`find_quantities`, for a text that has been scanned."""
    found: list[Quantity] = []
    free = 0
    for i, here in scan.starts:
        if i < free or not (here.counts or here.measures or scan.goes_on(i, here)):
            continue
        begin = i - 1 if i > free and scan.key(i - 1) == "(" and i - 1 not in scan.looks else i
        best = (_counted(scan, begin, home) if begin < i else None) or _counted(scan, i, home) or _dual(scan, i, home)
        if best is None:
            continue
        value, unit, first = best
        found.append(Quantity(scan.span(text, first, unit.last), value, unit.unit, unit.money))
        free = unit.last + 1
    return found


def _counted(scan: Scan, i: int, home: str) -> tuple[float, _Unit, int] | None:
    """[sign] number [sign] unit: «4 مليارات دولار»، «$4 مليارات»، «(50) دينار»، «15عاما»."""
    first = i
    sign = scan.match(i, "currency", forms=("sign",))
    if sign is not None:
        i = sign.last + 1
    bracketed = scan.key(i) == "(" and scan.key(i + 2) == ")"
    number = number_at(scan, i) if sign is None else number_at(scan, i, bare=True)
    if number is None and bracketed and (inside := number_at(scan, i + 1)) is not None and inside.last == i + 1:
        number = Number(i, i + 2, inside.value)
    if sign is not None:
        return None if number is None else (number.value, _Unit(number.last, sign.term.id, True, False), first)
    if number is None:
        return _glued(scan, i)
    after = number.last + 1
    if after not in scan.looks:  # no unit of any kind
        return None
    if (later := scan.match(after, "currency", forms=("sign",))) is not None:
        # «10$ مليون»: the scale may follow the sign
        scaled = scan.match(later.last + 1, "scale", forms=("words", "many", "either"), article=False)
        value = number.value * (scaled.term.number if scaled is not None else 1)
        return value, _Unit(scaled.last if scaled is not None else later.last, later.term.id, True, False), first
    unit = _unit(scan, after, home)
    return None if unit is None else (number.value, unit, first)


def _glued(scan: Scan, i: int) -> tuple[float, _Unit, int] | None:
    """A unit written without a space after digits."""
    numeral = scan.numeral(i, bare=False)
    if numeral is None or numeral.value is None or not numeral.suffix:
        return None
    found = word(numeral.suffix).look
    for hit in found.hits if found is not None else ():
        term = hit.term
        if term.kind == "measure" and term.form in _COUNTED and len(term.keys) == 1 and not hit.prefix:
            return numeral.value, _Unit(i, term.id, False, False), i
    return None


def _unit(scan: Scan, i: int, home: str) -> _Unit | None:
    """The unit at *i*: the longest of a measure, a currency, and a coin with or without a nationality."""
    measure = scan.match(i, "measure", forms=_COUNTED, article=False, bare=False)
    if measure is not None and not _is_bare(measure):
        measure = None
    currency = scan.match(i, "currency", forms=("one", "two", "many"), article=False)
    coin = scan.match(i, "coin", article=False)
    found: list[_Unit] = []
    if measure is not None:
        found.append(_Unit(measure.last, measure.term.id, False, measure.term.form == "two"))
    if currency is not None:
        found.append(_Unit(currency.last, currency.term.id, True, currency.term.form == "two"))
    if coin is not None and scan.match(coin.last + 1, "coin_block") is None:
        found.append(_coin(scan, coin, home))
    return max(found, key=lambda u: u.last, default=None)


def _is_bare(found: Match) -> bool:
    """Whether nothing is attached to the unit, except what the data lists with it (بالمئة)."""
    return not found.hit.prefix and not found.hit.conjunction


def _coin(scan: Scan, coin: Match, home: str) -> _Unit:
    dual = coin.term.form == "two"
    whose = scan.match(coin.last + 1, "nationality")
    if whose is not None and (code := issues().get((coin.term.id, whose.term.id))) is not None:
        return _Unit(whose.last, code, True, dual)
    code = issues().get((coin.term.id, "")) or issues().get((coin.term.id, home)) or coin.term.id
    return _Unit(coin.last, code, True, dual)


def _dual(scan: Scan, i: int, home: str) -> tuple[float, _Unit, int] | None:
    """Two of something in one word, perhaps with a half: «طائرتين»، «دولارين»، «عامين ونصف»."""
    found = scan.looks.get(i)
    if found is None or found.kinds.isdisjoint(MEASURES):
        return None
    dual = next(
        (h for h in found.hits if h.term.form == "two" and h.term.kind in MEASURES and not h.article),
        None,
    )
    if dual is None:
        return None
    match = scan.match(i, dual.term.kind, forms=("two",), bare=False, article=False)
    if match is None:
        return None
    unit = _coin(scan, match, home) if dual.term.kind == "coin" else None
    if unit is None:
        unit = _Unit(match.last, match.term.id, match.term.kind == "currency", True)
    half = scan.match(unit.last + 1, "fraction", bare=False)
    if half is not None and half.hit.conjunction:
        again = scan.match(half.last + 1, dual.term.kind, dual.term.id, forms=("one",))
        return 2 + 1 / half.term.number, unit._replace(last=again.last if again is not None else half.last), i
    return 2.0, unit, i
