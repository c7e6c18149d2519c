"""The engine of a cluster: Apache Spark gives the shards to its workers, and gives a dead worker's to another.

The driver holds where shards begin, never their texts. Inputs and output lie in a folder that all nodes see.
"""

from __future__ import annotations

import importlib
import os
import sys
import threading
from collections.abc import Generator, Iterator, Sequence
from pathlib import Path
from typing import Any

from mithaq.batch.cutting import cut
from mithaq.batch.shards import Done, Job, Piece, Whole
from mithaq.batch.work import found_done, work
from mithaq.batch.writing import is_done
from mithaq.errors import RunError
from mithaq.workers import collect_less

_LOOKED = 2.0
"""Seconds between two looks at what is done."""
_TRIES = 4
"""How often Spark on this machine tries a shard; on a cluster that is ``spark.task.maxFailures``, 4 unless set."""


def run_spark(inputs: Sequence[str], job: Job, jobs: int, master: str | None) -> Generator[Done]:
    """Every shard of the inputs, about when it is written. *master* is the cluster's address, else this machine's.

    Raises :class:`~mithaq.errors.RunError` without Spark, and if it gives up.
    """
    master = master or f"local[{jobs},{_TRIES}]"
    if not master.startswith("local") and not all(map(os.path.isabs, [*inputs, job.folder])):
        raise RunError("a cluster's nodes do not know this folder", "give absolute paths, on a disk that all nodes see")
    pieces: list[Piece] = []
    for piece in cut(inputs, job, hold=False):
        if not isinstance(piece, Whole) and (done := found_done(piece, job)):
            yield done
        else:
            pieces.append(piece)
    if pieces:
        yield from _run(pieces, job, _session(master))


def _run(pieces: list[Piece], job: Job, session: Any) -> Iterator[Done]:
    # A piece a partition, so that what is lost with a worker is one piece. What comes back are counts, no rows.
    given = session.sparkContext.parallelize(pieces, len(pieces)).flatMap(_Work(job))
    answer: list[Done] = []
    fault: list[Exception] = []

    def collect() -> None:
        try:
            answer.extend(given.collect())
        except Exception as error:  # a Java exception, in whatever class this version of Spark wraps it
            fault.append(error)

    thread = threading.Thread(target=collect, daemon=True)
    thread.start()
    seen: set[str] = set()
    named = [piece for piece in pieces if not isinstance(piece, Whole)]
    try:
        while thread.is_alive():
            thread.join(_LOOKED)
            for piece in named:
                if piece.name not in seen and is_done(Path(job.folder), piece.name) and thread.is_alive():
                    seen.add(piece.name)
                    done = found_done(piece, job)
                    assert done is not None
                    yield Done(done.name, done.size, done.reports, done.provisions, done.aside)
            named = [piece for piece in named if piece.name not in seen]
        if fault:
            raise RunError(f"Spark gave up: {_last_line(fault[0])}", "its log says more; the same command goes on")
        yield from (done for done in answer if done.name not in seen)
    finally:
        session.stop()


class _Work:
    """What a worker of Spark does with a piece; a class, so that it is sent by name and not by its code."""

    def __init__(self, job: Job) -> None:
        self._job = job

    def __call__(self, piece: Piece) -> Iterator[Done]:
        collect_less()
        return work(piece, self._job)


def _session(master: str) -> Any:
    try:
        sql = importlib.import_module("pyspark.sql")
    except ImportError as error:
        raise RunError("--engine spark needs the package 'pyspark'", "pip install 'mithaq[spark]', and Java") from error
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = sql.SparkSession.builder.appName("mithaq run").master(master)
    builder = builder.config("spark.ui.showConsoleProgress", "false")
    if master.startswith("local"):
        builder = builder.config("spark.ui.enabled", "false")  # a page that nobody asked for, on a port
    if path := os.environ.get("PYTHONPATH"):  # the workers have to find the same mithaq
        builder = builder.config("spark.executorEnv.PYTHONPATH", path)
    try:
        session = builder.getOrCreate()
    except Exception as error:
        raise RunError(
            f"Spark does not start: {_last_line(error)}", "is Java there, and the master's address right?"
        ) from error
    session.sparkContext.setLogLevel("ERROR")
    return session


def _last_line(error: Exception) -> str:
    """What a Java or Python traceback ends in, which is what went wrong."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    told = [line for line in lines if "Error" in line or "Exception" in line]
    return (told or lines or [type(error).__name__])[-1][:300]
