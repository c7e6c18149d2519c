"""``mithaq reviewed``: what persons reviewed, as gold."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from mithaq.cli.output import complain, write_json_line
from mithaq.cli.store_options import DbOption, opened
from mithaq.query.reviewed import gold


class GoldFormat(StrEnum):
    """How gold is printed."""

    JSONL = "jsonl"


def reviewed_command(
    db: DbOption = None,
    partial: Annotated[
        bool,
        typer.Option("--partial", help="Also reports that were reviewed in part; of these, the reviewed rows only."),
    ] = False,
    format: Annotated[
        GoldFormat, typer.Option("--format", "-f", metavar="jsonl", help="JSON Lines: one record a line.")
    ] = GoldFormat.JSONL,
) -> None:
    """Print the reviewed records as gold: the guidelines' JSON, with the reports' texts.

        mithaq reviewed > gold.jsonl

        mithaq evaluate gold.jsonl

    Corrections become evaluation data this way: "evaluate" reads the texts anew and compares. Only reports that a
    reviewer called complete are printed, since in others nobody looked for what the reader missed.
    """
    count = 0
    with opened(db).read() as connection:
        for record in gold(connection, partial):
            write_json_line(record)
            count += 1
    complain(f"{count:,} reviewed reports" + ("" if count or partial else "; --partial prints those that are begun"))
