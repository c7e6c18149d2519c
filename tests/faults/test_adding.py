"""``mithaq add`` killed, repeated, and run by several at once: nothing is lost, nothing doubled.

A few kills only; ``bench/crashes.py`` does two hundred.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from crashes import REPORTS, command, crash, kept

COUNT = 48


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("reports") / "reports.jsonl"
    path.write_text("\n".join(REPORTS.read_text("utf-8").splitlines()[:COUNT]) + "\n", "utf-8")
    return path


@pytest.fixture(scope="module")
def expected(reports: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[tuple[object, ...]]]:
    """What a run that nobody disturbs keeps."""
    url = str(tmp_path_factory.mktemp("undisturbed") / "mithaq.db")
    subprocess.run(command(url, reports), check=True, capture_output=True)
    found = kept(url)
    assert len(found["reports"]) == COUNT
    return found


def comparable(tables: dict[str, list[tuple[object, ...]]]) -> dict[str, list[tuple[object, ...]]]:
    """Without the tables that one kind of database has alone."""
    return {name: rows for name, rows in tables.items() if not name.startswith("search")}


def test_kills_lose_and_double_nothing(
    database_url: str, reports: Path, expected: dict[str, list[tuple[object, ...]]]
) -> None:
    crash(database_url, reports, 4, comparable(expected), seed=7, longest=6.0)


def test_four_at_once(database_url: str, reports: Path, expected: dict[str, list[tuple[object, ...]]]) -> None:
    """Each adds three quarters of the reports, so that most come from three processes."""
    lines = reports.read_text("utf-8").splitlines()
    running = []
    for part in range(4):
        share = reports.with_name(f"part-{part}.jsonl")
        share.write_text("\n".join(line for n, line in enumerate(lines) if n % 4 != part) + "\n", "utf-8")
        arguments = [sys.executable, "-m", "mithaq", "add", "--db", database_url, "--jobs", "1", str(share)]
        running.append(subprocess.Popen(arguments, stderr=subprocess.PIPE, text=True))
    said = [process.communicate(timeout=300)[1] for process in running]
    assert [process.returncode for process in running] == [0] * 4, said
    assert comparable(kept(database_url)) == comparable(expected)
