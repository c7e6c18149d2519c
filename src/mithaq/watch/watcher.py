"""Rounds over all feeds: each host in its turn, so that waiting for one does not hold up the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from mithaq.errors import FetchError, InputError, MithaqError
from mithaq.fetch import Fetcher
from mithaq.merge.update import merge_pending
from mithaq.store import feeds as store
from mithaq.store.database import Database
from mithaq.watch.clock import Clock
from mithaq.watch.courtesy import Courtesy
from mithaq.watch.feeds import Poll, Polled
from mithaq.watch.manners import Manners


@dataclass(frozen=True, slots=True)
class _Task:
    """Something to ask of a host: the feed itself, or the page of an entry."""

    origin: str
    poll: Poll
    entry: store.EntryRow | None = None


class Watcher:
    """Watches feeds into a database. *tell* hears of each feed when the round is done with it."""

    def __init__(
        self,
        database: Database,
        fetcher: Fetcher,
        feeds: Sequence[str],
        manners: Manners | None = None,
        clock: Clock | None = None,
        tell: Callable[[Polled], None] = lambda _: None,
    ) -> None:
        self._database = database
        self._fetcher = fetcher
        self._feeds = tuple(dict.fromkeys(feeds))
        self._manners = manners or Manners()
        self._clock = clock or Clock()
        self._tell = tell
        self._courtesy = Courtesy(database, fetcher, self._manners, self._clock)
        self._began = self._clock.now()

    def round(self) -> list[Polled]:
        """Poll every feed that is not to be left alone, fetch pages, and merge; what became of each feed.

        A feed that fails costs the others nothing. Raises :class:`~mithaq.errors.StoreError`, and
        :class:`~mithaq.errors.FetchError` for a feed whose address is none.
        """
        self._began = self._clock.now()
        polls = [
            Poll(url, self._database, self._fetcher, self._courtesy, self._manners, self._clock) for url in self._feeds
        ]
        tasks = [task for poll in polls for task in self._first_tasks(poll)]
        left = Counter(id(task.poll) for task in tasks)
        for poll in polls:
            if not left[id(poll)]:
                self._done(poll)
        while tasks:
            task = min(tasks, key=lambda t: self._courtesy.ready(t.origin))
            tasks.remove(task)
            left[id(task.poll)] -= 1
            pages = self._do(task)
            left[id(task.poll)] += len(pages)
            tasks += pages
            if not left[id(task.poll)]:
                self._done(task.poll)
        merge_pending(self._database)
        return [poll.result for poll in polls]

    def rest(self) -> None:
        """Wait for the time of the next round."""
        self._clock.sleep(self._manners.every - (self._clock.now() - self._began).total_seconds())

    def _first_tasks(self, poll: Poll) -> list[_Task]:
        """The feed itself, or, if it is to be left alone for now, the pages that its entries wait for."""
        url = poll.result.url
        with self._database.read() as connection:
            known = store.feed(connection, url)
        if known.not_before is None or known.not_before <= self._clock.now():
            return [_Task(self._fetcher.address(url).origin, poll)]
        poll.result.left_alone = known.not_before
        poll.result.error = InputError(known.error or "the server asked for it")
        return self._page_tasks(poll)

    def _do(self, task: _Task) -> list[_Task]:
        """Do one task; the tasks that follow from it."""
        try:
            if task.entry is None:
                task.poll.feed()
                return self._page_tasks(task.poll)
            if not self._courtesy.is_far(task.origin):
                task.poll.page(task.entry)
        except MithaqError:  # of the database, without which nothing goes on
            raise
        except Exception as error:  # a mistake of ours over what a stranger sent: it must not cost the other feeds
            task.poll.broken(task.entry, error)
        return []

    def _page_tasks(self, poll: Poll) -> list[_Task]:
        found = []
        for entry in poll.waiting():
            try:
                found.append(_Task(self._fetcher.address(entry.link or "").origin, poll, entry))
            except FetchError as error:
                poll.settle(entry, error)
        return found

    def _done(self, poll: Poll) -> None:
        with self._database.read() as connection:
            poll.result.counts["waiting"] = store.count_waiting(connection, [poll.result.url])
        self._tell(poll.result)
