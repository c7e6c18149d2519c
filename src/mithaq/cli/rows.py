"""Rows as a table, as JSON Lines or as CSV."""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Generic, TypeVar

from mithaq.cli.labels import area_label, label, status_label
from mithaq.cli.output import write_json_line
from mithaq.cli.store_options import RowFormat, chosen

Item = TypeVar("Item")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Words:
    """What rows call areas, stages and the like: for people their label in a language, for programs (CSV) their key."""

    def __init__(self, lang: str | None) -> None:
        self._lang = lang

    def area(self, area: str) -> str:
        """An area."""
        return area_label(area, self._lang) if self._lang else area

    def status(self, status: str) -> str:
        """A stage."""
        return status_label(status, self._lang) if self._lang else status

    def word(self, key: str) -> str:
        """Any other key."""
        return label(key, self._lang) if self._lang else key


class View(Generic[Item]):
    """How one kind of item is shown: ``cells`` gives its row under ``columns``, ``object`` its JSON.

    Columns are keys of ``data/labels.toml``. One that ends in ``~`` takes the width that is left, in ``*`` so does one
    with Arabic text. Columns joined by ``+`` stand below each other in a table, since a terminal is narrow; in CSV each
    is its own.
    """

    def __init__(
        self,
        title: str,
        columns: Sequence[str],
        cells: Callable[[Item, Words], Sequence[object]],
        object: Callable[[Item], dict[str, Any]],
        empty: str,
    ) -> None:
        self.title = title
        self.columns = columns
        self.cells = cells
        self.object = object
        self.empty = empty

    def print(self, items: Iterable[Item], format: RowFormat | None, lang: str = "en") -> None:
        """Print *items*; where there is none, a table says what to do next."""
        match chosen(format):
            case RowFormat.JSONL:
                for item in items:
                    write_json_line(self.object(item))
            case RowFormat.CSV:
                header = [part for name in self.columns for part in name.rstrip("*~").split("+")]
                write_csv(header, (self.cells(item, Words(None)) for item in items))
            case RowFormat.TABLE:
                self._table(list(items), lang)

    def _table(self, items: list[Item], lang: str) -> None:
        from mithaq.cli.layout import Column, Layout  # rich takes longer to import than a query

        layout = Layout(right_to_left=lang == "ar")
        if not items:
            layout.line(label(self.empty, lang))
            return
        columns = [
            Column(
                "\n".join(label(part, lang) for part in name.rstrip("*~").split("+")),
                name.endswith("*"),
                3 if name.endswith(("*", "~")) else 0,
            )
            for name in self.columns
        ]
        title = f"{label(self.title, lang)} ({len(items):,})"
        layout.table(title, columns, (self._stacked(item, Words(lang)) for item in items))

    def _stacked(self, item: Item, words: Words) -> list[str]:
        """The cells of one row of a table."""
        cells = iter(map(text, self.cells(item, words)))
        rows = ([next(cells) for _ in name.split("+")] for name in self.columns)
        return ["\n".join(filter(None, parts)) for parts in rows]


def write_csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """CSV on standard output, one line a row even if a cell holds line breaks; no cell is a spreadsheet's formula."""
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(header)
    for row in rows:
        writer.writerow([_harmless(text(cell)) for cell in row])


def text(cell: object) -> str:
    """A cell as text: nothing for ``None``, lists with spaces between."""
    if cell is None:
        return ""
    if isinstance(cell, list | tuple):
        return " ".join(map(str, cell))
    return str(cell)


def _harmless(cell: str) -> str:
    cell = " ".join(cell.split("\n"))
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
