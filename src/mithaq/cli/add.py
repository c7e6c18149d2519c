"""``mithaq add``, ``merge`` and ``remove``: what is in the database."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mithaq import __version__
from mithaq.cli.backend_options import Choice, with_backend
from mithaq.cli.options import (
    NOTHING_READ,
    SOME_SET_ASIDE,
    ColumnOption,
    Files,
    OutletOption,
    PrivateOption,
    PublishedOption,
    fetcher,
)
from mithaq.cli.output import complain
from mithaq.cli.progress import Progress
from mithaq.cli.store_options import DbOption, opened
from mithaq.errors import QueryError
from mithaq.keep import ReadBefore, keep
from mithaq.merge.update import merge_pending
from mithaq.readers import Defaults, Located, SetAside, parse_columns, read_reports
from mithaq.store.database import Database
from mithaq.store.known import Outcome
from mithaq.store.reports import remove
from mithaq.workers import collect_less

if TYPE_CHECKING:
    from mithaq.fetch import Fetcher


@with_backend
def add_command(
    files: Files,
    db: DbOption = None,
    outlet: OutletOption = None,
    published: PublishedOption = None,
    column: ColumnOption = None,
    jobs: Annotated[
        int | None,
        typer.Option("--jobs", "-j", metavar="N", min=1, help="Read by so many processes.", show_default="all cores"),
    ] = None,
    again: Annotated[
        bool, typer.Option("--again", help="Read known reports anew, as after an upgrade; judgements are kept.")
    ] = False,
    allow_private: PrivateOption = False,
    *,
    backend: Choice,
) -> None:
    """Read reports, keep them in the database with their records, and merge them into the ledger.

        mithaq add news.jsonl.gz

        mithaq add --outlet الأخبار --published 2013-11-15 report.txt

    A folder that "mithaq run" wrote is loaded as it is, without reading its reports again.
    A report is known by its id, its URL, or its text and outlet; a known one is not read again, so adding the same
    file twice changes nothing, and after an interruption the same command goes on where it stopped. A known report
    with a new text is a new version, and the old one is kept. Each report is stored whole or not at all.
    """
    collect_less()
    reading = backend.make()
    with opened(db, create=True) as database:
        counts: Counter[str] = Counter()
        progress = Progress() if sys.stderr.isatty() else None
        try:
            items = _items(
                files, Defaults(outlet, published), parse_columns(column or ()), fetcher(files, allow_private)
            )
            for event in keep(database, items, __version__, jobs or os.cpu_count() or 1, again, reading):
                if isinstance(event, SetAside):
                    counts["set aside"] += 1
                    _say(progress, str(event))
                else:
                    counts[event.outcome] += 1
                    for note in event.located.notes if event.outcome is not Outcome.KNOWN else ():
                        _say(progress, f"{event.located.place}: note: {note}")
                if progress:
                    progress.update(counts.total() - counts["set aside"], counts["set aside"])
        finally:
            if progress:
                progress.stop()
            if reading:
                reading.close()
                for line in reading.summary():
                    complain(line)
        merged = _merge(database)
        complain(_summary(counts, merged, database))
    if counts["set aside"]:
        raise typer.Exit(SOME_SET_ASIDE if counts.total() > counts["set aside"] else NOTHING_READ)


def _items(
    files: list[str], defaults: Defaults, columns: dict[str, str], fetcher: Fetcher | None
) -> Iterator[Located | ReadBefore | SetAside]:
    """The reports of all inputs, in order; folders of runs have theirs read already."""
    runs = [path for path in files if os.path.isdir(path)]
    if not runs:
        return iter(read_reports(files, defaults, columns, fetcher))  # says at once what is wrong with the options
    from mithaq.batch.loading import is_complete, is_run, load_run  # needs pyarrow

    for path in runs:
        if is_run(path) and not is_complete(Path(path)):
            complain(f"{path} is of a run that is not over; what it has so far is added")

    def each() -> Iterator[Located | ReadBefore | SetAside]:
        for path in files:
            yield from load_run(Path(path)) if is_run(path) else read_reports([path], defaults, columns, fetcher)

    return each()


def merge_command(
    db: DbOption = None,
    afresh: Annotated[
        bool, typer.Option("--afresh", help="Merge everything again, as after an upgrade; judgements are kept.")
    ] = False,
) -> None:
    """Merge reports that are kept but not in the ledger yet, as after an interrupted "mithaq add".

    The result does not depend on the order in which reports were added, nor on how often this runs.
    """
    with opened(db) as database:
        merged = _merge(database, afresh)
    complain(f"{merged:,} reports merged")


def remove_command(
    ids: Annotated[list[str], typer.Argument(metavar="REPORT...", help="Ids of reports.", show_default=False)],
    db: DbOption = None,
) -> None:
    """Take reports out of the database, with their records and all their versions.

    Judgements stay: if a report is added again, they hold again.
    """
    with opened(db) as database:
        with database.write() as connection:
            missing = [id for id in ids if not remove(connection, id)]
            if missing:
                raise QueryError(
                    f"there is no report {missing[0]!r}; nothing was removed", "mithaq search finds reports"
                )
        _merge(database)
    complain(f"{len(ids):,} removed")


def _merge(database: Database, afresh: bool = False) -> int:
    progress = Progress("merged") if sys.stderr.isatty() else None
    try:
        return merge_pending(database, afresh, (lambda done: progress.update(done, 0)) if progress else None)
    finally:
        if progress:
            progress.stop()


def _summary(counts: Counter[str], merged: int, database: Database) -> str:
    parts = [f"{counts[Outcome.NEW]:,} new", f"{counts[Outcome.KNOWN]:,} known"]
    if counts[Outcome.VERSION]:
        parts.append(f"{counts[Outcome.VERSION]:,} with a new text")
    parts.append(f"{counts['set aside']:,} set aside")
    return f"{', '.join(parts)}; {merged:,} merged into {database.name}"


def _say(progress: Progress | None, message: str) -> None:
    if progress:
        progress.clear()
    complain(message)
