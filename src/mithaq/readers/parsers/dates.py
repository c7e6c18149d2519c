"""The day that a page or feed gives, in whatever form: ISO 8601, RFC 2822, digits, or Arabic words."""

from __future__ import annotations

import re
from datetime import date
from email.utils import parsedate_to_datetime

from mithaq.arabic.dates import find_dates
from mithaq.arabic.tokens import tokenise

_ISO = re.compile(r"\s*(\d{4})[-/.]?(\d{2})[-/.]?(\d{2})(?!\d)", re.ASCII)
_YEARS = range(1900, 2100)
_LONGEST = 200


def first_date(value: str) -> date | None:
    """The first day that *value* names with its year; ``None`` if it names none.

    A time of day and its zone are left aside: the day is the one that the page shows.
    """
    value = value[:_LONGEST]
    found = _ISO.match(value)
    day = _day(*map(int, found.groups())) if found else _mail_date(value) or _arabic_date(value)
    return day if day and day.year in _YEARS else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _mail_date(value: str) -> date | None:
    try:
        return parsedate_to_datetime(value).date()
    except (TypeError, ValueError, IndexError, OverflowError):
        return None


def _arabic_date(value: str) -> date | None:
    found = find_dates(value, tuple(tokenise(value)), None)
    return next((when.start for when in found if when.start and when.start == when.end), None)
