"""Stages built by hand: only what a test is about is given."""

from __future__ import annotations

from datetime import date
from typing import Any

from mithaq.ledger import Stage, Voice
from mithaq.model import Frequency, Quantity, Span, When

YEAR = 2015


def day(text: str) -> date:
    """«08-05» is 5 August of the tests' year; a full date is itself."""
    return date.fromisoformat(text if len(text) > 5 else f"{YEAR}-{text}")


def time(start: str, end: str | None = None, text: str = "5/8") -> When:
    """A time of the text; by default one that is written in digits."""
    return When(Span(0, len(text), text), day(start), day(end or start))


def amount(value: float, unit: str = "EUR", *, money: bool = True) -> Quantity:
    return Quantity(Span(0, 1, "1"), value, unit, money)


def often(minimum: float, maximum: float | None = None, unit: str = "year") -> Frequency:
    return Frequency(Span(0, 4, "سنوي"), minimum, maximum or minimum, unit)


def said(
    status: str,
    published: str | None = "08-01",
    outlet: str | None = "الأخبار",
    *,
    report: str = "",
    provision: str = "p1",
    by: str | None = None,
    kind: str = "named",
    **more: Any,
) -> Stage:
    """A stage; its report is named after the outlet and the day unless *report* is given."""
    return Stage(
        report=report or f"{outlet}-{published}",
        provision=provision,
        outlet=outlet,
        url=None,
        published=day(published) if published else None,
        area=more.pop("area", "arms_transfer"),
        status=status,
        parties=("EGY", "RUS"),
        role=more.pop("role", "provision"),
        evidence=Span(0, 9, "صفقة سلاح"),
        chain=(Voice(by, kind),) if by else more.pop("chain", ()),
        **more,
    )


def denied(status: str, published: str | None = "08-01", outlet: str | None = "الوطن", **more: Any) -> Stage:
    return said(status, published, outlet, denied=True, **more)
