"""What hosts ask of programs: which pages (``robots.txt``, RFC 9309), how often, and not before when."""

from __future__ import annotations

from datetime import datetime, timedelta

from mithaq.errors import FetchError
from mithaq.fetch import Address, Fetcher
from mithaq.store import feeds as store
from mithaq.store.database import Database
from mithaq.watch.clock import Clock
from mithaq.watch.manners import Manners
from mithaq.watch.robots import Rules


class ForbiddenError(FetchError):
    """A page that the robots.txt of its host closes to programs."""


class LaterError(FetchError):
    """A host that must be left alone longer than this round lasts, also because its robots.txt could not be read."""


class Courtesy:
    """Keeps to what hosts ask; rules and waiting times outlive the process in the table ``hosts``."""

    def __init__(self, database: Database, fetcher: Fetcher, manners: Manners, clock: Clock) -> None:
        self._database = database
        self._fetcher = fetcher
        self._manners = manners
        self._clock = clock
        self._rules: dict[str, tuple[Rules | None, datetime]] = {}
        self._why: dict[str, str] = {}
        self._ready: dict[str, datetime] = {}

    def ready(self, origin: str) -> datetime:
        """The moment from which a host may be asked again."""
        if origin not in self._ready:
            with self._database.read() as connection:
                self._ready[origin] = store.host(connection, origin).not_before or self._clock.now()
        return self._ready[origin]

    def is_far(self, origin: str) -> bool:
        """Whether that is too far away to wait for it now."""
        return (self.ready(origin) - self._clock.now()).total_seconds() > self._manners.longest_wait

    def before(self, address: Address) -> None:
        """Wait for the host's turn, and for its rules; then the address may be fetched, once.

        Raises :class:`ForbiddenError` if its rules close it, :class:`LaterError` if the wait would be too long, or if
        there may be rules that could not be read.
        """
        rules, until = self._of(address.origin)
        if rules is None:
            why = self._why.get(address.origin, "")
            raise LaterError(
                f"its robots.txt could not be read{why}", f"nothing is fetched from there until {until:%H:%M} UTC"
            )
        if not rules.allow(str(address)):
            raise ForbiddenError(f"the robots.txt of {address.host} closes it to programs", "ask the site's owner")
        self._take_turn(address.origin, rules.delay)

    def hold(self, origin: str, until: datetime) -> None:
        """Leave a host alone until then, also after a restart."""
        self._ready[origin] = max(self.ready(origin), until)
        with self._database.write() as connection:
            store.save_host(connection, origin, {"not_before": self._ready[origin]})

    def _take_turn(self, origin: str, asked: float = 0.0) -> None:
        if self.is_far(origin):
            raise LaterError(f"{origin} asks to be left alone until {self.ready(origin):%Y-%m-%d %H:%M} UTC")
        self._clock.sleep((self.ready(origin) - self._clock.now()).total_seconds())
        delay = max(self._manners.delay, min(asked, self._manners.longest_retry_after))
        next_turn = self._clock.now() + timedelta(seconds=delay)
        self._ready[origin] = next_turn
        if delay > self._manners.longest_wait:  # so long that another run might begin meanwhile
            self.hold(origin, next_turn)

    def _of(self, origin: str) -> tuple[Rules | None, datetime]:
        """The rules of a host, ``None`` if they are not to be had, and until when that holds: they change."""
        now = self._clock.now()
        if origin in self._rules and now < self._rules[origin][1]:
            return self._rules[origin]
        with self._database.read() as connection:
            known = store.host(connection, origin)
        status, text, fetched = known.robots_status, known.robots, known.robots_fetched
        if status is None or fetched is None or now >= fetched + self._age(status):
            status, text = self._fetch(origin)
            fetched = self._clock.now()
            with self._database.write() as connection:
                values = {"robots": text, "robots_status": status, "robots_fetched": fetched}
                store.save_host(connection, origin, values)
        rules = None if _is_unreachable(status) else Rules(text or "")
        self._rules[origin] = rules, fetched + self._age(status)
        return self._rules[origin]

    def _age(self, status: int) -> timedelta:
        failed = _is_unreachable(status)
        return timedelta(seconds=self._manners.robots_retry if failed else self._manners.robots_age)

    def _fetch(self, origin: str) -> tuple[int, str | None]:
        """The status and text of a robots.txt; status 0 if there is no answer."""
        self._take_turn(origin)
        try:
            answer = self._fetcher.get(f"{origin}/robots.txt", most=self._manners.robots_bytes)
        except FetchError as error:
            self._why[origin] = f": {error.message}"
            return 0, None
        self._why[origin] = f": status {answer.status}"
        text = answer.body.decode("utf-8", "replace").replace("\0", "")
        return answer.status, text if answer.status == 200 else None


def _is_unreachable(status: int) -> bool:
    """Whether a robots.txt was not to be had, so that nothing may be fetched for now; without one, everything may."""
    return not (200 <= status < 300 or 400 <= status < 500) or status == 429
