"""Years, and lengths of time seen from publication: «عام 2012», «الأشهر الستة المقبلة», «قبل ثلاثة أيام»."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from mithaq.arabic.calendar import GREGORIAN, Open, guess_calendar, shift, unit_at, year_of
from mithaq.arabic.numbers import number_at
from mithaq.arabic.terms import Match, Scan
from mithaq.arabic.words import word
from mithaq.lexicon.times import neighbours

_UNKNOWN: Open = (None, None)
_STEPS = {"past": -1, "recent": -1, "next": 1, "this": 0}
_UNMEASURED = ("period", "phase")
JOINTS = ("/", "-", "–")


class Found(NamedTuple):
    """A time in the text: the index of its last token, and its first and last day."""

    last: int
    start: date | None
    end: date | None

    @property
    def days(self) -> Open:
        """First and last day."""
        return self.start, self.end


def year_number(scan: Scan, i: int, *, words: bool = False, bare: bool = True, month: str = "") -> Found | None:
    """A year of four digits, with its era or in brackets, or a span of two; *words*: also «ألفين وخمسة عشر».

    *month* is the calendar of the month before it: no Hijri year follows a Gregorian month.
    """
    if scan.key(i) == "(":
        inside = year_number(scan, i + 1, month=month)
        return inside._replace(last=inside.last + 1) if inside and scan.key(inside.last + 1) == ")" else None
    first = _year_digits(scan, i, bare)
    if first is None:
        number = number_at(scan, i, bare=bare) if words and scan.numeral(i, bare=False) is None else None
        if number is None or not 1300 <= number.value <= 2100 or number.value % 1:
            return None
        year = int(number.value)
        return Found(number.last, *(year_of(guess_calendar(year), year) or _UNKNOWN))
    last, calendar, year = first
    calendar = calendar or (GREGORIAN if month == GREGORIAN else guess_calendar(year))
    days = year_of(calendar, year)
    if scan.key(last + 1) in JOINTS and (second := _year_digits(scan, last + 2, True)) and second[2] > year:
        last, other = second[0], year_of(second[1] or guess_calendar(second[2]), second[2])
        days = (days[0], other[1]) if days and other else None
    return Found(last, *(days or _UNKNOWN))


def _year_digits(scan: Scan, i: int, bare: bool) -> tuple[int, str, int] | None:
    """Last index, calendar ("" if not said) and number of a year in digits."""
    found = scan.numeral(i, bare=bare)
    if found is None or len(found.digits) != 4 or not 1000 <= found.whole <= 2200:
        return None
    era = era_of(found.suffix)
    if found.suffix:
        return (i, era, found.whole) if era else None
    after = scan.match(i + 1, "era")
    return (i, "", found.whole) if after is None else (after.last, after.term.id, found.whole)


def era_of(suffix: str) -> str:
    """The calendar that letters glued to a year name (1436هـ), "" if none."""
    found = word(suffix).look if suffix else None
    return next((h.term.id for h in found.hits if h.term.kind == "era"), "") if found else ""


def unit_phrase(
    scan: Scan, i: int, published: date | None, *, bare: bool = False, edge: bool = False, only: str = ""
) -> Found | None:
    """A unit with a direction or number: «هذا العام»، «الأسبوع الماضي»، «عام 2012»، «الأشهر الستة المقبلة».

    *edge*: «نهاية» stands before it, after which «الشهر» alone is the present one. *only*: the unit's id.
    """
    this = scan.match(i, "link", "this", bare=bare)
    at = i + (this is not None)
    ids = (only,) if only else ()
    unit = scan.match(at, "unit", *ids, forms=("one", "two", "both", "many"), bare=bare or this is not None)
    if unit is None:
        return None
    after = unit.last + 1
    if unit.term.id == "year" and this is None:
        if scan.key(i - 1) in neighbours("year")[0]:
            return None
        if unit.term.form in ("one", "both") and (year := year_number(scan, after, words=True)) is not None:
            return _second_year(scan, year) if unit.term.form == "both" else year
    if not unit.hit.article:
        return None
    return _with_direction(scan, unit, published, this is not None, edge)


def _second_year(scan: Scan, first: Found) -> Found:
    """«عامي 2012 و2013»: until the end of the second year."""
    joined = scan.numeral(first.last + 1, bare=False)
    second = None
    if joined is not None and joined.conjunction:
        second = year_number(scan, first.last + 1, bare=False)
    elif scan.match(first.last + 1, "link", "and") is not None:
        second = year_number(scan, first.last + 2)
    return first if second is None else Found(second.last, first.start, second.end)


def _with_direction(scan: Scan, unit: Match, published: date | None, this: bool, edge: bool) -> Found | None:
    after, many = unit.last + 1, unit.term.form != "one"
    counted = many and (scan.match(after, "cardinal") is not None or scan.numeral(after, bare=False) is not None)
    number = number_at(scan, after, bare=False) if counted else None
    if number is not None:
        after = number.last + 1
    filler = scan.match(after, "filler")
    if filler is not None:
        after = filler.last + 1
    direction = scan.match(after, "direction")
    if direction is None:
        if many or not (this or edge) or unit.term.id in _UNMEASURED:
            return None
        return Found(after - 1, *(unit_at(unit.term.id, published) or _UNKNOWN))
    last, towards = direction.last, direction.term.id
    if towards == "recent" and not many and unit.term.id != "period":
        return None
    if unit.term.id == "year" and (year := year_number(scan, last + 1)) is not None:
        return year
    if published is None or towards == "told":
        return Found(last, None, None)
    steps = _STEPS[towards]
    if not many and unit.term.id not in _UNMEASURED:
        return Found(last, *(unit_at(unit.term.id, shift(unit.term.id, published, steps)) or _UNKNOWN))
    if not steps:
        return Found(last, published, published)
    length = number.value if number is not None else 2.0 if unit.term.form == "two" else None
    far = None if length is None or unit.term.id in _UNMEASURED else shift(unit.term.id, published, steps * length)
    return Found(last, far, published) if steps < 0 else Found(last, published, far)


def distance_phrase(scan: Scan, i: int, published: date | None) -> Found | None:
    """How long before or after publication: «قبل ثلاثة أيام»، «منذ شهرين»، «بعد عام ونصف».

    The ends stay None if it is measured from something else («بعد عام من التوقيع»), or has no number («قبل أيام»).
    """
    way = scan.match(i, "distance", bare=False)
    if way is None:
        return None
    at = way.last + 1
    if (about := scan.match(at, "link", "about")) is not None:
        at = about.last + 1
    number = number_at(scan, at, bare=True)
    forms = ("one", "two", "many") if number is None else ("one", "many")
    unit = scan.match(at if number is None else number.last + 1, "unit", forms=forms, article=False)
    if unit is None or unit.term.id in _UNMEASURED or (number is None and _names_a_day(scan, unit.last + 1)):
        return None
    length = number.value if number is not None else {"one": 1.0, "two": 2.0}.get(unit.term.form)
    last = unit.last
    half = scan.match(last + 1, "fraction", bare=False)
    if half is not None and half.hit.conjunction and length is not None:
        length, last = length + 1 / half.term.number, half.last
        again = scan.match(last + 1, "unit", unit.term.id, forms=("one",))
        last = again.last if again is not None else last
    elsewhere = way.term.id in ("ago", "ahead") and scan.match(last + 1, "link", "since_event") is not None
    if (now := scan.match(last + 1, "link", "now")) is not None:
        last = now.last
    elif elsewhere:
        return Found(last, None, None)
    return Found(last, *(_UNKNOWN if published is None else _measured(way.term.id, unit.term.id, length, published)))


def _names_a_day(scan: Scan, i: int) -> bool:
    """Whether a day, month or year follows, of which the unit before is only the title («قبل يوم الاثنين»)."""
    found = scan.looks.get(i)
    if found is None:
        return False
    if found.numeral is not None:
        return not found.numeral.conjunction
    return any(h.term.kind in ("weekday", "deictic", "month", "direction") and not h.prefix for h in found.hits)


def _measured(way: str, unit: str, length: float | None, published: date) -> Open:
    if length is None:
        return (published, None) if way in ("ahead", "within") else (None, published)
    far = shift(unit, published, length if way in ("ahead", "within") else -length)
    if far is None:
        return _UNKNOWN
    if way == "since":
        return far, published
    return (published, far) if way == "within" else unit_at(unit, far) or _UNKNOWN
