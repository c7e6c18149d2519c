"""Days of a month and months of a year: «15 تشرين الثاني 2023»، «الثالث من أغسطس»، «17/5/2015»، «14 يوليو (تموز)»."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from mithaq.arabic.calendar import (
    GREGORIAN,
    Open,
    Range,
    day_of,
    guess_calendar,
    in_some_year,
    month_of,
    pick,
    year_at,
)
from mithaq.arabic.looks import Numeral
from mithaq.arabic.periods import Found, era_of, unit_phrase, year_number
from mithaq.arabic.terms import Match, Scan
from mithaq.arabic.words import word

_UNKNOWN: Open = (None, None)
_JOINTS = ("/", "-", "\\")
_LAST_DAY = 31


class Month(NamedTuple):
    """One or two months of a calendar; *certain*: the words can mean nothing else."""

    calendar: str
    first: int
    until: int
    last: int
    certain: bool
    form: str


class Tail(NamedTuple):
    """What follows a month and says which year's it is."""

    last: int
    direction: str
    year: Open


def month_name(scan: Scan, i: int, *, bare: bool) -> Month | None:
    """[شهر] and a month's name, with its other name: «تموز/يوليو»، «يوليو (تموز)»."""
    title = scan.match(i, "unit", "month", forms=("one", "both"), bare=bare)
    found = scan.match(i + (title is not None), "month", bare=bare or title is not None)
    if found is None:
        return None
    certain, last, until = title is not None or found.term.form == "words", found.last, found.term
    if scan.key(last + 1) in _JOINTS and (other := scan.match(last + 2, "month")) is not None:
        certain, last, until = True, other.last, other.term
    elif scan.key(last + 1) == "(" and (closed := _bracketed(scan, last + 2)):
        certain, last = True, closed
    elif (again := scan.match(last + 1, "month")) is not None and again.term.number == found.term.number:
        certain, last = True, again.last  # «فبراير شباط»
    elif title is not None and title.term.form == "both" and (joined := _joined(scan, last + 1)) is not None:
        last, until = joined.last, joined.term
    if until.calendar != found.term.calendar or until.number < found.term.number:
        until = found.term
    return Month(found.term.calendar, found.term.number, until.number, last, certain, found.term.form)


def _glued_month(digits: Numeral, i: int) -> Month | None:
    """The month whose name is written to its day (14جانفي)."""
    if not digits.suffix or not 1 <= digits.whole <= _LAST_DAY:
        return None
    found = word(digits.suffix).look
    for hit in found.hits if found is not None else ():
        term = hit.term
        if term.kind == "month" and len(term.keys) == 1 and not hit.prefix:
            return Month(term.calendar, term.number, term.number, i, True, term.form)
    return None


def _bracketed(scan: Scan, i: int) -> int:
    """The index of the bracket that closes a month's other name, 0 if it is something else."""
    other = scan.match(i, "month")
    while other is not None and scan.key(other.last + 1) in _JOINTS:
        other = scan.match(other.last + 2, "month")
    return other.last + 1 if other is not None and scan.key(other.last + 1) == ")" else 0


def _joined(scan: Scan, i: int) -> Match | None:
    if scan.match(i, "link", "and") is not None:
        return scan.match(i + 1, "month")
    found = scan.match(i, "month", bare=False)
    return found if found is not None and found.hit.conjunction else None


def tail(scan: Scan, i: int, published: date | None, calendar: str) -> Tail | None:
    """A direction or year: «الماضي»، «2012»، «من العام الماضي»، «من هذا العام»."""
    if (towards := scan.match(i, "direction")) is not None:
        return Tail(towards.last, towards.term.id, _UNKNOWN)
    if (year := year_number(scan, i, month=calendar)) is not None:
        return Tail(year.last, "", year.days)
    at = i + (scan.match(i, "link", "of") is not None)
    found = unit_phrase(scan, at, published, only="year") or (year_number(scan, at, month=calendar) if at > i else None)
    if found is None:
        return None
    return Tail(found.last, "told" if found.start is None else "", found.days)


def _resolve(
    calendar: str, first: tuple[int, int], last: tuple[int, int], end: Tail | None, published: date | None, weekday: int
) -> Open:
    """From a (month, day) to another, in the year that *end* or publication gives; day 0: the whole month."""

    def of(year: int) -> Range | None:
        whole, until = month_of(calendar, year, first[0]), month_of(calendar, year, last[0])
        start = day_of(calendar, year, *first) if first[1] else whole and whole[0]
        stop = day_of(calendar, year, *last) if last[1] else until and until[1]
        return None if start is None or stop is None else (start, stop)

    direction = "" if end is None else end.direction
    begin, close = _UNKNOWN if end is None else end.year
    if begin is not None and close is not None:
        years = sorted({year_at(calendar, begin), year_at(calendar, close)})
        within = (c for y in years if (c := of(y)) is not None)
        return next((c for c in within if begin <= c[0] <= close), _UNKNOWN)
    if published is None or direction == "told":
        return _UNKNOWN
    return pick(in_some_year(calendar, published, of), published, direction, weekday) or _UNKNOWN


def month_phrase(scan: Scan, i: int, published: date | None, *, led: bool = False, bare: bool = False) -> Found | None:
    """A month without a day; *led*: a word stands before it that a time follows."""
    month = month_name(scan, i, bare=bare)
    if month is None or (month.form == "dated" and not month.certain):
        return None
    end = tail(scan, month.last + 1, published, month.calendar)
    led = led or scan.match(i - 1, "lead", bare=False) is not None
    if not (month.certain or end is not None or (led and month.form == "led")):
        return None
    days = _resolve(month.calendar, (month.first, 0), (month.until, 0), end, published, -1)
    return Found(month.last if end is None else end.last, *days)


