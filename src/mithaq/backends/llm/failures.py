"""What a server's errors mean: wait and ask again, ask otherwise, give up this report, or give up."""

from __future__ import annotations

import random
import time
from email.utils import parsedate_to_datetime
from enum import Enum
from typing import Any

_SHAPE = ("response_format", "json_schema", "json_object", "schema", "grammar", "structured")
_LENGTH = ("context_length", "context length", "maximum context", "too long", "too many tokens")
_FATAL = (401, 402, 403, 404)
_AGAIN = (408, 409, 425, 429)
_SPENT = "insufficient_quota"
_FIRST, _LONGEST = 0.5, 60.0  # seconds of the first wait, and of any
_PATIENCE = 300.0  # the longest wait that a server may ask for


class Meaning(Enum):
    """What to do about an error."""

    AGAIN = "wait and ask again"
    SHAPE = "ask for a simpler form of answer"
    WARMTH = "leave the temperature to the server"
    LONGER = "the question is too long"
    REPORT = "this report cannot be read"
    END = "no report can be read"


def meaning(status: int, body: Any) -> Meaning:
    """What an HTTP status (400 and above) and the body of the error mean."""
    said = str(body).lower()
    if status in _FATAL or _SPENT in said:
        return Meaning.END
    if status in _AGAIN or status >= 500:
        return Meaning.AGAIN
    if any(word in said for word in _LENGTH) or status == 413:
        return Meaning.LONGER
    if "temperature" in said:
        return Meaning.WARMTH
    return Meaning.SHAPE if any(word in said for word in _SHAPE) else Meaning.REPORT


def wait(attempt: int, headers: Any = None) -> float:
    """Seconds before the next attempt (*attempt* from 0): what the server asks for, else ever longer, by chance less.

    The part by chance keeps many clients from coming back all at once.
    """
    asked = _asked(headers or {})
    if asked is not None:
        return min(max(asked, 0.0), _PATIENCE)
    longest: float = min(_LONGEST, _FIRST * 2.0**attempt)
    return longest * random.uniform(0.5, 1.0)


def _asked(headers: Any) -> float | None:
    """The seconds of a ``Retry-After`` (a number or a date) or ``retry-after-ms``."""
    for name, unit in (("retry-after-ms", 0.001), ("retry-after", 1.0)):
        given = headers.get(name)
        if given is None:
            continue
        try:
            seconds = float(given) * unit
        except ValueError:
            try:
                seconds = parsedate_to_datetime(given).timestamp() - time.time()
            except ValueError:
                continue
        if seconds == seconds:  # a NaN asks for nothing
            return seconds
    return None


def reason(error: Any) -> str:
    """An error of a server in one line: its own message where it gives one."""
    body = getattr(error, "body", None)
    said = body.get("message") if isinstance(body, dict) else None
    return " ".join(str(said or error).split())[:200]
