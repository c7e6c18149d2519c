"""Spark schedules the same shards; a worker that dies costs nothing but its retry."""

from __future__ import annotations

import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from batch_making import CORPUS, jsonl, read_run, rows
from run_kills import children, command_line, files

from mithaq import __version__
from mithaq.batch.run import run
from mithaq.errors import RunError

SHARD = 8


@pytest.fixture
def _spark() -> None:
    if importlib.util.find_spec("pyspark") is None:
        pytest.skip("pyspark is not installed: pip install 'mithaq[spark]'")
    if shutil.which("java") is None and not os.environ.get("JAVA_HOME"):
        pytest.skip("there is no Java, which Spark runs on")


def descendants(pid: int) -> list[int]:
    """All processes under one, nearest first."""
    found = children(pid)
    for child in found:
        found += children(child)
    return found


@pytest.mark.usefixtures("_spark")
def test_a_cluster_writes_what_one_machine_does_though_a_worker_is_killed(tmp_path: Path) -> None:
    reports = jsonl(tmp_path / "reports.jsonl", (CORPUS / "reports.jsonl").read_text("utf-8").splitlines()[:80])
    run([str(reports)], tmp_path / "local", __version__, shard=SHARD, jobs=2)
    out = tmp_path / "spark"
    arguments = [sys.executable, "-m", "mithaq", "run", str(reports), "--out", str(out), "--shard", str(SHARD)]
    arguments += ["--engine", "spark", "--master", "local-cluster[2,1,1024]"]
    with (tmp_path / "log").open("w") as log:
        process = subprocess.Popen(arguments, stderr=log, env={**os.environ, "SPARK_LOCAL_IP": "127.0.0.1"})
        killed = 0
        while process.poll() is None and not killed:
            time.sleep(0.05)
            # A worker is the child of a daemon that the executor started; both go by the daemon's name.
            daemons = [pid for pid in descendants(process.pid) if "pyspark.daemon" in command_line(pid)]
            workers = [child for pid in daemons for child in children(pid)]
            if workers and any((out / ".work").glob("*.at")):
                os.kill(workers[0], signal.SIGKILL)
                killed = workers[0]
        assert process.wait(900) == 0, (tmp_path / "log").read_text("utf-8")
    assert killed
    assert len(rows(out, "reports")) == 80
    assert files(out) == files(tmp_path / "local")


def test_relative_paths_are_refused_on_a_cluster(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    jsonl(tmp_path / "n.jsonl", ["{}"])
    with pytest.raises(RunError, match="a cluster's nodes do not know this folder"):
        read_run(tmp_path / "out", Path("n.jsonl"), engine="spark", master="spark://127.0.0.1:7077")


def test_spark_that_is_missing_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    with pytest.raises(RunError, match=r"pip install 'mithaq\[spark\]'"):
        read_run(tmp_path / "out", jsonl(tmp_path / "n.jsonl", ["{}"]), engine="spark")
