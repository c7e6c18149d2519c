"""Rows as a table, as JSON Lines or as CSV."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import Generic, TypeVar

from mithaq.cli.labels import area_label, label, status_label
from mithaq.cli.output import write_json_line
from mithaq.cli.store_options import RowFormat, chosen
from mithaq.export.rows import Rows, Words, cell_text

Item = TypeVar("Item")


class Labels(Words):
    """What tables call areas, stages and the like: their label in a language."""

    def __init__(self, lang: str) -> None:
        self._lang = lang

    def area(self, area: str) -> str:
        """An area."""
        return area_label(area, self._lang)

    def status(self, status: str) -> str:
        """A stage."""
        return status_label(status, self._lang)

    def word(self, key: str) -> str:
        """Any other key."""
        return label(key, self._lang)


class View(Generic[Item]):
    """Prints one kind of rows."""

    def __init__(self, rows: Rows[Item]) -> None:
        self._rows = rows

    def print(self, items: Iterable[Item], format: RowFormat | None, lang: str = "en") -> None:
        """Print *items*; where there is none, a table says what to do next."""
        match chosen(format):
            case RowFormat.JSONL:
                for item in items:
                    write_json_line(self._rows.to_object(item))
            case RowFormat.CSV:
                for line in self._rows.csv(items):
                    sys.stdout.write(line)
            case RowFormat.TABLE:
                self._table(list(items), lang)

    def _table(self, items: list[Item], lang: str) -> None:
        from mithaq.cli.layout import Column, Layout  # rich takes longer to import than a query

        layout = Layout(right_to_left=lang == "ar")
        if not items:
            layout.line(label(self._rows.empty, lang))
            return
        if self._rows.named:
            columns = [Column(name) for name in self._rows.columns]
        else:
            columns = [
                Column(
                    "\n".join(label(part, lang) for part in self._rows.stack(name)),
                    name.endswith("*"),
                    3 if name.endswith(("*", "~")) else 0,
                )
                for name in self._rows.columns
            ]
        title = f"{label(self._rows.title, lang)} ({len(items):,})"
        layout.table(title, columns, (self._stacked(item, Labels(lang)) for item in items))

    def _stacked(self, item: Item, words: Words) -> list[str]:
        """The cells of one row of a table."""
        cells = iter(map(cell_text, self._rows.cells(item, words)))
        stacks = ([next(cells) for _ in self._rows.stack(name)] for name in self._rows.columns)
        return ["\n".join(filter(None, parts)) for parts in stacks]
