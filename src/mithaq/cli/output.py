"""What goes to the process's streams: lines of JSON, and messages."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from typing import Any

_CONTROL = {c: "\ufffd" for c in (*range(0x20), *range(0x7F, 0xA0)) if c not in (0x09, 0x0A)}
_DIRECTION = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)))
_SAFE: dict[int, str | None] = {**_CONTROL, **_DIRECTION}
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def safe(text: str) -> str:
    """*text* without what would command a terminal: control characters shown as U+FFFD, direction overrides off."""
    return text.translate(_SAFE)


def use_utf8() -> None:
    """Write UTF-8 whatever the locale; what it cannot hold is escaped."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure: Callable[..., None] | None = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="backslashreplace")


def write_json_line(value: dict[str, Any]) -> None:
    """One object on one line of standard output, written and flushed at once, so that no reader sees half of it."""
    sys.stdout.write(_encode(value) + "\n")
    sys.stdout.flush()


def complain(message: str) -> None:
    """One message on standard error."""
    print(f"mithaq: {safe(message)}", file=sys.stderr, flush=True)


def abandon_stdout() -> None:
    """After a failed write: what is still in the buffer goes nowhere, and says nothing when Python flushes it."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
