"""``mithaq run``: millions of reports into a folder of Parquet files."""

from __future__ import annotations

import os
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from mithaq import __version__
from mithaq.batch.run import SHARD, Totals, run
from mithaq.batch.shards import Done
from mithaq.cli.options import NOTHING_READ, SOME_SET_ASIDE, ColumnOption, Files, OutletOption, PublishedOption
from mithaq.cli.output import complain
from mithaq.cli.progress import Progress
from mithaq.readers import Defaults, parse_columns

_INTERRUPTED = 130
_SHOWN = 20


class Engine(StrEnum):
    """What schedules the shards."""

    LOCAL = "local"
    SPARK = "spark"


def run_command(
    files: Files,
    out: Annotated[Path, typer.Option("--out", "-o", metavar="FOLDER", help="Where the tables go; made if need be.")],
    jobs: Annotated[
        int | None,
        typer.Option("--jobs", "-j", metavar="N", min=1, help="Read by so many processes.", show_default="all cores"),
    ] = None,
    shard: Annotated[
        int,
        typer.Option("--shard", metavar="N", min=1, max=1_000_000, help="Reports of one file of a table, about."),
    ] = SHARD,
    engine: Annotated[
        Engine, typer.Option("--engine", metavar="local|spark", help="This machine, or Apache Spark.")
    ] = Engine.LOCAL,
    master: Annotated[
        str | None,
        typer.Option(
            "--master", metavar="URL", help="The address of the Spark cluster.", show_default="Spark on this machine"
        ),
    ] = None,
    outlet: OutletOption = None,
    published: PublishedOption = None,
    column: ColumnOption = None,
) -> None:
    """Read many reports into a folder of Parquet files: reports, attributions, provisions, entities, and what was set
    aside (docs/running.md).

        mithaq run news/*.jsonl.gz --out record

        mithaq add record

    Stopped at any moment, the same command goes on where it was: no report is read twice into the tables, and none is
    lost. Memory stays the same however large the input is. What cannot be read is in the table "aside", with its
    reason; the first of it is listed on standard error.
    """
    if master and engine is not Engine.SPARK:
        raise typer.BadParameter("only Spark has a master; add --engine spark", param_hint="--master")
    watch = _Watch()
    try:
        totals = run(
            files,
            out,
            __version__,
            jobs=jobs or os.cpu_count() or 1,
            shard=shard,
            defaults=Defaults(outlet, published),
            columns=parse_columns(column or ()),
            engine=engine.value,
            master=master,
            watch=watch.see,
        )
    except KeyboardInterrupt as error:
        watch.clear()
        complain("interrupted; the same command goes on from here")
        raise typer.Exit(_INTERRUPTED) from error
    finally:
        watch.stop()
    complain(_summary(totals, out))
    if totals.aside:
        raise typer.Exit(SOME_SET_ASIDE if totals.reports else NOTHING_READ)


class _Watch:
    """What a person sees meanwhile."""

    def __init__(self) -> None:
        self._progress = Progress() if sys.stderr.isatty() else None
        self._shown = 0

    def see(self, done: Done, totals: Totals) -> None:
        for message in () if done.before else done.shown:
            if self._shown == _SHOWN:
                self._say("and more: see the table 'aside'")
            elif self._shown < _SHOWN:
                self._say(message)
            self._shown += 1
        if self._progress:
            before = totals.before or Totals()
            self._progress.update(
                totals.reports, totals.aside, self._left(totals, before), before.reports + before.aside
            )

    def _left(self, totals: Totals, before: Totals) -> float | None:
        size = totals.size - before.size
        if not self._progress or not size:
            return None
        return self._progress.seconds * max(totals.whole - totals.size, 0) / size

    def _say(self, message: str) -> None:
        self.clear()
        complain(message)

    def clear(self) -> None:
        if self._progress:
            self._progress.clear()

    def stop(self) -> None:
        if self._progress:
            self._progress.stop()


def _summary(totals: Totals, out: Path) -> str:
    before = totals.before
    found = f" ({before.reports:,} of them before)" if before else ""
    return (
        f"{totals.reports:,} reports read{found}, {totals.provisions:,} provisions, {totals.aside:,} set aside; "
        f"{totals.shards:,} shards in {out}"
    )
