"""One poll of one feed, and the pages that its entries lead to.

The order of writing is what makes a kill at any moment harmless: a report is kept before its entry is marked, and all
entries stand in the database before the feed's ``ETag`` does. What was not marked is done again, and ``keep`` knows it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import islice

from sqlalchemy import Connection

from mithaq import __version__
from mithaq.errors import FetchError, InputError
from mithaq.fetch import Address, Answer, Fetcher
from mithaq.keep import Kept, keep
from mithaq.model import Report
from mithaq.readers import Defaults, Located, Place, SetAside, read_answer
from mithaq.readers.feeds import Entry, feed_entries
from mithaq.store import feeds as store
from mithaq.store.database import Database
from mithaq.store.feeds import EntryRow
from mithaq.watch.clock import Clock
from mithaq.watch.courtesy import Courtesy, ForbiddenError, LaterError
from mithaq.watch.manners import Manners

_BUSY = (429, 503)
_FIRST = 10
"""Of a page that turns out to be an archive or a table, so many members or rows are looked at for the report."""


class _BusyError(FetchError):
    """A server that asks for patience."""


@dataclass
class Polled:
    """What a round did with one feed: reports ``new``, ``known``, ``version``, entries ``failed`` and ``waiting``.

    *said* are messages about single entries; *error* is why the feed itself was not read, now or when it was polled
    last if it is *left_alone* until some time (UTC).
    """

    url: str
    counts: Counter[str] = field(default_factory=Counter)
    unchanged: bool = False
    error: InputError | None = None
    left_alone: datetime | None = None
    said: list[str] = field(default_factory=list)


class Poll:
    """Polls one feed: :meth:`feed` first, then :meth:`page` for each entry that waits for its page."""

    def __init__(
        self, url: str, database: Database, fetcher: Fetcher, courtesy: Courtesy, manners: Manners, clock: Clock
    ) -> None:
        self.result = Polled(url)
        self._url = url
        self._database = database
        self._fetcher = fetcher
        self._courtesy = courtesy
        self._manners = manners
        self._clock = clock

    def feed(self) -> None:
        """Ask for the feed, and keep what is new in it; what is wrong with it is in the result."""
        with self._database.read() as connection:
            known = store.feed(connection, self._url)
        try:
            answer = self._get(self._url, self._manners.feed_bytes, known.etag, known.modified)
            self.result.unchanged = answer.status == 304
            if answer.status == 304:
                with self._database.write() as connection:
                    self._succeeded(connection, known.etag, known.modified)
            else:
                self._read(answer)
        except LaterError as error:
            self.result.error = error
        except InputError as error:
            self._failed(error, known.failures)

    def waiting(self) -> list[EntryRow]:
        """The entries whose pages are to be fetched now."""
        with self._database.read() as connection:
            return store.waiting(connection, self._url, self._clock.now(), self._manners.pages)

    def page(self, row: EntryRow) -> None:
        """Fetch the page of an entry and keep its report; after several failures, the summary that the feed gave."""
        with self._database.read() as connection:
            known = row.report is None and store.is_known(connection, row.link or "", self._url)
        if known:
            self._mark(replace(row, state="kept", summary=None))
            return
        try:
            answer = self._get(row.link or "", self._manners.page_bytes)
        except LaterError:
            return  # it waits, as it did
        except _BusyError as error:
            self._mark(replace(row, error=error.message, not_before=self._later(row.tries)))
        except ForbiddenError as error:
            self.settle(row, error)
        except FetchError as error:
            tries = row.tries + 1
            if tries >= self._manners.tries:
                self.settle(row, error)
            else:
                self._mark(replace(row, tries=tries, error=error.message, not_before=self._later(tries)))
        else:
            event = self._keep_one(_report_of(answer, row))
            if isinstance(event, SetAside):
                self.settle(row, event.error)
            else:
                self._mark(replace(row, state="kept", summary=None, report=event.id, error=None, not_before=None))

    def settle(self, row: EntryRow, error: InputError) -> None:
        """Give up the page of an entry: its own summary is kept instead, if it has one."""
        settled = replace(row, state="failed", tries=row.tries + 1, summary=None, error=error.message)
        if row.summary and row.report is None:
            place = Place(row.link or row.feed)
            report = Report(row.summary, f"entry-{row.key[:12]}", row.outlet, row.link, row.title, row.published)
            event = self._keep_one(Located(place, report, own_id=False))
            if isinstance(event, Kept):
                self.result.said.append(f"{place}: {error.message}; the feed's summary of it is kept instead")
                self._mark(replace(settled, state="kept", report=event.id))
                return
        self.result.counts["failed"] += 1
        self.result.said.append(f"{row.link}: {error}")
        self._mark(settled)

    def broken(self, entry: EntryRow | None, error: Exception) -> None:
        """Note that a mistake of this program ended the task: the feed is asked less often, the entry not again."""
        what = f"{type(error).__name__}: {error}".replace("\0", "")[:200]
        wrong = InputError(f"reading it failed unexpectedly: {what}", "please report it with the address")
        if entry is None:
            with self._database.read() as connection:
                failures = store.feed(connection, self._url).failures
            self._failed(wrong, failures)
        else:
            self.settle(replace(entry, summary=None), wrong)

    def _get(self, url: str, most: int, etag: str | None = None, modified: str | None = None) -> Answer:
        """What a server gives, status 200 or 304; raises FetchError for what it does not."""
        address = self._fetcher.address(url)
        self._courtesy.before(address)
        answer = self._fetcher.get(url, etag, modified, most, self._courtesy.before)
        if answer.status in _BUSY:
            now = self._clock.now()
            asked = self._manners.asked(answer.retry_after, now)
            until = asked if asked and asked > now else now + self._manners.back_off(1)
            for origin in {address.origin, Address.of(answer.url, any_port=True).origin}:
                self._courtesy.hold(origin, until)
            raise _BusyError(f"the server answers with status {answer.status}: it asks to be left alone", f"{until}")
        if answer.status not in (200, 304) or (answer.status == 304 and not (etag or modified)):
            raise FetchError(f"the server answers with status {answer.status}", "check the address in a browser")
        return answer

    def _read(self, answer: Answer) -> None:
        entries = feed_entries(answer)
        with self._database.read() as connection:
            before = store.seen(connection, self._url, [e.key for e in entries])
            fresh = [e for e in entries if before.get(e.key, ("",))[0] != e.stamp]
            known = {
                e.key
                for e in fresh
                if e.url and not e.whole and e.key not in before and store.is_known(connection, e.url, self._url)
            }
        self.result.counts["known"] += len(entries) - len(fresh) + len(known)
        told = [e for e in fresh if e.key not in known]
        kept = self._keep(e.located() for e in told if e.whole or (not e.url and e.text))
        with self._database.write() as connection:
            now = self._clock.now()
            store.save_feed(connection, self._url, now)  # the entries refer to it
            for entry in fresh:
                row = self._row(entry, kept.get(entry.place), entry.key in known)
                _, report = before.get(entry.key, ("", None))
                store.save_entry(connection, row if row.report else replace(row, report=report), now)
            self._succeeded(connection, answer.etag, answer.modified)

    def _row(self, entry: Entry, event: Kept | SetAside | None, known: bool) -> EntryRow:
        """An entry of the feed as it is kept; *event* is what became of its own text."""
        row = EntryRow(
            self._url, entry.key, entry.stamp, entry.url, entry.title, entry.outlet, entry.published, None, "kept"
        )
        if isinstance(event, Kept):
            return replace(row, report=event.id)
        if isinstance(event, SetAside):
            return replace(row, state="failed", error=event.error.message)
        if known:
            return row
        if not entry.url:
            return replace(row, state="failed", error="the entry has neither a text nor an address")
        return replace(row, state="waiting", summary=entry.text or None)

    def _keep(self, items: Iterable[Located | SetAside]) -> dict[Place, Kept | SetAside]:
        """Keep reports, count what became of them, and say so by their places."""
        found: dict[Place, Kept | SetAside] = {}
        for event in keep(self._database, items, __version__):
            if isinstance(event, SetAside):
                self.result.counts["failed"] += 1
                self.result.said.append(str(event))
                found[event.place] = event
            else:
                self.result.counts[event.outcome] += 1
                found[event.located.place] = event
        return found

    def _keep_one(self, item: Located | SetAside) -> Kept | SetAside:
        if isinstance(item, SetAside):
            return item
        event = next(iter(keep(self._database, [item], __version__)))
        if isinstance(event, Kept):
            self.result.counts[event.outcome] += 1
        return event

    def _later(self, tries: int) -> datetime:
        return self._clock.now() + self._manners.back_off(tries)

    def _mark(self, row: EntryRow) -> None:
        with self._database.write() as connection:
            store.save_entry(connection, row, self._clock.now())

    def _succeeded(self, connection: Connection, etag: str | None, modified: str | None) -> None:
        now = self._clock.now()
        store.save_feed(connection, self._url, now, etag=etag, modified=modified, failures=0, not_before=None)

    def _failed(self, error: InputError, failures: int) -> None:
        self.result.error = error
        now = self._clock.now()
        until = now + self._manners.back_off(failures + 1)
        if isinstance(error, _BusyError):
            until = max(until, self._courtesy.ready(self._fetcher.address(self._url).origin))
        with self._database.write() as connection:
            store.save_feed(connection, self._url, now, error.message, failures=failures + 1, not_before=until)


def _report_of(answer: Answer, row: EntryRow) -> Located | SetAside:
    """The report that is at an entry's page; what the page does not say of itself, the feed did."""
    published = row.published.isoformat() if row.published else None
    items = list(islice(read_answer(answer, Defaults(row.outlet, published, row.title)), _FIRST))
    nothing = SetAside(Place(answer.url), InputError("nothing is in it", "look at the page with a browser"))
    return next((i for i in items if isinstance(i, Located)), items[0] if items else nothing)
