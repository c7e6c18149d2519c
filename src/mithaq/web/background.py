"""What runs beside the pages: reading what was uploaded, and merging after a review. Pages never wait for the first."""

from __future__ import annotations

import logging
import os
import secrets
import shutil
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from queue import Empty, Full, Queue
from threading import Condition, Event, Thread
from typing import Literal, NamedTuple

from mithaq import __version__
from mithaq.errors import InputError, MithaqError
from mithaq.keep import keep
from mithaq.merge.update import merge_pending
from mithaq.readers import Located, SetAside
from mithaq.store.database import Database
from mithaq.web.settings import Settings

_LOG = logging.getLogger("mithaq.web")
_WAITING = 8
"""Jobs that may wait; more are refused."""
_REMEMBERED = 50
_LISTED = 500
"""Reports, and things set aside, that a job lists; the rest is counted."""
_JOBS = 2
_TICK = 0.2

State = Literal["waiting", "reading", "merging", "done", "failed"]
Items = Callable[[], Iterable[Located | SetAside]]


class Listed(NamedTuple):
    """A report that a job stored, or found to be there: *outcome* as ``mithaq.store.reports.Outcome``."""

    id: str
    title: str
    outcome: str
    notes: tuple[str, ...]


@dataclass
class Job:
    """Something that is being added: what became of it so far."""

    id: str
    author: str
    begun: datetime
    state: State = "waiting"
    counts: Counter[str] = field(default_factory=Counter)
    kept: list[Listed] = field(default_factory=list)
    aside: list[tuple[str, str, str]] = field(default_factory=list)
    """Where it stood, why it was set aside, what to do."""
    error: str = ""
    hint: str = ""

    @property
    def over(self) -> bool:
        """Whether nothing more will change."""
        return self.state in ("done", "failed")

    def to_dict(self) -> dict[str, object]:
        """What the page polls for."""
        return {"state": self.state, "counts": dict(self.counts), "over": self.over}


class Background:
    """Two threads of the server's process, begun when they are first needed, ended by :meth:`stop`."""

    def __init__(self, database: Database, settings: Settings) -> None:
        self._database = database
        self._settings = settings
        self._stopped = Event()
        self._queue: Queue[tuple[Job, Items, Path | None]] = Queue(_WAITING)
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._threads: dict[str, Thread] = {}
        self._merging = Condition()
        self._asked = self._merged = 0

    def add(self, items: Items, author: str, folder: Path | None = None) -> Job:
        """Have reports read and stored; *folder* is removed afterwards. Raises when too much is waiting already."""
        job = Job(secrets.token_urlsafe(9), author, datetime.now(UTC).replace(tzinfo=None))
        try:
            self._queue.put_nowait((job, items, folder))
        except Full:
            if folder:
                shutil.rmtree(folder, ignore_errors=True)
            raise MithaqError("too much is waiting to be read", "try again when that is done") from None
        self._jobs[job.id] = job
        for id in [id for id, old in self._jobs.items() if old.over][: max(0, len(self._jobs) - _REMEMBERED)]:
            self._jobs.pop(id, None)
        self._begin("adding", self._add_all)
        return job

    def job(self, id: str) -> Job | None:
        """A job that was begun lately."""
        return self._jobs.get(id)

    def jobs(self) -> list[Job]:
        """The jobs of late, the last first."""
        return list(reversed(self._jobs.values()))

    def merge(self, patience: float = 2.0) -> bool:
        """Have the ledger follow; whether it did within *patience* seconds. It goes on if not."""
        with self._merging:
            self._asked += 1
            mine = self._asked
            self._begin("merging", self._merge_all)
            self._merging.notify_all()
            return self._merging.wait_for(lambda: self._merged >= mine, patience)

    @property
    def merging(self) -> bool:
        """Whether the ledger still has to follow something that was said."""
        return self._asked > self._merged

    def stop(self) -> None:
        """End the threads: what is stored is whole, what is not is left out, and can be added again."""
        self._stopped.set()
        with self._merging:
            self._merging.notify_all()
        for thread in self._threads.values():
            thread.join(10)
        while True:
            try:
                _, _, folder = self._queue.get_nowait()
            except Empty:
                return
            if folder:
                shutil.rmtree(folder, ignore_errors=True)

    def _begin(self, name: str, work: Callable[[], None]) -> None:
        if name not in self._threads and not self._stopped.is_set():
            self._threads[name] = Thread(target=work, name=f"mithaq-{name}", daemon=True)
            self._threads[name].start()

    def _add_all(self) -> None:
        while not self._stopped.is_set():
            try:
                job, items, folder = self._queue.get(timeout=_TICK)
            except Empty:
                continue
            try:
                self._add(job, items)
                job.state = "done"
            except MithaqError as error:
                job.error, job.hint, job.state = error.message, error.hint, "failed"
            except Exception:
                _LOG.exception("adding failed")
                job.error, job.state = "internal error", "failed"
            finally:
                if folder:
                    shutil.rmtree(folder, ignore_errors=True)

    def _add(self, job: Job, items: Items) -> None:
        job.state = "reading"
        events = keep(self._database, items(), __version__, min(_JOBS, os.cpu_count() or 1))
        for event in events:
            if isinstance(event, SetAside):
                job.counts["set_aside"] += 1
                if len(job.aside) < _LISTED:
                    job.aside.append((str(event.place), event.error.message, event.error.hint))
            else:
                job.counts[event.outcome] += 1
                if len(job.kept) < _LISTED:
                    title = event.located.report.title or ""
                    job.kept.append(Listed(event.id, title, event.outcome, event.located.notes))
            if self._stopped.is_set():
                raise InputError("the reading room was closed", "add the same again")
        job.state = "merging"
        merge_pending(self._database)

    def _merge_all(self) -> None:
        while True:
            with self._merging:
                self._merging.wait_for(lambda: self._asked > self._merged or self._stopped.is_set())
                if self._stopped.is_set():
                    return
                asked = self._asked
            try:
                merge_pending(self._database)
            except Exception:  # the reviews are kept: the next merge takes them up
                _LOG.exception("merging failed")
            with self._merging:
                self._merged = asked
                self._merging.notify_all()
