"""``mithaq read``: reports in, records out."""

from __future__ import annotations

from typing import Annotated

import typer

from mithaq.cli.backend_options import Choice, with_backend
from mithaq.cli.options import (
    ColumnOption,
    ConfidenceOption,
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
from mithaq.readers import Defaults, parse_columns, read_reports


@with_backend
def read_command(
    files: Files,
    format: FormatOption = None,
    lang: LangOption = Lang.EN,
    outlet: OutletOption = None,
    published: PublishedOption = None,
    column: ColumnOption = None,
    title: Annotated[str | None, typer.Option("--title", metavar="TEXT", help="The title of the one report.")] = None,
    id: Annotated[
        str | None, typer.Option("--id", metavar="ID", help="The id of the one report; else its file's name.")
    ] = None,
    min_confidence: ConfidenceOption = 0.0,
    allow_private: PrivateOption = False,
    *,
    backend: Choice,
) -> None:
    """Read reports: who says what, and what states agree.

    On a terminal each report's record is shown as tables; in a pipe it is one JSON object a line:

        mithaq read news.jsonl.gz > records.jsonl

        mithaq read export.csv --column text=body --column title=headline

        mithaq read https://news.example/world/4711

        mithaq read report.txt --format jsonl | jq '.provisions[].evidence.text'

        mithaq read news.jsonl --backend llm --model NAME --base-url http://localhost:8000/v1

    The share beside a row's status or manner is its confidence: how likely it is to be right.

    What cannot be read is listed on standard error with file and line, and the rest is read.
    On a terminal Arabic stands between Unicode isolates, so that columns keep their order whether the terminal turns
    right-to-left text itself or not; "mithaq read FILE --format table | cat" leaves them out.
    """
    if len(files) > 1 and (title or id):
        raise typer.BadParameter("--title and --id describe one report; give one FILE")
    items = read_reports(
        files, Defaults(outlet, published, title, id), parse_columns(column or ()), fetcher(files, allow_private)
    )
    run = Run(items, wants_progress(), min_confidence, backend.make())
    if chosen_format(format) is Format.JSONL:
        for record in run.records():
            write_json_line(record.to_dict())
    else:
        from mithaq.cli.render import Renderer  # rich takes longer to import than a short report to read

        renderer = Renderer(lang)
        for record in run.records():
            renderer.show(record)
    run.finish()
