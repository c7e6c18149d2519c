"""Parquet → its rows, so many at a time that an answer stays small."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from mithaq.errors import InputError
from mithaq.readers.columns import matched, needs_text
from mithaq.readers.items import Defaults, Made, Unmade
from mithaq.readers.jsonl import to_report
from mithaq.readers.limits import MAX_COLUMN

_BATCH = 64
_ROWS = 512
_CHARACTERS = 4_000_000
_NONE = Defaults()


@dataclass
class _Open:
    """The file that is being read, and where: the next call goes on there."""

    path: str
    columns: str
    row: int
    rows: Iterator[Made | Unmade]


_OPEN: list[_Open] = []
"""None or one."""


def parse(data: bytes, path: str, columns: str, row: str) -> list[Made | Unmade]:
    """Some rows of the file *path* from *row* (from 0) on; none at its end. *data* is not used.

    *columns* is a JSON object: which column holds which field. Raises :class:`~mithaq.errors.InputError`.
    """
    try:
        if not _OPEN or (_OPEN[0].path, _OPEN[0].columns, _OPEN[0].row) != (path, columns, int(row)):
            rows = _rows(path, json.loads(columns))
            for _ in range(int(row)):
                next(rows)
            _OPEN[:] = [_Open(path, columns, int(row), rows)]
        found = list(_some(_OPEN[0].rows))
    except InputError:
        raise
    except (pa.ArrowException, OSError, ValueError, KeyError, StopIteration) as error:
        _OPEN.clear()
        raise InputError(f"its Parquet data is damaged: {str(error)[:200]}", "write it again") from error
    _OPEN[0].row += len(found)
    if not found:
        _OPEN.clear()
    return found


def _some(rows: Iterator[Made | Unmade]) -> Iterator[Made | Unmade]:
    characters = 0
    for number, made in enumerate(rows, 1):
        yield made
        characters += len(made.text) if isinstance(made, Made) else 0
        if number >= _ROWS or characters > _CHARACTERS:
            return


def _rows(path: str, wishes: dict[str, str]) -> Iterator[Made | Unmade]:
    with pq.ParquetFile(path, pre_buffer=False) as table:
        header = [str(name) for name in table.schema_arrow.names]
        columns = matched(header, wishes)
        needs_text(columns, header)
        names = [header[at] for at in columns.values()]
        _check_size(table, set(names))
        number = 0
        for batch in table.iter_batches(batch_size=_BATCH, columns=names, use_threads=False):
            for row in batch.to_pylist():
                number += 1
                yield _made({field: _plain(row[header[at]]) for field, at in columns.items()}, f"row {number}")


def _made(fields: dict[str, Any], part: str) -> Made | Unmade:
    try:
        report, notes = to_report(fields, "", _NONE)
    except InputError as error:
        return Unmade(part, error.message, error.hint)
    published = report.published.isoformat() if report.published else None
    return Made(report.text, report.id or None, report.title, report.outlet, report.url, published, part, notes)


def _check_size(table: Any, columns: set[str]) -> None:
    for group in range(table.metadata.num_row_groups):
        about = table.metadata.row_group(group)
        chunks = [about.column(i) for i in range(about.num_columns)]
        size = sum(c.total_uncompressed_size for c in chunks if c.path_in_schema.partition(".")[0] in columns)
        if size > MAX_COLUMN:
            raise InputError(
                f"a row group unpacks to over {MAX_COLUMN // 1_000_000} MB", "write it with smaller row groups"
            )


def _plain(value: Any) -> Any:
    """Dates as their ISO 8601; bytes as text."""
    if isinstance(value, date):  # also a datetime
        return value.isoformat()
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else value
