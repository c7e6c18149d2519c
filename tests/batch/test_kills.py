"""A run that is killed goes on, and a worker that is killed costs nothing but its retry.

A few kills only; ``bench/run_kills.py`` does twenty of each, on a corpus.
"""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest
from batch_making import CORPUS, jsonl, rows, short
from run_kills import command, files, kill_run, kill_workers

from mithaq.batch.journal import DEATHS, Journal

KILLS = 5
SHARD = 4


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    lines = (CORPUS / "reports.jsonl").read_text("utf-8").splitlines()
    return jsonl(tmp_path_factory.mktemp("reports") / "reports.jsonl", lines[:60])


@pytest.fixture(scope="module")
def expected(reports: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What a run that nobody disturbs writes."""
    out = tmp_path_factory.mktemp("undisturbed") / "out"
    subprocess.run(command(reports, out, SHARD), check=True, capture_output=True)
    assert len(rows(out, "reports")) == 60
    return files(out)


def test_a_run_killed_at_random_moments(reports: Path, expected: dict[str, bytes], tmp_path: Path) -> None:
    kill_run(reports, tmp_path / "out", SHARD, KILLS, random.Random(3), 4.0)
    assert files(tmp_path / "out") == expected


def test_workers_killed_at_random_moments(reports: Path, expected: dict[str, bytes], tmp_path: Path) -> None:
    assert kill_workers(reports, tmp_path / "out", SHARD, KILLS, random.Random(5), 1.5) > 0
    assert files(tmp_path / "out") == expected


DEADLY = """
import os, sys
from pathlib import Path
import mithaq.batch.work as work

attempt = work.attempt

def deadly(report):
    if report.id == "r2":
        os.kill(os.getpid(), 9)
    return attempt(report)

work.attempt = deadly  # in the workers too: they import this file

if __name__ == "__main__":
    from mithaq.batch.run import run
    run([sys.argv[1]], Path(sys.argv[2]), "test", jobs=1, shard=4)
"""


def test_a_report_that_ends_its_worker_is_set_aside_and_its_shard_finished(tmp_path: Path) -> None:
    script = tmp_path / "deadly.py"
    script.write_text(DEADLY, "utf-8")
    path = jsonl(tmp_path / "news.jsonl", map(short, range(6)))
    subprocess.run([sys.executable, str(script), str(path), str(tmp_path / "out")], check=True, timeout=120)
    assert [row["id"] for row in rows(tmp_path / "out", "reports")] == ["r0", "r1", "r3", "r4", "r5"]
    (row,) = rows(tmp_path / "out", "aside")
    assert (row["id"], row["place"], row["reason"]) == ("r2", "line 3", "reading it ended the process")


def test_deaths_count_for_one_run_only(tmp_path: Path) -> None:
    def die_at(number: int, run: str) -> set[int]:
        journal = Journal(tmp_path / "one.at", run)
        journal.at(number)
        journal.close(done=False)
        return journal.killers

    for _ in range(DEATHS):
        assert die_at(17, "first") == set()
    assert die_at(18, "first") == {17}
    assert die_at(17, "second") == set(), "whoever stops the whole run says nothing against the report"


def test_a_death_between_reports_is_nobodys(tmp_path: Path) -> None:
    for _ in range(DEATHS + 1):
        journal = Journal(tmp_path / "one.at", "run")
        journal.at(1)
        journal.between()
        journal.close(done=False)
        assert journal.killers == set()
