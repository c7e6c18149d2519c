"""What the readers give: reports with their place, and inputs that were set aside."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from mithaq.errors import InputError
from mithaq.model import Report

MAX_BYTES = 10_000_000
"""The longest line or plain text that is read into memory, in bytes."""
MAX_CHARACTERS = 1_000_000
"""The longest text of one report, in code points (some 500 printed pages)."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an input stands: a file's name as it was given, and the line (from 1) if the input is a line of it."""

    file: str
    line: int | None = None

    def __str__(self) -> str:
        return self.file if self.line is None else f"{self.file}:{self.line}"


@dataclass(frozen=True, slots=True)
class SetAside:
    """An input, or one line of it, that is not read, and why."""

    place: Place
    error: InputError

    def __str__(self) -> str:
        return f"{self.place}: {self.error}"


@dataclass(frozen=True, slots=True)
class Located:
    """A report with its place; *notes* say what was left out of it, e.g. a date that is none.

    *own_id* is false if the input gives the report no id, and one was made of the input's name.
    """

    place: Place
    report: Report
    notes: tuple[str, ...] = ()
    own_id: bool = True


class Defaults(NamedTuple):
    """What the caller knows of the reports and the input does not say (``outlet``, ``published``: see ``Report``).

    *title* and *id* are for plain text only: they describe one report.
    """

    outlet: str | None = None
    published: str | None = None
    title: str | None = None
    id: str | None = None


def unprintable(text: str) -> int:
    """The offset of the first lone surrogate, which no encoding can write; -1 if there is none."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        return error.start
    return -1
