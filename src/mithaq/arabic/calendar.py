"""Days, months and years of both calendars, and lengths of time counted from the day of publication.

Weeks begin on Sunday, as in most Arab states. Functions return None, never raise, for dates that do not exist.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from functools import lru_cache

from hijridate import Gregorian, Hijri

Range = tuple[date, date]
Open = tuple[date | None, date | None]

HIJRI = "hijri"
GREGORIAN = "gregorian"
_CLOSE = 90  # days: a date this near to publication is meant even if its weekday is wrong
_YEARS = range(-2, 3)


@lru_cache(maxsize=4096)
def day_of(calendar: str, year: int, month: int, day: int) -> date | None:
    """A day of a calendar as a Gregorian date."""
    try:
        return Hijri(year, month, day).to_gregorian() if calendar == HIJRI else date(year, month, day)
    except (ValueError, OverflowError):
        return None


@lru_cache(maxsize=4096)
def month_of(calendar: str, year: int, month: int) -> Range | None:
    """The first and last day of a month."""
    try:
        length = Hijri(year, month, 1).month_length() if calendar == HIJRI else monthrange(year, month)[1]
    except (ValueError, OverflowError):
        return None
    start, end = day_of(calendar, year, month, 1), day_of(calendar, year, month, length)
    return None if start is None or end is None else (start, end)


def year_of(calendar: str, year: int) -> Range | None:
    """The first and last day of a year."""
    start, end = month_of(calendar, year, 1), month_of(calendar, year, 12)
    return None if start is None or end is None else (start[0], end[1])


def year_at(calendar: str, day: date) -> int:
    """The year of *calendar* that holds *day*; the Gregorian one where the Hijri calendar is not defined."""
    if calendar != HIJRI:
        return day.year
    try:
        return Gregorian(day.year, day.month, day.day).to_hijri().year
    except (ValueError, OverflowError):
        return day.year


def guess_calendar(year: int) -> str:
    """The calendar of a year that does not say: 1300 to 1500 is Hijri, since news writes of the present."""
    return HIJRI if 1300 <= year <= 1500 else GREGORIAN


def pick(candidates: Iterable[Range], published: date, direction: str, weekday: int = -1) -> Range | None:
    """The candidate that *direction* (past, next, or any other word) points to, seen from publication.

    Without a direction it is the nearest; one that is far away must fall on *weekday* (-1: unknown) if another does.
    """
    found = list(candidates)
    if direction == "past":
        return max((c for c in found if c[1] < published), default=None)
    if direction == "next":
        return min((c for c in found if c[0] > published), default=None)

    def distance(c: Range) -> int:
        return max((c[0] - published).days, (published - c[1]).days, 0)

    best = min(found, key=distance, default=None)
    if best is not None and distance(best) > _CLOSE and best[0].weekday() != weekday != -1:
        return next((c for c in found if c[0].weekday() == weekday), best)
    return best


def in_some_year(calendar: str, published: date, of: Callable[[int], Range | None]) -> list[Range]:
    """What *of* gives for the years around publication."""
    year = year_at(calendar, published)
    return [c for n in _YEARS if (c := of(year + n)) is not None]


def weekday_near(published: date, weekday: int, direction: str) -> Range | None:
    """The *weekday* (Monday: 0) that is meant: strictly before or after publication, or the nearest."""
    try:
        days = [published + timedelta(n) for n in range(-7, 8)]
    except OverflowError:
        return None
    return pick(((d, d) for d in days if d.weekday() == weekday), published, direction)


def shift(unit: str, day: date, steps: float) -> date | None:
    """*day* moved by so many units; the day of the month is cut to the length of the month it falls in."""
    try:
        if unit in ("day", "week"):
            return day + timedelta(round(steps * (7 if unit == "week" else 1)))
        months = day.year * 12 + day.month - 1 + round(steps * {"month": 1, "year": 12, "century": 1200}[unit])
        year, month = divmod(months, 12)
        return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
    except (ValueError, OverflowError):
        return None


def unit_at(unit: str, day: date | None) -> Range | None:
    """The day, week (from Sunday), month, year or century that holds *day*."""
    try:
        if day is None:
            return None
        if unit == "week":
            start = day - timedelta((day.weekday() + 1) % 7)
            return start, start + timedelta(6)
        if unit == "month":
            return month_of(GREGORIAN, day.year, day.month)
        if unit == "year":
            return year_of(GREGORIAN, day.year)
        if unit == "century":
            first = (day.year - 1) // 100 * 100 + 1
            return date(first, 1, 1), date(first + 99, 12, 31)
    except (ValueError, OverflowError):
        return None
    return day, day


def part_of(whole: Open, parts: int, number: int) -> Open:
    """The part with that *number* (from 0) of *parts* equal parts; by months if *whole* is a year, else by days."""
    start, end = whole
    if start is None or end is None:
        return None, None
    if start.day == 1 and (end.month, end.day) == (12, 31) and start.month == 1 and start.year == end.year:
        months = 12 // parts
        first = start.month + number * months
        last = month_of(GREGORIAN, start.year, first + months - 1) if number < parts else None
        return (start.replace(month=first), last[1]) if last else (None, None)
    days = (end - start).days + 1
    return start + timedelta(days * number // parts), start + timedelta(days * (number + 1) // parts - 1)
