"""How often: «مرة أو مرتين في السنة»، «كل ستة أشهر»، «سنويا»."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from mithaq.arabic.clitics import readings
from mithaq.arabic.numbers import number_at
from mithaq.arabic.terms import Match, Scan
from mithaq.arabic.tokens import Token
from mithaq.lexicon.times import neighbours
from mithaq.model import Frequency

_MONTHS = 12
_UNITS = ("day", "week", "month", "year")


class _Rate(NamedTuple):
    """One time in so many of a unit, until the token at *last*."""

    last: int
    unit: str
    length: float


class _Times(NamedTuple):
    """A number of times, until the token at *last*."""

    last: int
    value: float


def find_frequencies(text: str, tokens: Sequence[Token]) -> list[Frequency]:
    """The frequencies that *text* gives, in order; «دوري» and the like have no number and give none.

    Several months are counted by the year («كل ستة أشهر»: 2 a year), other units by themselves («كل عامين»: 0.5).
    """
    return frequencies_of(text, Scan.of(tokens))


def frequencies_of(text: str, scan: Scan) -> list[Frequency]:
    """As :func:`find_frequencies`, for a text that has been scanned."""
    found: list[Frequency] = []
    free = 0
    counted = any("times" in here.kinds for _, here in scan.starts)  # else no number begins a frequency
    for i, here in scan.starts:
        if i < free or not (here.rates or (counted and here.counts) or scan.goes_on(i, here)):
            continue
        least, most, at = 1.0, 1.0, i
        times = _range(scan, i)
        if times is not None:
            least, most, at = times
        rate = _rate(scan, at, after_times=times is not None, bare=times is not None)
        if rate is None or rate.length <= 0:
            continue
        low, high = sorted((least / rate.length, most / rate.length))
        found.append(Frequency(scan.span(text, i, rate.last), low, high, rate.unit))
        free = rate.last + 1
    return found


def _range(scan: Scan, i: int) -> tuple[float, float, int] | None:
    """«مرة أو مرتين»: the least and the most times, and the index of the next token."""
    low = _times(scan, i, bare=False)
    if low is None:
        number = number_at(scan, i)  # «3 إلى 4 مرات»
        if number is None or scan.match(number.last + 1, "link", "or", "to") is None:
            return None
        low = _Times(number.last, number.value)
        high = _joined_times(scan, low.last + 1)
        return None if high is None else (low.value, high.value, high.last + 1)
    high = _joined_times(scan, low.last + 1)
    return (low.value, high.value, high.last + 1) if high is not None else (low.value, low.value, low.last + 1)


def _joined_times(scan: Scan, i: int) -> _Times | None:
    link = scan.match(i, "link", "or", "to")
    return None if link is None else _times(scan, link.last + 1, bare=True)


def _times(scan: Scan, i: int, *, bare: bool) -> _Times | None:
    """«مرة واحدة»، «مرتين»، «ثلاث مرات»."""
    found = scan.match(i, "times", forms=("one", "two"), bare=bare, article=False)
    if found is not None:
        once = scan.match(found.last + 1, "link", "once")
        last = once.last if once is not None and found.term.form == "one" else found.last
        return _Times(last, 1.0 if found.term.form == "one" else 2.0)
    if i not in scan.looks:
        return None
    number = number_at(scan, i, bare=bare)
    many = scan.match(number.last + 1, "times", forms=("one", "many"), article=False) if number is not None else None
    return _Times(many.last, number.value) if number is not None and many is not None else None


def _rate(scan: Scan, i: int, *, after_times: bool, bare: bool) -> _Rate | None:
    """«سنويا»، «كل عام»، «كل ستة أشهر»; after a number of times also «في السنة»، «بالأسبوع»."""
    adverb = _adverb(scan, i, bare)
    if adverb is not None:
        return adverb
    each = scan.match(i, "link", "each", bare=bare, article=False)
    if each is not None:
        number = number_at(scan, each.last + 1, bare=True)
        unit = _unit(scan, each.last + 1 if number is None else number.last + 1, ("one", "two", "many"), article=False)
        if unit is None or (number is None and unit.term.form == "many"):
            return None
        if scan.key(unit.last + 1) in neighbours("year")[1] or _named(scan, unit.last + 1):
            return None
        length = number.value if number is not None else 2.0 if unit.term.form == "two" else 1.0
        return _in_years(unit.last, unit.term.id, length)
    if not after_times:
        return None
    per = scan.match(i, "link", "per")
    unit = _unit(scan, i if per is None else per.last + 1, ("one",), bare=per is not None)
    if unit is None or (per is None and not unit.hit.prefix):
        return None
    once = scan.match(unit.last + 1, "link", "once")
    if once is None and (_named(scan, unit.last + 1) or scan.match(unit.last + 1, "direction") is not None):
        return None  # «مرة في العام الماضي» is a date
    return _Rate(unit.last if once is None else once.last, unit.term.id, 1.0)


def _unit(
    scan: Scan, i: int, forms: tuple[str, ...], *, article: bool | None = None, bare: bool = True
) -> Match | None:
    return scan.match(i, "unit", *_UNITS, forms=forms, article=article, bare=bare)


def _named(scan: Scan, i: int) -> bool:
    """Whether the unit before is the title of a day, month or year («كل يوم خميس» has none, «كل عام 2015» has)."""
    found = scan.looks.get(i)
    return found is not None and ((found.numeral is not None and not found.numeral.prefix) or "month" in found.kinds)


def _adverb(scan: Scan, i: int, bare: bool) -> _Rate | None:
    """«سنويا»، «نصف سنوية»; not «يومي السبت والأحد», which is a dual."""
    share = scan.match(i, "share", bare=bare)
    at = i if share is None else share.last + 1
    rate = scan.match(at, "unit", *_UNITS, forms=("rate",), bare=bare or share is not None)
    if rate is None:
        return None
    if rate.hit.article and not any(r.article or r.pronoun for r in readings(scan.key(i - 1))):
        return None  # a family name: «إبراهيم الشهري»
    dual = scan.match(at, "unit", rate.term.id, forms=("both",), bare=False, article=False) is not None
    if dual and _is_named(scan, rate.last + 1):
        return None
    return _Rate(rate.last, rate.term.id, 1.0 if share is None else 1 / share.term.number)


def _is_named(scan: Scan, i: int) -> bool:
    """Whether a day or month follows that a dual («يومي»، «شهري») counts."""
    found = scan.looks.get(i)
    if found is not None and (found.numeral is not None or not found.kinds.isdisjoint(("weekday", "month", "deictic"))):
        return True
    return any(r.article and not r.preposition for r in readings(scan.key(i)))


def _in_years(last: int, unit: str, length: float) -> _Rate:
    return _Rate(last, "year", length / _MONTHS) if unit == "month" and length > 1 else _Rate(last, unit, length)
