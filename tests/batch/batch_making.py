"""Inputs for tests of runs: reports that the project wrote, in small numbers."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from mithaq.batch.run import Totals, run
from mithaq.batch.tables import TABLES, arrow
from mithaq.batch.writing import path_of, shards_in

CORPUS = Path(__file__).parents[2] / "corpus"
DEAL = "وقعت بيرو وتشيلي اتفاقية للتعاون في مجال الطاقة."


def short(number: int) -> dict[str, Any]:
    """A report of one sentence, with an id of its own."""
    return {"id": f"r{number}", "outlet": "النهر", "date": "2019-02-01", "text": f"{DEAL} ({number})"}


def jsonl(path: Path, reports: Iterable[dict[str, Any] | str]) -> Path:
    """Write a file of reports; strings are lines as they are."""
    lines = (r if isinstance(r, str) else json.dumps(r, ensure_ascii=False) for r in reports)
    path.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    return path


def read_run(out: Path, *inputs: Path, shard: int = 3, jobs: int = 1, **more: Any) -> Totals:
    """Read *inputs* into *out* by this version."""
    return run([str(path) for path in inputs], out, "test", shard=shard, jobs=jobs, **more)


def rows(out: Path, table: str) -> list[dict[str, Any]]:
    """All rows of a table, shard by shard."""
    parquet = arrow("pyarrow.parquet")
    found = (parquet.read_table(path_of(out, table, name)).to_pylist() for name in shards_in(out))
    assert table in TABLES
    return [row for shard in found for row in shard]
