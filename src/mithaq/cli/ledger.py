"""``mithaq agreements``, ``commitments`` and ``due``: lists out of the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

import typer

from mithaq.cli import store_options as options
from mithaq.cli.options import Lang, LangOption
from mithaq.cli.render import shorten
from mithaq.cli.rows import View, Words
from mithaq.ledger.items import Agreement, Commitment
from mithaq.query import ledger

_SHOWN = 90


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


def _agreement_cells(a: Agreement, words: Words) -> Sequence[object]:
    areas = dict.fromkeys(f"{words.area(c.area)}: {words.status(c.status)}" for c in a.commitments)
    return (a.id, a.first, a.last, a.parties, a.name, "\n".join(areas), len(a.reports))


def _commitment_cells(c: Commitment, words: Words) -> Sequence[object]:
    surest = max(c.stages, key=lambda s: s.confidence)
    return (
        c.id,
        c.first,
        c.last,
        words.area(c.area),
        words.status(c.status),
        c.parties,
        shorten(surest.evidence.text, _SHOWN),
        len({s.report for s in c.stages}),
        len(c.outlets),
        len(c.contradictions),
    )


def _due_cells(c: Commitment, words: Words) -> Sequence[object]:
    due = c.follow_up
    assert due, "due_command leaves out what has none"
    return (
        c.id,
        due.due,
        due.days,
        words.word(due.kind),
        words.area(c.area),
        words.status(due.stage.status),
        c.parties,
        shorten(due.stage.evidence.text, _SHOWN),
        due.stage.report,
        due.stage.published,
    )


def commitment_object(c: Commitment) -> dict[str, Any]:
    """The JSON of a commitment, with what follows from its stages."""
    due = c.follow_up
    return {
        **c.to_dict(),
        "agreement": c.agreement,
        "rule": c.rule,
        "outlets": list(c.outlets),
        "speakers": list(c.speakers),
        "contradictions": [
            {"kind": x.kind, "one": x.one.key, "other": x.other.key, "what": list(x.what)} for x in c.contradictions
        ],
        "follow_up": due and {"kind": due.kind, "stage": due.stage.key, "due": due.due.isoformat(), "days": due.days},
    }


AGREEMENTS = View(
    "agreements",
    ("id+first+last", "parties+name", "commitments~", "reports"),
    _agreement_cells,
    Agreement.to_dict,
    "no_agreement",
)
COMMITMENTS = View(
    "commitments",
    ("id+first+last", "area+status", "parties", "evidence*", "reports", "outlets", "contradictions"),
    _commitment_cells,
    commitment_object,
    "no_commitment",
)
DUE = View(
    "due",
    ("id+due+days_ago+why", "area+said", "parties", "evidence*", "report+date"),
    _due_cells,
    commitment_object,
    "nothing_due",
)
