"""CSV and TSV: one report a row; the dialect and the columns are found, or said with ``--column``."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from mithaq.errors import InputError
from mithaq.readers.columns import matched, needs_text
from mithaq.readers.encodings import sample_encoding
from mithaq.readers.items import Located, SetAside
from mithaq.readers.jsonl import to_report
from mithaq.readers.limits import MAX_BYTES
from mithaq.readers.sources import HEAD, Item, Source

_DELIMITERS = ",\t;|"
_ENDINGS = (".csv", ".tsv", ".tab")
_MEDIA = ("text/csv", "text/tab-separated-values")


def recognises(source: Source) -> bool:
    """By a first line of two or more columns of which one has a usual name for the text, or by name or media type."""
    if source.ends(*_ENDINGS) or source.media in _MEDIA:
        return True
    head = source.head()
    first = head.decode(sample_encoding(head), "replace").lstrip("\ufeff").split("\n", 1)[0]
    return len(first) < HEAD // 4 and any("text" in _found(first, d) for d in _DELIMITERS if d in first)


def read(source: Source) -> Iterator[Item]:
    """The report of each row."""
    head = source.stream.peek(HEAD)
    text = io.TextIOWrapper(source.stream, sample_encoding(head), errors="strict", newline="")
    try:
        yield from _rows(source, text)
    except UnicodeDecodeError as error:
        raise InputError(
            f"byte 0x{error.object[error.start]:02x} is not valid {error.encoding}: nothing behind it is read",
            "save it as UTF-8",
        ) from error
    finally:
        text.detach()  # whoever opened the stream closes it


def _rows(source: Source, text: io.TextIOWrapper) -> Iterator[Item]:
    lines = _Lines(text)
    first = lines.ahead()
    if not first.strip():
        raise InputError("the table is empty", "its first line names the columns")
    if csv.field_size_limit() < MAX_BYTES:  # one for the whole process; 131,072 as it comes is less than a long text
        csv.field_size_limit(MAX_BYTES)
    rows = csv.reader(lines, delimiter=_delimiter(first))
    header = _next(rows) or []
    columns = matched(header, source.wishes.columns)
    needs_text(columns, header)
    number = 0
    while True:
        lines.begin_row()
        row = _next(rows)
        if row is None:
            break
        if not any(row):
            continue
        number += 1
        place = source.place.within(f"row {number}")
        data = "".join(lines.row).encode()
        fallback = f"{source.stem}-{number}"
        fields = {field: row[at] for field, at in columns.items() if at < len(row) and row[at].strip()}
        try:
            if len(row) != len(header):
                raise InputError(
                    f"{len(row)} cells, but {len(header)} columns",
                    "a delimiter or quotation mark is missing or too many",
                )
            report, notes = to_report({"text": "", **fields}, fallback, source.wishes.defaults)
            yield Located(place, report, notes, report.id != fallback, source.origin(data, place))
        except InputError as error:
            yield SetAside(place, error)
    if not number:
        raise InputError("the table has no rows", "its first line names the columns")


def _next(rows: Iterator[list[str]]) -> list[str] | None:
    try:
        return next(rows, None)
    except csv.Error as error:
        raise InputError(f"not a valid table: {error}", "save it as CSV again") from error


def _found(first: str, delimiter: str) -> dict[str, int]:
    cells = first.strip("\r\n").split(delimiter)
    return matched([cell.strip("\" '") for cell in cells], {}) if len(cells) > 1 else {}


def _delimiter(first: str) -> str:
    """Which one the first line has between names that are known, else the one it has most of."""
    return max(_DELIMITERS, key=lambda d: (len(_found(first, d)), first.count(d)))


class _Lines:
    """The lines for ``csv``, each kept until its row is complete, and no row longer than ``MAX_BYTES``."""

    def __init__(self, text: io.TextIOWrapper) -> None:
        self._text = text
        self.row: list[str] = []
        self._first: str | None = None
        self._length = 0

    def ahead(self) -> str:
        self._first = self._text.readline(MAX_BYTES).removeprefix("\ufeff")
        return self._first

    def begin_row(self) -> None:
        self.row, self._length = [], 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line, self._first = self._first or self._text.readline(MAX_BYTES), None
        if not line:
            raise StopIteration
        self._length += len(line)
        if self._length >= MAX_BYTES:
            raise InputError(
                f"a row is over {MAX_BYTES // 1_000_000} MB: nothing behind it is read",
                "is a quotation mark opened and never closed?",
            )
        self.row.append(line)
        return line
