"""``mithaq who``, ``search`` and ``sql``: questions to the whole database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Any

import typer

from mithaq.cli import store_options as options
from mithaq.cli.options import Lang, LangOption
from mithaq.cli.rows import View
from mithaq.export import lists
from mithaq.export.rows import Rows, Words
from mithaq.query.speakers import sayings
from mithaq.query.sql import run_sql
from mithaq.store.search import search


def who_command(
    name: Annotated[list[str], typer.Argument(metavar="NAME...", help="A speaker's name, or words of it.")],
    db: options.DbOption = None,
    limit: options.LimitOption = None,
    format: options.RowFormatOption = None,
    lang: LangOption = Lang.EN,
) -> None:
    """List all that a speaker said, in all reports, the latest first.

    mithaq who شويغو
    """
    with options.opened(db) as database, database.read() as connection:
        _SAYINGS.print(sayings(connection, " ".join(name), limit), format, lang)


def search_command(
    words: Annotated[
        list[str],
        typer.Argument(metavar="WORDS...", help='All have to occur; "a phrase", -without, this OR that.'),
    ],
    db: options.DbOption = None,
    limit: Annotated[int, typer.Option("--limit", "-n", metavar="N", min=1, help="Show at most so many.")] = 20,
    format: options.RowFormatOption = None,
    lang: LangOption = Lang.EN,
) -> None:
    """Find reports by their words, in any form: «اتفاقية» finds «الاتفاقيات», with or without hamza and marks.

    mithaq search اتفاقية دفاع

    mithaq search '"مناورات مشتركة" -بحرية'
    """
    with options.opened(db) as database, database.read() as connection:
        _HITS.print(search(connection, " ".join(words), limit), format, lang)


def sql_command(
    statement: Annotated[str, typer.Argument(metavar="SELECT", help="One statement that reads.")],
    db: options.DbOption = None,
    format: options.RowFormatOption = None,
) -> None:
    """Ask the database with SQL; it may read, and nothing else.

        mithaq sql "SELECT area, status, count(*) FROM commitments GROUP BY area, status"

    The tables and their columns are in docs/database.md.
    """
    with options.opened(db) as database, database.read() as connection:
        names, rows = run_sql(connection, statement)

        def cells(row: Sequence[Any], _: Words) -> Sequence[object]:
            return [None if value is None else _plain(value) for value in row]

        def to_object(row: Sequence[Any]) -> dict[str, Any]:
            return dict(zip(names, map(_plain, row), strict=True))

        View(Rows("rows", names, cells, to_object, "no_row", named=True)).print(rows, format)


_SAYINGS = View(lists.SAYINGS)
_HITS = View(lists.HITS)


def _plain(value: Any) -> Any:
    """A value of a row as JSON can write it."""
    if isinstance(value, bytes | bytearray | memoryview):
        return f"<{len(bytes(value)):,} bytes>"
    if isinstance(value, date | datetime):
        return value.isoformat()
    return value if isinstance(value, str | int | float | bool | list | dict | None) else str(value)
