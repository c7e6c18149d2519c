"""How often a login may fail: per account, and per address, within a quarter of an hour."""

from __future__ import annotations

import math
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
    """Counts tries; in memory, since one process serves the reading room."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._tries: dict[tuple[str, str], deque[float]] = {}
        self._lock = Lock()

    def begin(self, account: str, address: str) -> int:
        """Seconds to wait before another try is looked at; 0: go ahead, and the try counts until :meth:`succeed`.

        It counts before the password is compared, so that many at the same time are not all let through.
        """
        with self._lock:
            now = self._clock()
            left = 0.0
            keys = ((("account", account), PER_ACCOUNT), (("address", address), PER_ADDRESS))
            for key, allowed in keys:
                tries = self._recent(key, now)
                if len(tries) >= allowed:
                    left = max(left, tries[-allowed] + WINDOW - now)
            if left:
                return math.ceil(left)
            for key, _ in keys:
                tries = self._recent(key, now)
                tries.append(now)
                self._tries.pop(key, None)
                self._tries[key] = tries  # the last one in the table
            while len(self._tries) > _HELD:
                self._tries.pop(next(iter(self._tries)))
            return 0

    def succeed(self, account: str, address: str) -> None:
        """The password was right: forget the account's tries, and this one of the address."""
        with self._lock:
            self._tries.pop(("account", account), None)
            if tries := self._tries.get(("address", address)):
                tries.pop()

    def _recent(self, key: tuple[str, str], now: float) -> deque[float]:
        tries = self._tries.get(key, deque(maxlen=max(PER_ACCOUNT, PER_ADDRESS)))
        while tries and tries[0] <= now - WINDOW:
            tries.popleft()
        return tries
