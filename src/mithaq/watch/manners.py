"""How ``mithaq watch`` behaves towards the servers that it asks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

DAY = 86_400.0


@dataclass(frozen=True, slots=True)
class Manners:
    """Seconds, bytes and numbers; the command's options set the first two."""

    every: float = 900.0
    """Between two polls of a feed."""
    delay: float = 2.0
    """Between two requests to one host, unless its robots.txt asks for more."""
    pages: int = 30
    """Pages fetched for one feed in one round; the rest wait for the next."""
    tries: int = 4
    """To fetch a page; then the entry's own summary is read, if it has one."""
    longest_wait: float = 60.0
    """For a host, in the middle of a round; who asks for more is left to a later round."""
    longest_back_off: float = DAY
    """Between two polls of a feed that keeps failing."""
    longest_retry_after: float = 7 * DAY
    """What a server may ask for with ``Retry-After``."""
    robots_age: float = DAY
    """For so long a robots.txt holds (RFC 9309, 2.4)."""
    robots_retry: float = 3_600.0
    """When it could not be read: until then nothing is fetched from its host."""
    robots_bytes: int = 500_000
    """More of a robots.txt need not be read (RFC 9309, 2.5); a longer one counts as one that cannot be."""
    feed_bytes: int = 10_000_000
    page_bytes: int = 10_000_000

    def back_off(self, failures: int) -> timedelta:
        """How long to leave a feed alone that failed so many times in a row: twice as long each time."""
        return timedelta(seconds=min(self.every * 2 ** min(failures, 30), self.longest_back_off))

    def asked(self, retry_after: str | None, now: datetime) -> datetime | None:
        """The moment that a ``Retry-After`` names, in seconds or as a date."""
        value = (retry_after or "").strip()
        latest = now + timedelta(seconds=self.longest_retry_after)
        if value.isascii() and value.isdigit():
            return now + timedelta(seconds=min(int(value[:12]), self.longest_retry_after))
        try:
            found = parsedate_to_datetime(value)
            return min(found.replace(tzinfo=None) - (found.utcoffset() or timedelta()), latest)
        except (ValueError, TypeError, IndexError, OverflowError):
            return None
