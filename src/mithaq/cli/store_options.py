"""Options of the commands that work on a database."""

from __future__ import annotations

import os
import sys
from calendar import monthrange
from datetime import date
from enum import StrEnum
from typing import Annotated

import typer

from mithaq.cli.output import complain
from mithaq.query.filters import Filters, any_of
from mithaq.store.database import DEFAULT, Database, open_database

_FIRST, _LAST = "first", "last"


class RowFormat(StrEnum):
    """How rows are printed."""

    TABLE = "table"
    JSONL = "jsonl"
    CSV = "csv"


DbOption = Annotated[
    str | None,
    typer.Option(
        "--db",
        metavar="PATH|URL",
        help="The database: a path (SQLite) or an SQLAlchemy URL such as postgresql://user@host/name.",
        show_default=f"$MITHAQ_DB, else {DEFAULT}",
    ),
]
RowFormatOption = Annotated[
    RowFormat | None,
    typer.Option(
        "--format",
        "-f",
        metavar="table|jsonl|csv",
        help="Tables for people, JSON Lines, or CSV.",
        show_default="table on a terminal, else jsonl",
    ),
]
PartyOption = Annotated[
    list[str] | None,
    typer.Option("--party", metavar="CODE", help="A state or organisation that takes part; several must all do."),
]
AreaOption = Annotated[
    list[str] | None, typer.Option("--area", metavar="AREA", help="An area (docs/data-model.md); several: any of them.")
]
StatusOption = Annotated[
    list[str] | None, typer.Option("--status", metavar="STATUS", help="The current stage; several: any of them.")
]
SinceOption = Annotated[
    str | None,
    typer.Option("--since", metavar="DATE", help="Reported on or after this day, month or year (2013-11)."),
]
UntilOption = Annotated[
    str | None, typer.Option("--until", metavar="DATE", help="Reported on or before this day, month or year.")
]
OutletNameOption = Annotated[
    str | None, typer.Option("--outlet", metavar="NAME", help="Reported by this outlet, named as its reports name it.")
]
LimitOption = Annotated[
    int | None, typer.Option("--limit", "-n", metavar="N", min=1, help="Show at most so many.", show_default="all")
]
LeastOption = Annotated[
    float,
    typer.Option(
        "--min-confidence",
        metavar="SHARE",
        min=0.0,
        max=1.0,
        help="Leave out commitments none of whose stages is this likely to be read right, 0 to 1.",
    ),
]
TodayOption = Annotated[
    str | None,
    typer.Option("--on", metavar="DATE", help="As of this day.", show_default="today"),
]


def opened(db: str | None, create: bool = False) -> Database:
    """The database that the option, the environment or the default names, its schema up to date."""
    return open_database(db or os.environ.get("MITHAQ_DB") or DEFAULT, create)


def filters(
    parties: list[str] | None = None,
    areas: list[str] | None = None,
    statuses: list[str] | None = None,
    since: str | None = None,
    until: str | None = None,
    outlet: str | None = None,
    least: float = 0.0,
    contradicted: bool = False,
) -> Filters:
    """The filters that the options ask for."""
    return Filters(
        tuple(code.upper() for code in any_of(parties)),
        any_of(areas),
        any_of(statuses),
        day(since, "--since", _FIRST) if since else None,
        day(until, "--until", _LAST) if until else None,
        outlet,
        confidence=least,
        contradicted=contradicted,
    ).checked()


def today(given: str | None) -> date:
    """The day as of which things are due."""
    return day(given, "--on", _LAST) if given else date.today()


def day(value: str, option: str, end: str) -> date:
    """A day, or the first or last one of a month or year."""
    try:
        parts = [int(part) for part in value.split("-")]
        if len(parts) == 3:
            return date(*parts)
        year, month = parts[0], parts[1] if len(parts) == 2 else (1 if end == _FIRST else 12)
        if len(parts) > 2:
            raise ValueError
        return date(year, month, 1 if end == _FIRST else monthrange(year, month)[1])
    except (ValueError, IndexError):
        message = f"{value!r} is not a day, a month or a year; write 2013-11-15, 2013-11 or 2013"
        raise typer.BadParameter(message, param_hint=option) from None


def chosen(format: RowFormat | None) -> RowFormat:
    """The format asked for; without one, tables if standard output is a terminal."""
    return format or (RowFormat.TABLE if sys.stdout.isatty() else RowFormat.JSONL)


def say_pending(count: int) -> None:
    """Tell that reports are kept but not merged, as after a killed ``add``."""
    if count:
        complain(f"{count:,} reports are not merged yet, so what follows lacks them: run mithaq merge")
