"""``mithaq who``, ``search`` and ``sql``: questions to the whole database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Any

import typer

from mithaq.cli import store_options as options
from mithaq.cli.options import Lang, LangOption
from mithaq.cli.render import shorten
from mithaq.cli.rows import View, Words
from mithaq.query.speakers import Saying, sayings
from mithaq.query.sql import run_sql
from mithaq.store.search import Hit, search

_SHOWN = 160


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

        View("rows", names, cells, to_object, "no_row").print(rows, format)


def _saying_cells(s: Saying, words: Words) -> Sequence[object]:
    said = shorten(" … ".join(span.text for span in s.content), _SHOWN)
    sure = f"{words.word(s.certainty)} {s.polarity}"
    return (s.report, s.published, s.outlet, s.speaker, s.cue.text, said, sure, s.provisions)


def _saying_object(s: Saying) -> dict[str, Any]:
    return {
        "report": s.report,
        "attribution": s.attribution,
        "outlet": s.outlet,
        "date": s.published and s.published.isoformat(),
        "speaker": s.speaker,
        "kind": s.kind,
        "cue": s.cue.to_dict(),
        "content": [span.to_dict() for span in s.content],
        "certainty": s.certainty,
        "polarity": s.polarity,
        "provisions": list(s.provisions),
        "confidence": s.confidence,
    }


def _hit_cells(hit: Hit, _: Words) -> Sequence[object]:
    return (hit.report, hit.published, hit.outlet, hit.title, " ".join(hit.snippet.text.split()))


_SAYINGS = View(
    "sayings",
    ("report+date+outlet", "speaker+cue*", "content*", "certainty+provisions_of"),
    _saying_cells,
    _saying_object,
    "no_saying",
)
_HITS = View("hits", ("report+date+outlet", "title*", "snippet*"), _hit_cells, Hit.to_dict, "no_hit")


def _plain(value: Any) -> Any:
    """A value of a row as JSON can write it."""
    if isinstance(value, bytes | bytearray | memoryview):
        return f"<{len(bytes(value)):,} bytes>"
    if isinstance(value, date | datetime):
        return value.isoformat()
    return value if isinstance(value, str | int | float | bool | list | dict | None) else str(value)
