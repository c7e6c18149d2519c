"""Inputs → records. One bad report never stops a run: it is named on standard error, and the next one is read."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import typer

from mithaq.cli.options import NOTHING_READ, SOME_SET_ASIDE
from mithaq.cli.output import complain
from mithaq.cli.progress import Progress
from mithaq.errors import InputError
from mithaq.model import Record
from mithaq.pipeline import attempt
from mithaq.readers import Located, SetAside

if TYPE_CHECKING:
    from mithaq.backends import Backend


class Run:
    """One run over reports: iterate over :meth:`records`, then :meth:`finish`."""

    def __init__(
        self,
        items: Iterable[Located | SetAside],
        progress: bool = False,
        min_confidence: float = 0.0,
        backend: Backend | None = None,
    ) -> None:
        """Read *items*, by the rules unless a *backend* is given, which is closed at the end."""
        self._backend = backend
        self.read = 0
        self.set_aside = 0
        self._items = items
        self._least = min_confidence
        self._progress = Progress() if progress else None

    def records(self) -> Iterator[Record]:
        """The record of each report that can be read, as soon as it is read."""
        try:
            for item, read in self._all_read():
                record = self._record(item, read)
                if self._progress:
                    self._progress.update(self.read, self.set_aside)
                if record is not None:
                    yield record
        finally:
            if self._progress:
                self._progress.stop()
            if self._backend:
                self._backend.close()
                for line in self._backend.summary():
                    complain(line)

    def finish(self) -> None:
        """Raise :class:`typer.Exit` with the exit code that the run deserves, unless everything was read."""
        if not self.set_aside:
            return
        if self.read:
            complain(f"{self.read:,} read, {self.set_aside:,} set aside")
        raise typer.Exit(SOME_SET_ASIDE if self.read else NOTHING_READ)

    def _all_read(self) -> Iterator[tuple[Located | SetAside, Record | InputError]]:
        """Each item with what became of it, in order; a backend that waits for a server has several under way."""
        if self._backend and self._backend.threads:
            from mithaq.backends.threads import in_threads

            return in_threads(self._read, self._items, self._backend.threads)
        return map(self._read, self._items)

    def _read(self, item: Located | SetAside) -> tuple[Located | SetAside, Record | InputError]:
        if isinstance(item, SetAside):
            return item, item.error
        return item, (self._backend or attempt)(item.report)

    def _record(self, item: Located | SetAside, record: Record | InputError) -> Record | None:
        if isinstance(item, Located):
            for note in item.notes:
                self._say(f"{item.place}: note: {note}")
            if isinstance(record, Record):
                self.read += 1
                return record.confident(self._least) if self._least else record
            item = SetAside(item.place, record)
        self.set_aside += 1
        self._say(str(item))
        return None

    def _say(self, message: str) -> None:
        if self._progress:
            self._progress.clear()
        complain(message)


def wants_progress() -> bool:
    """Whether a person watches standard error while the output goes elsewhere."""
    return sys.stderr.isatty() and not sys.stdout.isatty()
