"""What the readers give: reports with their place and origin, and inputs that were set aside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import NamedTuple, Self

from mithaq.errors import InputError
from mithaq.model import Report
from mithaq.readers.limits import MAX_BYTES as MAX_BYTES
from mithaq.readers.limits import MAX_CHARACTERS as MAX_CHARACTERS

_INTO = " > "


@dataclass(frozen=True, slots=True)
class Place:
    """Where an input stands: a file's name as it was given, the *part* of it, and the line (from 1) if it is a line.

    The part is a member of an archive, the address of a WARC record, ``"row 7"``, ``"pages 2, 5"``, or several of
    these from the outside in.
    """

    file: str
    line: int | None = None
    part: str = ""

    def within(self, part: str) -> Self:
        """The place of a part of what stands here."""
        return replace(self, part=f"{self.part}{_INTO}{part}" if self.part else part)

    def at(self, line: int) -> Self:
        """The place of a line of what stands here."""
        return replace(self, line=line)

    @property
    def inside(self) -> str:
        """The place within its file: ``"a/b.jsonl:3"``, ``"line 3"``, ``"row 7"``; empty for the whole file."""
        if self.line is None:
            return self.part
        return f"{self.part}:{self.line}" if self.part else f"line {self.line}"

    def __str__(self) -> str:
        whole = f"{self.file}{_INTO}{self.part}" if self.part else self.file
        return whole if self.line is None else f"{whole}:{self.line}"


@dataclass(frozen=True, slots=True)
class Origin:
    """What a report was made of: the format's name in ``FORMATS``, the bytes (SHA-256), and the place in its file.

    The bytes are the smallest piece that has bytes of its own: the line, the row of a CSV, the item of a JSON array,
    the payload of a WARC record, else the whole file or member (also for entries of a feed and rows of Parquet).
    """

    reader: str
    sha256: str
    place: str


@dataclass(frozen=True, slots=True)
class SetAside:
    """An input, or one part of it, that is not read, and why."""

    place: Place
    error: InputError

    def __str__(self) -> str:
        return f"{self.place}: {self.error}"


@dataclass(frozen=True, slots=True)
class Located:
    """A report with its place and origin; *notes* say what was left out of it, e.g. a date that is none.

    *own_id* is false if the input gives the report no id, and one was made of the input's name.
    """

    place: Place
    report: Report
    notes: tuple[str, ...] = ()
    own_id: bool = True
    origin: Origin | None = None


class Defaults(NamedTuple):
    """What the caller knows of the reports and the input does not say (``outlet``, ``published``: see ``Report``).

    *title* and *id* are for a file that is one report (plain text, a page, a PDF, a DOCX).
    """

    outlet: str | None = None
    published: str | None = None
    title: str | None = None
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """What a parser makes of a page, an entry or a document; *published* is ISO 8601, *part* the place within it.

    *whole* is false for an entry of a feed that gives only the beginning of its text, or a summary.
    """

    text: str
    id: str | None = None
    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    published: str | None = None
    part: str = ""
    notes: tuple[str, ...] = ()
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Unmade:
    """A part that a parser cannot read, and why."""

    part: str
    message: str
    hint: str = ""


NO_COLUMNS: Mapping[str, str] = MappingProxyType({})


class Wishes(NamedTuple):
    """What the caller says of all inputs: the defaults, and which column or field holds what (field → column)."""

    defaults: Defaults = Defaults()
    columns: Mapping[str, str] = NO_COLUMNS


def unprintable(text: str) -> int:
    """The offset of the first lone surrogate, which no encoding can write; -1 if there is none."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        return error.start
    return -1
