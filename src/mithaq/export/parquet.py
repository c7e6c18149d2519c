"""Parquet: a folder of three typed tables; needs pyarrow."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from mithaq.export.columns import FIELDS, TABLES, Column, Kind, rows
from mithaq.export.files import whole_folder
from mithaq.export.options import Options, package
from mithaq.export.text import printable
from mithaq.ledger.items import Agreement

FILES = tuple(f"{table}.parquet" for table in TABLES)
GROUP = 20_000
"""Rows of stages kept in memory before they are written as a row group."""


def schema(table: str) -> Any:
    """The ``pyarrow.Schema`` of a table: dates as date32, lists as lists, objects as structs, meanings as comments."""
    pyarrow = package("pyarrow")
    return pyarrow.schema(
        pyarrow.field(c.name, _type(pyarrow, c.kind), metadata={"comment": c.meaning}) for c in TABLES[table]
    )


def _type(pyarrow: Any, kind: Kind) -> Any:
    simple = {
        "text": pyarrow.string(),
        "date": pyarrow.date32(),
        "integer": pyarrow.int64(),
        "number": pyarrow.float64(),
        "boolean": pyarrow.bool_(),
        "texts": pyarrow.list_(pyarrow.string()),
    }
    if kind in simple:
        return simple[kind]
    return pyarrow.list_(pyarrow.struct([(name, _type(pyarrow, k)) for name, k in FIELDS[kind].items()]))


def write_parquet(agreements: Iterable[Agreement], path: Path, options: Options) -> int:
    """Write the folder *path* with ``agreements``, ``commitments`` and ``stages``; returns how many agreements."""
    pyarrow, parquet = package("pyarrow"), package("pyarrow.parquet")
    schemas = {table: schema(table) for table in TABLES}
    number = 0
    with whole_folder(path, FILES) as folder, ExitStack() as stack:
        writers = {
            table: stack.enter_context(parquet.ParquetWriter(folder / f"{table}.parquet", schemas[table]))
            for table in TABLES
        }
        waiting: dict[str, list[list[Any]]] = {table: [] for table in TABLES}

        def flush() -> None:
            for table, lines in waiting.items():
                if lines:
                    columns = [_column(c, [line[i] for line in lines]) for i, c in enumerate(TABLES[table])]
                    writers[table].write_table(pyarrow.table(columns, schema=schemas[table]))
                    lines.clear()

        for agreement in agreements:
            number += 1
            for table, lines in rows(agreement).items():
                waiting[table] += lines
            if len(waiting["stages"]) >= GROUP:
                flush()
        flush()
    return number


def _column(column: Column[Any], values: list[Any]) -> list[Any]:
    """The values with their words made safe: UTF-8 cannot hold halves of surrogate pairs."""
    return values if column.kind in ("date", "integer", "number", "boolean") else [_safe(v) for v in values]


def _safe(value: Any) -> Any:
    match value:
        case str():
            return printable(value)
        case list() | tuple():
            return [_safe(v) for v in value]
        case dict():
            return {k: _safe(v) for k, v in value.items()}
        case _:
            return value
