"""``mithaq explain``: what gave each cell of a record."""

from __future__ import annotations

from typing import Any

from mithaq.cli.options import (
    ColumnOption,
    Files,
    Format,
    FormatOption,
    Lang,
    LangOption,
    OutletOption,
    PrivateOption,
    PublishedOption,
    chosen_format,
    fetcher,
)
from mithaq.cli.output import write_json_line
from mithaq.cli.run import Run, wants_progress
from mithaq.model import Record
from mithaq.readers import Defaults, parse_columns, read_reports


def explain_command(
    files: Files,
    format: FormatOption = None,
    lang: LangOption = Lang.EN,
    outlet: OutletOption = None,
    published: PublishedOption = None,
    column: ColumnOption = None,
    allow_private: PrivateOption = False,
) -> None:
    """Show what gave each cell: the entry of the lexicon, or the construction.

    "cues/saying.toml: reveal" is the entry [reveal] of that file under mithaq/data; to change what it does, edit it.
    """
    run = Run(
        read_reports(files, Defaults(outlet, published), parse_columns(column or ()), fetcher(files, allow_private)),
        wants_progress(),
    )
    if chosen_format(format) is Format.JSONL:
        for record in run.records():
            write_json_line(explained(record))
    else:
        from mithaq.cli.render import Renderer

        renderer = Renderer(lang)
        for record in run.records():
            renderer.explain(record)
    run.finish()


def explained(record: Record) -> dict[str, Any]:
    """The record's JSON, with ``why`` (a list of cell and reason) in each attribution and provision."""
    found = record.to_dict()
    for name, items in (("attributions", record.attributions), ("provisions", record.provisions)):
        found[name] = [
            {**item.to_dict(), "why": [{"cell": cell, "reason": reason} for cell, reason in item.why]} for item in items
        ]
    return found
