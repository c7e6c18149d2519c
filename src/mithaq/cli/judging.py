"""``mithaq judge`` and ``undo``: a person's word on what is the same."""

from __future__ import annotations

import getpass
from enum import StrEnum
from typing import Annotated

import typer

from mithaq.cli.output import complain
from mithaq.cli.store_options import DbOption, opened
from mithaq.errors import QueryError
from mithaq.merge.update import merge_pending
from mithaq.query.places import anchor
from mithaq.store.judgements import Judgement, judge, undo


class Verdict(StrEnum):
    """What a person may say of two provisions."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"


AuthorOption = Annotated[
    str | None, typer.Option("--author", metavar="NAME", help="Who judges.", show_default="the user's login")
]


def judge_command(
    one: Annotated[
        str, typer.Argument(metavar="A", help="An agreement (a...), a commitment (c...) or a stage (REPORT/PROVISION).")
    ],
    other: Annotated[str, typer.Argument(metavar="B", help="Another one.")],
    verdict: Annotated[Verdict, typer.Argument(metavar="same|different|unsure", help="What you say of them.")],
    db: DbOption = None,
    author: AuthorOption = None,
) -> None:
    """Say whether two agreements, commitments or stages are the same thing; the ledger follows at once.

        mithaq judge c1f2a9 c77b03 same

        mithaq judge news-17/p2 news-31/p1 different

    "same" joins them, "different" keeps or takes them apart, "unsure" stops the machine from joining them on its own. A
    judgement holds over the machine's, survives re-reading, and can be taken back with "mithaq undo".
    """
    with opened(db) as database:
        with database.write() as connection:
            (first, level), (second, other_level) = anchor(connection, one), anchor(connection, other)
            if level != other_level:
                raise QueryError(f"{one} and {other} are of different kinds", "give two agreements, or no agreement")
            if first == second:
                raise QueryError(f"{one} and {other} are the same place", "give two different ones")
            number = judge(connection, first, second, verdict.value, author or _login(), level)
        merge_pending(database)
        complain(f"judgement {number} kept: {one} and {other} are {verdict.value}")


def undo_command(
    number: Annotated[
        int | None, typer.Argument(metavar="NUMBER", help="The judgement.", show_default="the last one in effect")
    ] = None,
    db: DbOption = None,
) -> None:
    """Take back a judgement; the ledger follows at once."""
    with opened(db) as database:
        with database.write() as connection:
            taken = undo(connection, number)
            if taken is None:
                raise QueryError(
                    "there is no judgement to take back" if number is None else f"no judgement {number} is in effect",
                    'mithaq sql "SELECT * FROM judgements WHERE NOT machine" lists them',
                )
        merge_pending(database)
        complain(f"judgement {taken.id} taken back: {_said(taken)}")


def _said(judgement: Judgement) -> str:
    one, other = judgement.one, judgement.other
    return f"{one.report} [{one.start}:{one.end}] and {other.report} [{other.start}:{other.end}] {judgement.verdict}"


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a process without a user of its own, as in some containers
        return "unknown"
