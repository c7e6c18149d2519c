"""``mithaq compare``: two files of records, cell by cell, as rows or as a page."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, redirect_stdout
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryFile
from typing import Annotated

import typer

from mithaq.cli.compare_rows import cells_of, print_rows, print_totals, summary
from mithaq.cli.options import Lang, LangOption
from mithaq.cli.output import complain
from mithaq.cli.progress import Progress
from mithaq.cli.store_options import RowFormat, chosen
from mithaq.errors import InputError
from mithaq.evaluation.comparison import Compared, Totals, compare_all
from mithaq.evaluation.shelf import Shelf, Side
from mithaq.export.files import whole_text
from mithaq.readers import Located, read_records, read_reports

_SHOWN = 100
"""Reports of a page that are shown without --limit."""


class _Format(StrEnum):
    """How a comparison is printed."""

    TABLE = "table"
    JSONL = "jsonl"
    CSV = "csv"
    HTML = "html"


def compare_command(
    a: Annotated[str, typer.Argument(metavar="A", help="Records, one JSON object a line.", show_default=False)],
    b: Annotated[str, typer.Argument(metavar="B", help="Other records of the same reports.", show_default=False)],
    gold: Annotated[
        str | None, typer.Option("--gold", metavar="FILE", help="Gold records: say which of both is right.")
    ] = None,
    reports: Annotated[
        str | None,
        typer.Option(
            "--reports",
            metavar="FILE",
            help="The reports, for the page's text.",
            show_default="the records' own text fields",
        ),
    ] = None,
    format: Annotated[
        _Format | None,
        typer.Option(
            "--format",
            "-f",
            metavar="table|jsonl|csv|html",
            help="Tables for people, a cell a line, or a page with both readings on the text.",
            show_default="table on a terminal, else jsonl",
        ),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="FILE", help="Where to.", show_default="standard output")
    ] = None,
    totals: Annotated[bool, typer.Option("--totals", help="Print only how often each cell agrees.")] = False,
    everything: Annotated[bool, typer.Option("--all", help="Print what agrees too.")] = False,
    limit: Annotated[
        int | None,
        typer.Option(
            "--limit",
            "-n",
            metavar="N",
            min=0,
            help="Show at most so many rows, or reports of a page; 0 for all.",
            show_default=f"{_SHOWN}, in JSON Lines and CSV all",
        ),
    ] = None,
    lang: LangOption = Lang.EN,
) -> None:
    """Compare two files of records, cell by cell: of two readers, of two versions, of two people.

        mithaq compare rules.jsonl model.jsonl

        mithaq compare rules.jsonl model.jsonl --gold gold.jsonl --totals

        mithaq compare rules.jsonl model.jsonl --reports news.jsonl --format html --out compared.html

    What stands for what is decided as in "mithaq evaluate". A cell is the same, is near (it counts as the same there,
    as a content that begins a word later), or differs; or one file alone has its row. The page shows both readings side
    by side on the text, needs no network, and takes the text from the records or from --reports.
    """
    format = format or _Format(chosen(None))
    if format is _Format.HTML and (totals or everything):
        raise typer.BadParameter("--totals and --all go with the other formats; the page has both")
    found = Totals()
    names = _name(a), _name(b)
    with Shelf() as shelf, _written_to(out):
        _fill(shelf, [("a", a), ("b", b), ("gold", gold)], reports if format is _Format.HTML else None)
        compared = _counted(compare_all(shelf), found)
        if format is _Format.HTML:
            _page(shelf, compared, found, (*names, _name(gold)), lang, _SHOWN if limit is None else limit)
        else:
            rows = cells_of(compared, everything)
            form = RowFormat(format.value)
            print_rows(rows, form, lang, limit) if not totals else _exhaust(rows)
            if totals or form is RowFormat.TABLE:
                print_totals(found, form, lang, gold is not None)
    for message in [*summary(found, names), *([f"written to {out}"] if out else [])]:
        complain(message)


@contextmanager
def _written_to(path: Path | None) -> Iterator[None]:
    """Standard output, or in its place a file that is there whole or not at all."""
    if path is None:
        yield
    else:
        with whole_text(path) as file, redirect_stdout(file):
            yield


def _fill(shelf: Shelf, files: Iterable[tuple[Side, str | None]], reports: str | None) -> None:
    """Take in the records of each side, and the reports' texts."""
    progress = Progress("records") if sys.stderr.isatty() else None

    def say(message: str) -> None:
        if progress:
            progress.clear()
        complain(message)

    try:
        read = 0
        for side, path in files:
            for record, text in read_records(path) if path else ():
                if not shelf.put(side, record):
                    say(f"{_name(path)}: note: {record.id!r} stands there twice; the last one counts")
                if text is not None:
                    shelf.put_text(record.id, text)
                read += 1
                if progress:
                    progress.update(read, 0)
            if path and not shelf.count(side):
                raise InputError(f"{_name(path)}: there is no record in it", "give one record a line (mithaq read)")
        for item in read_reports([reports]) if reports else ():
            if isinstance(item, Located):
                shelf.put_text(item.report.id, item.report.text)
            else:
                say(str(item))
    finally:
        if progress:
            progress.stop()


def _counted(compared: Iterable[Compared], totals: Totals) -> Iterator[Compared]:
    for each in compared:
        totals.add(each)
        yield each


def _exhaust(items: Iterable[object]) -> None:
    for _ in items:
        pass


def _page(
    shelf: Shelf,
    compared: Iterable[Compared],
    totals: Totals,
    names: tuple[str, str, str],
    lang: str,
    limit: int,
) -> None:
    """Write the page. Its head has the totals, so the reports wait on the disk until all are counted."""
    from mithaq.cli import compare_page

    called = compare_page.Names(*names)
    alone: dict[str, list[str]] = {"a": [], "b": []}
    shown = 0
    with TemporaryFile("w+", encoding="utf-8", errors="backslashreplace") as waiting:
        for each in compared:
            if not (each.a and each.b):
                if each.a or each.b:
                    compare_page.note(alone["a" if each.a else "b"], each.id)
            elif not each.agrees and (not limit or shown < limit):
                waiting.writelines(compare_page.report(each, shelf.text(each.id), called, first=not shown))
                shown += 1
        sys.stdout.writelines(compare_page.head(called, totals, lang, shown))
        waiting.seek(0)
        sys.stdout.writelines(waiting)
    sys.stdout.writelines(compare_page.foot(alone))


def _name(path: str | None) -> str:
    return "<stdin>" if path == "-" else path or ""
