"""How often a login may fail: per account, and per address, within a quarter of an hour."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from threading import Lock

WINDOW = 15 * 60
"""In seconds."""
PER_ACCOUNT = 8
PER_ADDRESS = 40
_HELD = 10_000  # accounts and addresses remembered at most


class LoginLimit:
    """Counts failed logins; in memory, since one process serves the reading room."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._failed: dict[tuple[str, str], deque[float]] = {}
        self._lock = Lock()

    def wait(self, account: str, address: str) -> int:
        """Seconds until another try is looked at; 0 for at once."""
        with self._lock:
            now = self._clock()
            left = 0.0
            for key, allowed in ((("account", account), PER_ACCOUNT), (("address", address), PER_ADDRESS)):
                failed = self._recent(key, now)
                if len(failed) >= allowed:
                    left = max(left, failed[-allowed] + WINDOW - now)
            return int(left) + (left > 0)

    def fail(self, account: str, address: str) -> None:
        """Count a failed login."""
        with self._lock:
            now = self._clock()
            for key in (("account", account), ("address", address)):
                failed = self._recent(key, now)
                failed.append(now)
                self._failed.pop(key, None)
                self._failed[key] = failed  # the last one in the table
            while len(self._failed) > _HELD:
                self._failed.pop(next(iter(self._failed)))

    def succeed(self, account: str) -> None:
        """Forget what failed for an account whose password was given."""
        with self._lock:
            self._failed.pop(("account", account), None)

    def _recent(self, key: tuple[str, str], now: float) -> deque[float]:
        failed = self._failed.get(key, deque(maxlen=max(PER_ACCOUNT, PER_ADDRESS)))
        while failed and failed[0] <= now - WINDOW:
            failed.popleft()
        return failed
