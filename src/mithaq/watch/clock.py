"""The time, so that tests need not wait for it."""

from __future__ import annotations

import time
from datetime import UTC, datetime


class Clock:
    """The system's."""

    def now(self) -> datetime:
        """UTC, without a zone as in the database."""
        return datetime.now(UTC).replace(tzinfo=None)

    def sleep(self, seconds: float) -> None:
        """Wait."""
        time.sleep(max(0.0, seconds))
