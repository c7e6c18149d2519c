"""Lists as rows: the same cells and objects on the command line and in the reading room's downloads."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from mithaq.export.text import no_formula

T = TypeVar("T")


class Words:
    """What rows call areas, stages and the like: for programs their keys; a subclass may give labels for people."""

    def area(self, area: str) -> str:
        """An area."""
        return area

    def status(self, status: str) -> str:
        """A stage."""
        return status

    def word(self, key: str) -> str:
        """Any other key."""
        return key


KEYS = Words()


@dataclass(frozen=True, slots=True)
class Rows(Generic[T]):
    """How one kind of item is listed: ``cells`` gives its row under ``columns``, ``to_object`` its JSON.

    Columns are keys of ``data/labels.toml``. For tables on a terminal: one that ends in ``~`` takes the width that is
    left, in ``*`` so does one with Arabic text; columns joined by ``+`` stand below each other. In CSV each is its own.
    ``empty`` is the key of what is said where there is none. With ``named`` columns are no keys but names as they are,
    which a user's SQL may have given: no sign in them means anything.
    """

    title: str
    columns: Sequence[str]
    cells: Callable[[T, Words], Sequence[object]]
    to_object: Callable[[T], dict[str, Any]]
    empty: str
    named: bool = False

    def stack(self, column: str) -> list[str]:
        """The names that stand below each other in a column of a table."""
        return [column] if self.named else column.rstrip("*~").split("+")

    @property
    def header(self) -> list[str]:
        """The names of all columns."""
        return [part for column in self.columns for part in self.stack(column)]

    def csv(self, items: Iterable[T]) -> Iterator[str]:
        """Lines of CSV, the header first; one line a row even if a cell holds line breaks; no cell is a formula."""
        yield _csv_line(self.header)
        for item in items:
            yield _csv_line([_harmless(cell_text(cell)) for cell in self.cells(item, KEYS)])

    def jsonl(self, items: Iterable[T]) -> Iterator[str]:
        """Lines of JSON, one object an item."""
        for item in items:
            line = json.dumps(self.to_object(item), ensure_ascii=False, separators=(",", ":"))
            yield line.encode(errors="backslashreplace").decode() + "\n"


def cell_text(cell: object) -> str:
    """A cell as text: nothing for ``None``, lists with spaces between."""
    if cell is None:
        return ""
    if isinstance(cell, list | tuple):
        return " ".join(map(str, cell))
    return str(cell)


def shorten(text: str, limit: int) -> str:
    """*text* on one line, its middle left out where it is longer than *limit* code points."""
    text = " ".join(text.split())
    if len(text) <= limit:
        return text
    head, tail = text[: limit * 2 // 3], text[-limit // 3 :]
    head = head.rsplit(" ", 1)[0]
    tail = tail.split(" ", 1)[-1]
    return f"{head} … {tail}"


def _harmless(cell: str) -> str:
    return no_formula(" ".join(cell.split("\n")))


def _csv_line(cells: Sequence[str]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(cells)
    # Half of a surrogate pair, which JSON can bring into a report, fits in no UTF-8.
    return line.getvalue().encode(errors="backslashreplace").decode()
