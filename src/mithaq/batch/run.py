"""All of it together: inputs → a folder, by an engine, from where it stopped."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, field, replace
from pathlib import Path

from mithaq.batch import manifest
from mithaq.batch.local import pieces_for, run_local
from mithaq.batch.shards import NO_DEFAULTS, Done, Job
from mithaq.batch.tables import arrow
from mithaq.errors import RunError
from mithaq.readers import Defaults
from mithaq.readers.items import NO_COLUMNS
from mithaq.readers.reports import wishes_of

SHARD = 1000
"""Reports of a shard unless told otherwise: some seconds of work."""
_SAVED = 5.0
"""Seconds between two writings of the manifest."""


ROWS = ("shards", "reports", "provisions", "aside")
"""What the manifest counts, in the order of :class:`Totals`."""


@dataclass(frozen=True, slots=True)
class Totals:
    """How far a run is: shards and rows that are written. *size* of *whole* bytes of the inputs are read.

    *before* has the totals of what an earlier start of the same run wrote.
    """

    whole: int = 0
    size: int = 0
    shards: int = 0
    reports: int = 0
    provisions: int = 0
    aside: int = 0
    before: Totals | None = field(default=None, repr=False)

    def plus(self, done: Done) -> Totals:
        """With one shard more."""
        more = replace(
            self,
            size=self.size + done.size,
            shards=self.shards + 1,
            reports=self.reports + done.reports,
            provisions=self.provisions + done.provisions,
            aside=self.aside + done.aside,
        )
        if not done.before:
            return more
        return replace(more, before=(self.before or Totals()).plus(replace(done, before=False)))

    def rows(self) -> dict[str, int]:
        """What the manifest keeps."""
        return {name: getattr(self, name) for name in ROWS}


def run(
    inputs: Sequence[str],
    out: Path,
    reader: str,
    *,
    jobs: int = 1,
    shard: int = SHARD,
    defaults: Defaults = NO_DEFAULTS,
    columns: Mapping[str, str] = NO_COLUMNS,
    engine: str = "local",
    master: str | None = None,
    watch: Callable[[Done, Totals], None] = lambda done, totals: None,
) -> Totals:
    """Read all reports of *inputs* into the folder *out*, or go on with that; *watch* sees each shard as it is done.

    *reader* is the version of mithaq; *shard* the reports of a shard. With the engine ``"spark"``, *master* is the
    address of the cluster, and *jobs* counts on the local one only. Raises :class:`~mithaq.errors.RunError`,
    :class:`~mithaq.errors.InputError` for options that are wrong, and :class:`OSError` when the disk refuses; what is
    written stays, and the same call goes on.
    """
    arrow("pyarrow.parquet")
    wishes_of(defaults, columns)
    job = Job(str(out), uuid.uuid4().hex, reader, shard, defaults, tuple(sorted(columns.items())))
    wanted = manifest.of(inputs, job)
    totals = Totals(whole=sum(i["size"] for i in wanted.inputs))
    with manifest.entered(out, wanted) as begun, ExitStack() as stack:
        if begun.complete and begun.totals:
            shards, reports, provisions, aside = (begun.totals[name] for name in ROWS)
            found = Totals(totals.whole, totals.whole, shards, reports, provisions, aside)
            return replace(found, before=found)
        saved = time.monotonic()
        # Closed at once when something goes wrong here: workers must not go on behind the folder's lock.
        for done in stack.enter_context(closing(_engine(engine, inputs, job, jobs, master))):
            totals = totals.plus(done)
            watch(done, totals)
            if time.monotonic() - saved > _SAVED:
                manifest.store(out, begun.with_totals(totals.rows(), complete=False))
                saved = time.monotonic()
        if manifest.of(inputs, job).inputs != begun.inputs:
            raise RunError("an input changed while it was read", "start again with a new folder")
        manifest.store(out, begun.with_totals(totals.rows(), complete=True))
    return totals


def _engine(name: str, inputs: Sequence[str], job: Job, jobs: int, master: str | None) -> Generator[Done]:
    match name:
        case "local":
            return run_local(pieces_for(inputs, job, jobs), job, jobs)
        case "spark":
            from mithaq.batch.spark import run_spark  # only who has it can import it

            return run_spark(inputs, job, jobs, master)
    raise RunError(f"there is no engine {name!r}", "use local or spark")
