"""A folder of a run → reports with their records, a row group at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from mithaq.batch.manifest import NAME, load
from mithaq.batch.rows import Row, to_located, to_record
from mithaq.batch.tables import OF_A_RECORD, arrow
from mithaq.batch.writing import path_of, shards_in
from mithaq.errors import RunError
from mithaq.keep import ReadBefore


def is_run(path: str) -> bool:
    """Whether a path is a folder that ``mithaq run`` writes."""
    return (Path(path) / NAME).is_file()


def is_complete(folder: Path) -> bool:
    """Whether the run is over; raises :class:`~mithaq.errors.RunError` if the folder is of no run."""
    found = load(folder)
    if found is None:
        raise RunError(f"{folder} is not a folder of mithaq run", f"it has no {NAME}")
    return found.complete


def load_run(folder: Path) -> Iterator[ReadBefore]:
    """Every report of the shards that are written, with its record, in the order of the input.

    Raises :class:`~mithaq.errors.RunError` if the folder is of no run, or a file of it cannot be read.
    """
    is_complete(folder)
    for name in shards_in(folder):
        try:
            yield from _shard(folder, name)
        except (OSError, ValueError, KeyError) as error:  # pyarrow's errors are of the first two
            raise RunError(
                f"shard {name} of {folder} cannot be read: {error}", "run it again into a new folder"
            ) from error


def _shard(folder: Path, name: str) -> Iterator[ReadBefore]:
    parquet = arrow("pyarrow.parquet")
    with ExitStack() as stack:
        files = {
            table: stack.enter_context(parquet.ParquetFile(path_of(folder, table, name)))
            for table in ("reports", *OF_A_RECORD)
        }
        for group in range(files["reports"].num_row_groups):
            of_report = {table: _by_report(files[table], group) for table in OF_A_RECORD}
            for row in files["reports"].read_row_group(group).to_pylist():
                located = to_located(row)
                rows = {table: of_report[table].get(row["key"], []) for table in OF_A_RECORD}
                yield ReadBefore(located, to_record(located.report, rows), row["reader"])


def _by_report(file: Any, group: int) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in file.read_row_group(group).to_pylist():
        found[row["key"]].append(row)
    return found
