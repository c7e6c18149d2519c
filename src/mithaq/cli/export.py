"""``mithaq export``: the ledger in the forms that other tools read."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mithaq.cli import store_options as options
from mithaq.cli.options import Lang, LangOption
from mithaq.cli.output import complain
from mithaq.export import Options, export, exports
from mithaq.query import ledger

_FORMS = "; ".join(f"{name}: {form.what}" for name, form in exports().items())


def export_command(
    to: Annotated[str, typer.Option("--to", metavar="FORM", help=f"{_FORMS}.")],
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", metavar="PATH", help="Where to.", show_default="mithaq with the form's ending"),
    ] = None,
    db: options.DbOption = None,
    party: options.PartyOption = None,
    area: options.AreaOption = None,
    status: options.StatusOption = None,
    since: options.SinceOption = None,
    until: options.UntilOption = None,
    outlet: options.OutletNameOption = None,
    min_confidence: options.LeastOption = 0.0,
    on: options.TodayOption = None,
    bom: Annotated[
        bool, typer.Option("--bom", help="Begin CSV with the mark by which spreadsheets know UTF-8.")
    ] = False,
    lang: LangOption = Lang.EN,
) -> None:
    """Write the ledger to a file, or a folder of tables, in a form that other tools read.

        mithaq export --to csv --out stages.csv --party EGY --party RUS

        mithaq export --to ics --lang ar

    The filters choose agreements that hold such a commitment. docs/exports.md describes each form and its columns.
    """
    wanted = options.filters(party, area, status, since, until, outlet, min_confidence)
    form = exports().get(to)
    path = out or Path(f"mithaq{form.ending or '-' + to}" if form else "mithaq")
    with options.opened(db) as database, database.read() as connection:
        options.say_pending(ledger.pending(connection))
        ids = ledger.find_agreements(connection, wanted)
        found = ledger.load_agreements(connection, ids, options.today(on))
        written = export(to, found, path, Options(lang.value, bom))
    complain(f"{written:,} records of {len(ids):,} agreements written to {path}")
