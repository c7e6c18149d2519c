"""Shards are the same slices however they are cut."""

from __future__ import annotations

import csv
import gzip
import random
from pathlib import Path

import pytest
from batch_making import jsonl, short

from mithaq.batch.cutting import cut, cut_one, large
from mithaq.batch.shards import Files, Items, Job, Lines, Whole

JOB = Job("out", "run", "test", shard=3)
"""Inputs up to 3,000 bytes are small."""


def wide(number: int) -> dict[str, object]:
    return {**short(number), "text": short(number)["text"] * 20}


@pytest.fixture
def plain(tmp_path: Path) -> str:
    return str(jsonl(tmp_path / "news.jsonl", (wide(n) for n in range(8))))


@pytest.fixture
def packed(tmp_path: Path) -> str:
    path, noise = tmp_path / "news.jsonl.gz", random.Random(1)
    lines = [f'{{"id": "r{n}", "text": "{n} {noise.randbytes(99).hex()}"}}' for n in range(40)]
    path.write_bytes(gzip.compress("\n".join(lines).encode()))
    assert path.stat().st_size > 3000
    return str(path)


def test_lines_that_are_not_packed_are_cut_by_their_places(plain: str) -> None:
    shards = [s for s in cut([plain], JOB, hold=True) if isinstance(s, Lines)]
    assert [(s.name, s.first, s.count, s.held) for s in shards] == [
        ("000000-000000", 1, 3, None),
        ("000000-000001", 4, 3, None),
        ("000000-000002", 7, 2, None),
    ]
    data = Path(plain).read_bytes()
    assert [data[s.offset :].startswith(f'{{"id": "r{s.first - 1}"'.encode()) for s in shards] == [True] * 3
    assert shards == list(cut([plain], JOB, hold=False))


def test_packed_lines_go_along_or_are_cut_by_who_reads_them(packed: str) -> None:
    held = list(cut([packed], JOB, hold=True))
    assert [s.count for s in held if isinstance(s, Lines) and s.held] == [3] * 13 + [1]
    (whole,) = cut([packed], JOB, hold=False)
    assert isinstance(whole, Whole)
    assert list(cut_one(whole.number, whole.path, JOB)) == held
    assert [whole] == list(cut([packed], JOB, hold=True, whole=True))
    assert large([packed, packed], JOB) == 2


def test_sizes_add_up_to_that_of_the_input(plain: str, packed: str) -> None:
    shards = [s for s in cut([plain, packed], JOB, hold=True) if not isinstance(s, Whole)]
    assert sum(s.size for s in shards) == sum(Path(path).stat().st_size for path in (plain, packed))


def test_small_inputs_are_read_together(tmp_path: Path, plain: str) -> None:
    small = [str(jsonl(tmp_path / f"{n}.jsonl", [short(n)])) for n in range(4)]
    found = list(cut([*small, plain, small[0]], JOB, hold=True))
    assert [s.paths for s in found if isinstance(s, Files)] == [tuple(small[:3]), (small[3],), (small[0],)]
    assert [s.name for s in found if not isinstance(s, Whole)] == [
        "000000-000000", "000003-000000", "000004-000000", "000004-000001", "000004-000002", "000005-000000",
    ]  # fmt: skip


def test_other_large_inputs_are_cut_report_by_report(tmp_path: Path) -> None:
    path = tmp_path / "news.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "text"])
        writer.writerows((r["id"], r["text"]) for r in (wide(n) for n in range(5)))
    found = list(cut([str(path)], JOB, hold=True))
    assert [len(s.items) for s in found if isinstance(s, Items)] == [3, 2]
    assert sum(s.size for s in found) == path.stat().st_size


def test_a_damaged_end_is_part_of_the_last_shard(packed: str) -> None:
    data = Path(packed).read_bytes()
    Path(packed).write_bytes(data[: len(data) - 400])
    found = [s for s in cut([packed], JOB, hold=True) if isinstance(s, Lines)]
    assert [s.fault is not None for s in found] == [False] * (len(found) - 1) + [True]
    assert found[-1].fault
    assert "gzip data is damaged" in found[-1].fault[0]


def test_blank_lines_are_no_reports(tmp_path: Path) -> None:
    path = jsonl(tmp_path / "news.jsonl", ["", wide(1), "", "", wide(2), wide(3), wide(4), ""])
    found = [s for s in cut([str(path)], JOB, hold=False) if isinstance(s, Lines)]
    assert [(s.first, s.count) for s in found] == [(2, 3), (7, 1)]
