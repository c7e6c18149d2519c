"""What a person gives as words, made into filters: on pages, in the API, and on the command line."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Literal

from mithaq.errors import QueryError
from mithaq.query.filters import Filters, any_of
from mithaq.query.words import party_code

_PARTIES = 6
"""More parties than any agreement between states that a list is narrowed to."""


def filters_of(
    parties: Iterable[str] = (),
    areas: Sequence[str] = (),
    statuses: Sequence[str] = (),
    since: str = "",
    until: str = "",
    outlet: str = "",
    role: str = "",
    confidence: str | float = 0.0,
    contradicted: bool = False,
) -> Filters:
    """The filters; empty words ask for nothing. Parties may be codes or names, days also months or years.

    Raises :class:`~mithaq.errors.QueryError` for what is not known or cannot be read.
    """
    return Filters(
        tuple(dict.fromkeys(party_code(given) for given in any_of(list(parties))[:_PARTIES])),
        any_of(list(areas)),
        any_of(list(statuses)),
        parse_day(since, "first") if since else None,
        parse_day(until, "last") if until else None,
        outlet.replace("\0", "") or None,
        role or None,
        share(confidence),
        contradicted,
    ).checked()


def parse_day(given: str, end: Literal["first", "last"]) -> date:
    """A day, or the first or last one of a month or year; raises :class:`~mithaq.errors.QueryError` for none."""
    try:
        year, *rest = [int(part) for part in given.strip().split("-")]
        month, *days = rest or [1 if end == "first" else 12]
        if len(days) > 1:
            raise ValueError(given)
        return date(year, month, days[0] if days else 1 if end == "first" else monthrange(year, month)[1])
    except (ValueError, OverflowError):
        raise QueryError(f"{given[:40]!r} is no day, month or year", "write 2013-11-15, 2013-11 or 2013") from None


def share(given: str | float) -> float:
    """A number from 0 to 1; raises :class:`~mithaq.errors.QueryError` for another."""
    try:
        value = float(given or 0)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1:
        raise QueryError(f"{str(given)[:40]!r} is no confidence", "give a number from 0 to 1")
    return value
