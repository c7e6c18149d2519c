"""The rows of records as a driver takes them: tuples of plain values, small to send and quick to store.

A report has some 25 rows. SQLAlchemy prepares each cell of them by its type, which takes as long as storing them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import JSON, Connection, Date, insert

from mithaq.store import schema
from mithaq.store.rows import Row

Cells = tuple[str | int | float | None, ...]
"""A row in the order of its table's columns: JSON and days as text, which both databases take for them."""

_to_json = json.JSONEncoder(check_circular=False).encode  # what a record holds is made anew, and has no cycles


class _Layout(NamedTuple):
    names: tuple[str, ...]
    json: tuple[int, ...]
    days: tuple[int, ...]
    """Where the columns of these types stand."""


@cache
def _layout(table: str) -> _Layout:
    columns = list(schema.metadata.tables[table].columns)
    of_type = {t: tuple(i for i, c in enumerate(columns) if isinstance(c.type, t)) for t in (JSON, Date)}
    return _Layout(tuple(c.name for c in columns), of_type[JSON], of_type[Date])


def to_cells(rows: Mapping[str, Iterable[Row]]) -> dict[str, list[Cells]]:
    """Rows of tables (:func:`~mithaq.store.rows.to_rows`), each in the order of its table's columns."""
    return {table: list(_cells(_layout(table), found)) for table, found in rows.items()}


def _cells(layout: _Layout, rows: Iterable[Row]) -> Iterator[Cells]:
    for row in map(itemgetter(*layout.names), rows):
        cells: list[Any] = list(row)
        for i in layout.json:
            cells[i] = _to_json(cells[i])
        for i in layout.days:
            cells[i] = cells[i] and cells[i].isoformat()
        yield tuple(cells)


def insert_cells(connection: Connection, table: str, rows: list[Cells]) -> None:
    """Write rows of one table, at least one."""
    dialect = connection.dialect
    statement = str(insert(schema.metadata.tables[table]).compile(dialect=dialect))
    if dialect.positional:
        connection.exec_driver_sql(statement, rows)
    else:
        names = _layout(table).names
        connection.exec_driver_sql(statement, [dict(zip(names, row, strict=True)) for row in rows])
