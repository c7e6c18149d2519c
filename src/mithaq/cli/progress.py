"""How far a long run is, on standard error."""

from __future__ import annotations

import sys
import time

_PATIENCE = 1.0
_REFRESH = 0.25
_ERASE_LINE = "\r\x1b[K"


class Progress:
    """One line, rewritten in place from the second second on: reports, reports a second, set aside."""

    def __init__(self, done: str = "reports") -> None:
        self._what = done
        self._began = time.monotonic()
        self._due = self._began + _PATIENCE
        self._shown = False

    def update(self, read: int, set_aside: int) -> None:
        """Show the figures, unless they were shown a moment ago."""
        now = time.monotonic()
        if now < self._due:
            return
        self._due = now + _REFRESH
        done = read + set_aside
        rate = f"{done / (now - self._began):,.0f} reports/s"
        aside = f" · {set_aside:,} set aside" if set_aside else ""
        self._write(f"{done:,} {self._what} · {rate}{aside}")
        self._shown = True

    def clear(self) -> None:
        """Free the line for a message."""
        if self._shown:
            self._write("")
            self._shown = False

    def stop(self) -> None:
        """The run is over."""
        self.clear()

    def _write(self, text: str) -> None:
        sys.stderr.write(_ERASE_LINE + text)
        sys.stderr.flush()
