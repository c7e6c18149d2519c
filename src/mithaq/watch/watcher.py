"""Rounds over all feeds: each host in its turn, so that waiting for one does not hold up the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from mithaq.errors import FetchError
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

    def round(self) -> int:
        """Poll every feed that is not to be left alone, fetch pages, and merge; how many reports were merged.

        A feed that fails costs the others nothing. Raises :class:`~mithaq.errors.StoreError`, and
        :class:`~mithaq.errors.FetchError` for a feed whose address is none.
        """
        tasks = [task for url in self._feeds for task in self._first_tasks(url)]
        left = Counter(id(task.poll) for task in tasks)
        while tasks:
            task = min(tasks, key=lambda t: self._courtesy.ready(t.origin))
            tasks.remove(task)
            left[id(task.poll)] -= 1
            if task.entry is None:
                task.poll.feed()
                pages = self._page_tasks(task.poll)
                left[id(task.poll)] += len(pages)
                tasks += pages
            elif not self._courtesy.is_far(task.origin):
                task.poll.page(task.entry)
            if not left[id(task.poll)]:
                self._done(task.poll)
        return merge_pending(self._database)

    def _first_tasks(self, url: str) -> list[_Task]:
        """The feed itself, or, if it is to be left alone for now, the pages that its entries wait for."""
        poll = Poll(url, self._database, self._fetcher, self._courtesy, self._manners, self._clock)
        with self._database.read() as connection:
            until = store.feed(connection, url).not_before
        if until is None or until <= self._clock.now():
            return [_Task(self._fetcher.address(url).origin, poll)]
        return self._page_tasks(poll)

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
