"""The files of one shard: written under other names, renamed when they are whole, ``reports`` last.

So a shard is done if its file in ``reports`` is there. Row group *n* of each of the tables of records holds the rows of
the same reports, so that a reader of the folder needs no more memory than one group.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from mithaq.batch.rows import Row
from mithaq.batch.tables import OF_A_RECORD, TABLES, arrow, schema

GROUP = 200
"""Reports of a row group."""
_HEAVY = 2_000_000
"""Characters of text at which a row group ends before."""
WORK = ".work"
"""The folder in which files are written before they have their place."""
_ENDING = ".parquet"
_RECORDS = ("reports", *OF_A_RECORD)


def path_of(folder: Path, table: str, name: str) -> Path:
    """The file of a shard in a table."""
    return folder / table / f"{name}{_ENDING}"


def is_done(folder: Path, name: str) -> bool:
    """Whether a shard is written."""
    return path_of(folder, "reports", name).exists()


def shards_in(folder: Path) -> list[str]:
    """The names of the shards that are written, in order."""
    try:
        return sorted(n.removesuffix(_ENDING) for n in os.listdir(folder / "reports") if n.endswith(_ENDING))
    except FileNotFoundError:
        return []


def rows_of(folder: Path, table: str, name: str) -> int:
    """How many rows a shard has in a table; reads the file's end only."""
    found: int = arrow("pyarrow.parquet").read_metadata(path_of(folder, table, name)).num_rows
    return found


class ShardWriter:
    """One attempt to write a shard. Use as a context: without :meth:`commit` nothing is left of it.

    Raises :class:`OSError` when the disk refuses.
    """

    def __init__(self, folder: Path, name: str) -> None:
        self._folder = folder
        self._name = name
        self._waiting: dict[str, list[Row]] = {table: [] for table in TABLES}
        self._weight = 0
        self.counts = dict.fromkeys(TABLES, 0)
        parquet = arrow("pyarrow.parquet")
        attempt = f"{os.uname().nodename}-{os.getpid()}" if hasattr(os, "uname") else f"{os.getpid()}"
        self._temporary = {t: folder / WORK / f"{name}.{t}.{attempt}{_ENDING}" for t in TABLES}
        self._writers = {
            t: parquet.ParquetWriter(self._temporary[t], schema(t), compression="zstd", compression_level=3)
            for t in TABLES
        }

    def __enter__(self) -> ShardWriter:
        return self

    def __exit__(self, *_: object) -> None:
        for writer in self._writers.values():
            writer.close()
        for path in self._temporary.values():
            path.unlink(missing_ok=True)

    def add(self, rows: Mapping[str, Sequence[Row]]) -> None:
        """Rows of one report, or of what was set aside: table name → rows."""
        for table, found in rows.items():
            self._waiting[table] += found
            self.counts[table] += len(found)
        self._weight += sum(len(row["text"]) for row in rows.get("reports", ()))
        if len(self._waiting["reports"]) >= GROUP or self._weight >= _HEAVY:
            self._flush()

    def commit(self) -> None:
        """Give the files their places."""
        self._flush()
        for table in TABLES:
            self._writers[table].close()
            _to_disk(self._temporary[table])
        for table in reversed(TABLES):  # reports come last: they say that the others are there
            if table == "reports":
                for other in _OTHERS:
                    _to_disk(self._folder / other)
            os.replace(self._temporary[table], path_of(self._folder, table, self._name))
        _to_disk(self._folder / "reports")

    def _flush(self) -> None:
        if self._waiting["reports"]:
            for table in _RECORDS:
                self._write(table)
        if self._waiting["aside"]:
            self._write("aside")
        self._weight = 0

    def _write(self, table: str) -> None:
        pyarrow = arrow()
        batch: Any = pyarrow.RecordBatch.from_pylist(self._waiting[table], schema=schema(table))
        self._writers[table].write_table(pyarrow.Table.from_batches([batch], schema(table)), row_group_size=1 << 30)
        self._waiting[table].clear()


_OTHERS = [table for table in TABLES if table != "reports"]


def _to_disk(path: Path) -> None:
    """What was written there, or renamed into that folder, outlives a power failure."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
