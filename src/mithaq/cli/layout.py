"""Tables that fit the terminal, with Arabic kept in order.

Arabic is never reshaped or turned round: terminals that can, do it themselves. They do it line by line, so two Arabic
cells side by side would change places; on a terminal each therefore stands between isolates (U+2067, U+2069), which
take no room. They are put in after the layout, line by line, so that wrapping never parts a pair.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rich import box
from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.segment import Segment
from rich.table import Table
from rich.text import Text

from mithaq.cli.output import safe

_WIDTH_OF_FILES = 100
_NARROWEST_TABLE = 72
_NARROWEST_TEXT = 16
_ISOLATE, _POP = "\u2067", "\u2069"


@dataclass(frozen=True, slots=True)
class Column:
    """A column's heading; *arabic* if it holds text of the report; *share* of the width that is left over."""

    heading: str
    arabic: bool = False
    share: int = 0


def isolate(text: str) -> str:
    """*text* between isolates if it holds Arabic, the white space around it left outside."""
    if not any("\u0590" <= c <= "\u08ff" or "\ufb1d" <= c <= "\ufefc" for c in text):
        return text
    inner = text.strip()
    start = text.index(inner)
    return f"{text[:start]}{_ISOLATE}{inner}{_POP}{text[start + len(inner) :]}"


class _Isolated:
    """A renderable whose segments that hold Arabic are isolated, line by line."""

    def __init__(self, inner: RenderableType) -> None:
        self._inner = inner

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for line in console.render_lines(self._inner, options, pad=False):
            yield from (Segment(isolate(s.text), s.style, s.control) for s in line)
            yield Segment.line()


class _Console(Console):
    def on_broken_pipe(self) -> None:
        """Leave a broken pipe to whoever handles errors; rich would end the process here and now."""
        raise


class Layout:
    """Prints headings, sentences and tables to standard output."""

    def __init__(self, right_to_left: bool = False) -> None:
        terminal = sys.stdout.isatty()
        self._right_to_left = right_to_left
        self._isolates = terminal
        self._console = _Console(
            file=sys.stdout,
            width=None if terminal or "COLUMNS" in os.environ else _WIDTH_OF_FILES,
            markup=False,
            emoji=False,
            highlight=False,
        )

    def line(self, *parts: str, style: str = "") -> None:
        """One line of text; parts are set apart by dots."""
        shown = [isolate(safe(p)) if self._isolates else safe(p) for p in parts if p]
        self._console.print(Text(" · ".join(shown), style=style), justify="right" if self._right_to_left else None)

    def gap(self) -> None:
        """An empty line."""
        self._console.print()

    def table(self, title: str, columns: Sequence[Column], rows: Iterable[Sequence[str]]) -> None:
        """A table, or where there is no room for one, its rows as lists of cells."""
        self.line(title, style="bold")
        cells = [[safe(c) for c in row] for row in rows]
        if self._console.width < _NARROWEST_TABLE:
            self._list(columns, cells)
        else:
            self._print(self._table(columns, cells))

    def _table(self, columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> Table:
        table = Table(box=box.ROUNDED, show_lines=True, expand=True)
        order = range(len(columns))[:: -1 if self._right_to_left else 1]
        for column in (columns[i] for i in order):
            table.add_column(
                Text(column.heading),
                justify="right" if column.arabic or self._right_to_left else "left",
                ratio=column.share or None,
                min_width=_NARROWEST_TEXT if column.share else None,
                overflow="fold",
            )
        for row in rows:
            table.add_row(*(Text(row[i]) for i in order))
        return table

    def _list(self, columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> None:
        for row in rows:
            for column, cell in zip(columns, row, strict=True):
                if cell:
                    self._print(Text.assemble((f"{column.heading}: ", "bold"), " · ".join(cell.splitlines())))
            self.gap()

    def _print(self, renderable: RenderableType) -> None:
        self._console.print(_Isolated(renderable) if self._isolates else renderable, crop=False)