def date_at(scan: Scan, i: int, published: date | None, weekday: int, *, strong: bool, bare: bool) -> Found | None:
    """A day of a month; *weekday* (-1: unknown) helps to find its year. *strong*: the text says that a day comes."""
    digits = scan.numeral(i, bare=bare)
    if digits is not None:
        if (numeric := _numeric(scan, i, digits, published, weekday, strong)) is not None:
            return numeric
        if (glued := _glued_month(digits, i)) is not None:
            return _in_month(scan, glued, digits.whole, digits.whole, published, weekday)
    first = _day_number(scan, i, bare)
    if first is None:
        return None
    day, last = first
    until = day
    while (more := _range_end(scan, last + 1)) is not None and more[0] > until:
        until, last = more
    of = scan.match(last + 1, "link", "of")
    at = last + 1 + (of is not None)
    month = month_name(scan, at, bare=of is not None or scan.match(at, "unit", bare=False) is None)
    if month is not None:
        return _in_month(scan, month, day, until, published, weekday)
    if of is None:
        return None
    present = unit_phrase(scan, at, published, only="month", bare=True)
    if present is None:
        return None
    start = present.start
    begin, close = (day_of(GREGORIAN, start.year, start.month, d) if start else None for d in (day, until))
    return Found(present.last, begin, close)


def _in_month(scan: Scan, month: Month, day: int, until: int, published: date | None, weekday: int) -> Found:
    end = tail(scan, month.last + 1, published, month.calendar)
    days = _resolve(month.calendar, (month.first, day), (month.until, until), end, published, weekday)
    return Found(month.last if end is None else end.last, *days)


def _day_number(scan: Scan, i: int, bare: bool) -> tuple[int, int] | None:
    """A day in digits or as an ordinal: its number and last index."""
    digits = scan.numeral(i, bare=bare)
    if digits is not None:
        fits = not digits.suffix and len(digits.digits) <= 2 and 1 <= digits.whole <= _LAST_DAY
        return (digits.whole, i) if fits else None
    if (opening := scan.match(i, "opening", bare=bare)) is not None and not opening.hit.article:
        return opening.term.number, opening.last
    tens = scan.match(i, "cardinal", bare=bare, article=True)
    if tens is not None and tens.term.number in (20, 30):
        return tens.term.number, tens.last
    ordinal = scan.match(i, "ordinal", bare=bare, article=True)
    if ordinal is None or scan.match(i - 1, "unit", "week", "month", "year", bare=False) is not None:
        return None  # «الأسبوع الثاني من أكتوبر» is a week
    if (ten := scan.match(ordinal.last + 1, "cardinal")) is not None and ten.term.number == 10:
        return ordinal.term.number + 10, ten.last
    tens = scan.match(ordinal.last + 1, "cardinal", bare=False)
    if tens is not None and tens.hit.conjunction and tens.term.number in (20, 30):
        return ordinal.term.number + tens.term.number, tens.last
    return None if ordinal.term.form == "teen" else (ordinal.term.number, ordinal.last)


def _range_end(scan: Scan, i: int) -> tuple[int, int] | None:
    """A further day: «15 و16 مارس»، «15 - 20 مارس»، «15 إلى 20 مارس»."""
    digits = scan.numeral(i, bare=False)
    if digits is not None and digits.conjunction and not digits.article:
        return _day_number(scan, i, False)
    link = scan.match(i, "link", "and", "to")
    return _day_number(scan, link.last + 1, True) if link is not None else None


def _numeric(scan: Scan, i: int, first: Numeral, published: date | None, weekday: int, strong: bool) -> Found | None:
    """17/5/2015، 2015-07-25، 1436/10/5هـ, 17.5.2015; without a year («17/5») only where *strong*."""
    if first.digits.count(".") == 2:
        return _three(scan, i, first.digits.split("."), first.suffix)
    joint, second = scan.key(i + 1), scan.numeral(i + 2)
    if first.suffix or joint not in _JOINTS or second is None or not second.digits.isdecimal():
        return None
    third = scan.numeral(i + 4) if scan.key(i + 3) == joint else None
    if third is not None and third.digits.isdecimal() and not second.suffix:
        return _three(scan, i + 4, [first.digits, second.digits, third.digits], third.suffix)
    day, month = first.whole, second.whole
    if not strong or joint != "/" or second.suffix or not (1 <= day <= _LAST_DAY and 1 <= month <= 12):
        return None
    if scan.key(i + 3) in ("%", "٪"):
        return None
    return Found(i + 2, *_resolve(GREGORIAN, (month, day), (month, day), None, published, weekday))


def _three(scan: Scan, last: int, digits: list[str], suffix: str) -> Found | None:
    """The day that three numbers give, the year being the one with four digits."""
    if any(len(d) > 4 or not d.isdecimal() for d in digits):
        return None
    first, month, third = map(int, digits)
    if len(digits[0]) == 4:
        year, day = first, third
    elif len(digits[2]) == 4:
        year, day = third, first
    else:
        return None
    era = era_of(suffix)
    if suffix and not era:
        return None
    if not suffix and (after := scan.match(last + 1, "era")) is not None:
        era, last = after.term.id, after.last
    calendar = era or guess_calendar(year)
    found = day_of(calendar, year, month, day) or day_of(calendar, year, day, month)
    return None if found is None else Found(last, found, found)
