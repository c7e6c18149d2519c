"""``mithaq agreements``, ``commitments`` and ``due``: lists out of the ledger."""

from __future__ import annotations

from typing import Annotated

import typer

from mithaq.cli import store_options as options
from mithaq.cli.options import Lang, LangOption
from mithaq.cli.rows import View
from mithaq.export import lists
from mithaq.query import ledger


def agreements_command(
    db: options.DbOption = None,
    party: options.PartyOption = None,
    area: options.AreaOption = None,
    status: options.StatusOption = None,
    since: options.SinceOption = None,
    until: options.UntilOption = None,
    outlet: options.OutletNameOption = None,
    min_confidence: options.LeastOption = 0.0,
    limit: options.LimitOption = None,
    format: options.RowFormatOption = None,
    lang: LangOption = Lang.EN,
) -> None:
    """List agreements: the commitments of one instrument or one round of talks, the latest reported first.

    mithaq agreements --party EGY --party RUS --since 2013-11

    mithaq agreements --format jsonl > agreements.jsonl
    """
    wanted = options.filters(party, area, status, since, until, outlet, min_confidence)
    with options.opened(db) as database, database.read() as connection:
        options.say_pending(ledger.pending(connection))
        ids = ledger.find_agreements(connection, wanted, limit)
        found = ledger.load_agreements(connection, ids, options.today(None))
        AGREEMENTS.print(found, format, lang)


def commitments_command(
    db: options.DbOption = None,
    party: options.PartyOption = None,
    area: options.AreaOption = None,
    status: options.StatusOption = None,
    since: options.SinceOption = None,
    until: options.UntilOption = None,
    outlet: options.OutletNameOption = None,
    min_confidence: options.LeastOption = 0.0,
    contradicted: Annotated[
        bool, typer.Option("--contradicted", help="Only those whose reports contradict each other.")
    ] = False,
    limit: options.LimitOption = None,
    format: options.RowFormatOption = None,
    lang: LangOption = Lang.EN,
) -> None:
    """List commitments: one row a thing that states do or would do, with how far along it is, on whose word.

        mithaq commitments --party EGY --party RUS --area arms_transfer --status planned --since 2013-11

    A commitment stands in several reports; its stage is the current one by the rules of docs/ledger.md.
    """
    wanted = options.filters(party, area, status, since, until, outlet, min_confidence, contradicted)
    with options.opened(db) as database, database.read() as connection:
        options.say_pending(ledger.pending(connection))
        ids = ledger.find_commitments(connection, wanted, limit)
        found = ledger.load_commitments(connection, ids, options.today(None))
        COMMITMENTS.print(found, format, lang)


def due_command(
    db: options.DbOption = None,
    party: options.PartyOption = None,
    area: options.AreaOption = None,
    on: options.TodayOption = None,
    limit: options.LimitOption = None,
    format: options.RowFormatOption = None,
    lang: LangOption = Lang.EN,
) -> None:
    """List what was announced for a time that has passed with no later report, and what recurs and is due.

        mithaq due --on 2015-12-31 --party FRA

    The longest overdue come first. That no report was found does not mean that it did not happen: see docs/ledger.md.
    """
    day = options.today(on)
    wanted = options.filters(party, area)
    with options.opened(db) as database, database.read() as connection:
        options.say_pending(ledger.pending(connection))
        ids = ledger.overdue(connection, day, wanted, limit)
        found = (c for c in ledger.load_commitments(connection, ids, day) if c.follow_up)
        DUE.print(found, format, lang)


AGREEMENTS = View(lists.AGREEMENTS)
COMMITMENTS = View(lists.COMMITMENTS)
DUE = View(lists.DUE)
