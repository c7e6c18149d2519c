"""Parquet: one report a row; only the columns that a report has are read, some rows at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any, BinaryIO

from mithaq.errors import InputError
from mithaq.readers.columns import matched, needs_text
from mithaq.readers.items import Located, SetAside
from mithaq.readers.jsonl import to_report
from mithaq.readers.limits import MAX_COLUMN
from mithaq.readers.needs import require
from mithaq.readers.sources import Item, Source
from mithaq.readers.streams import hashed, seekable

_BATCH = 64
_MAGIC = b"PAR1"


def recognises(source: Source) -> bool:
    """By the first bytes."""
    return source.head().startswith(_MAGIC)


def read(source: Source) -> Iterator[Item]:
    """The report of each row. The hash of a report's origin is that of the whole file: rows have no bytes."""
    with seekable(source.stream) as file:
        yield from _rows(source, file, hashed(file))


def _rows(source: Source, file: BinaryIO, digest: str) -> Iterator[Item]:
    with _damage():
        table: Any = require("pyarrow.parquet", "parquet").ParquetFile(file, pre_buffer=False)
        header = [str(name) for name in table.schema_arrow.names]
    columns = matched(header, source.wishes.columns)
    needs_text(columns, header)
    _check_size(table, {header[at] for at in columns.values()})
    number = 0
    for batch in _batches(table, [header[at] for at in columns.values()]):
        for row in batch:
            number += 1
            place = source.place.within(f"row {number}")
            fallback = f"{source.stem}-{number}"
            fields = {field: _plain(row[header[at]]) for field, at in columns.items()}
            try:
                report, notes = to_report(fields, fallback, source.wishes.defaults)
                yield Located(place, report, notes, report.id != fallback, source.origin(digest, place))
            except InputError as error:
                yield SetAside(place, error)
    if not number:
        raise InputError("the table has no rows")


def _batches(table: Any, columns: list[str]) -> Iterator[list[dict[str, Any]]]:
    batches = table.iter_batches(batch_size=_BATCH, columns=columns, use_threads=False)
    while True:
        with _damage():
            batch = next(batches, None)
            if batch is None:
                return
            rows = batch.to_pylist()
        yield rows


def _check_size(table: Any, columns: set[str]) -> None:
    with _damage():
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


@contextmanager
def _damage() -> Iterator[None]:
    """Raise :class:`~mithaq.errors.InputError` for what pyarrow raises: its own errors, and ``OSError`` for damage."""
    try:
        yield
    except InputError:
        raise
    except MemoryError as error:
        raise InputError("the table asks for more memory than there is", "write it again") from error
    except Exception as error:
        if not isinstance(error, OSError | ValueError | KeyError) and type(error).__module__ != "pyarrow.lib":
            raise
        raise InputError(f"its Parquet data is damaged: {str(error)[:200]}", "write it again") from error
