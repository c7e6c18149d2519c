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

    def update(self, read: int, set_aside: int, left: float | None = None, before: int = 0) -> None:
        """Show the figures, unless they were shown a moment ago.

        *left* are the seconds that are left, if that is known; *before* of the reports were done when this began.
        """
        now = time.monotonic()
        if now < self._due:
            return
        self._due = now + _REFRESH
        done = read + set_aside
        rate = f"{(done - before) / (now - self._began):,.0f} reports/s"
        rate += "" if left is None else f" · {_span(left)} left"
        aside = f" · {set_aside:,} set aside" if set_aside else ""
        self._write(f"{done:,} {self._what} · {rate}{aside}")
        self._shown = True

    @property
    def seconds(self) -> float:
        """Since it began."""
        return time.monotonic() - self._began

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


def _span(seconds: float) -> str:
    """``"40 s"``, ``"12 min"``, ``"3 h 05 min"``."""
    if seconds < 100:
        return f"{seconds:.0f} s"
    hours, minutes = divmod(round(seconds / 60), 60)
    return f"{hours} h {minutes:02d} min" if hours else f"{minutes} min"
