"""SQLite: one self-contained database file of the three tables, for datasette and for SQL by hand."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

from mithaq.errors import ExportError
from mithaq.export.columns import TABLES
from mithaq.export.columns import rows as rows_of
from mithaq.export.files import whole_file
from mithaq.export.options import Options
from mithaq.export.text import printable
from mithaq.ledger.items import Agreement

_TYPES = {"integer": "INTEGER", "number": "REAL", "boolean": "INTEGER"}  # all else is TEXT
_REFERENCES = {("commitments", "agreement"): "agreements", ("stages", "commitment"): "commitments"}


def statements() -> list[str]:
    """The SQL that makes the tables and, after the rows, their indexes."""
    made = []
    for table, columns in TABLES.items():
        parts = []
        for column in columns:
            words = [f'"{column.name}"', _TYPES.get(column.kind, "TEXT")]
            if column.name == "id":
                words.append("PRIMARY KEY NOT NULL")
            if other := _REFERENCES.get((table, column.name)):
                words.append(f'NOT NULL REFERENCES "{other}"("id")')
            parts.append(" ".join(words))
        made.append(f'CREATE TABLE "{table}" ({", ".join(parts)})')
    made += [
        f'CREATE INDEX "{table}_{column.name}" ON "{table}"("{column.name}")'
        for table, columns in TABLES.items()
        for column in columns
        if column.key and column.name != "id"
    ]
    return made


def write_sqlite(agreements: Iterable[Agreement], path: Path, options: Options) -> int:
    """Write the database file *path*; returns how many agreements.

    Dates are ISO 8601 text, lists are JSON arrays, booleans 0 and 1.
    """
    tables, indexes = statements()[: len(TABLES)], statements()[len(TABLES) :]
    insert = {t: f'INSERT INTO "{t}" VALUES ({", ".join("?" * len(columns))})' for t, columns in TABLES.items()}
    number = 0
    with whole_file(path) as temporary, closing(sqlite3.connect(temporary, isolation_level=None)) as database:
        try:
            # The file is new and under a temporary name: a journal would protect nothing.
            database.execute("PRAGMA journal_mode = OFF")
            database.execute("BEGIN")
            for statement in tables:
                database.execute(statement)
            for agreement in agreements:
                number += 1
                for table, lines in rows_of(agreement).items():
                    database.executemany(insert[table], ([_value(v) for v in line] for line in lines))
            for statement in indexes:
                database.execute(statement)
            database.execute("COMMIT")
        except sqlite3.Error as error:
            raise ExportError(f"{path} cannot be written: {error}", "nothing was changed there") from error
    return number


def _value(value: Any) -> Any:
    match value:
        case str():
            return printable(value)
        case date():
            return value.isoformat()
        case list() | tuple():
            return json.dumps(value, ensure_ascii=False, default=date.isoformat).translate(_LONE)
        case _:
            return value


_LONE = dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
