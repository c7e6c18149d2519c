"""Kill ``mithaq add`` at random moments, run it again, and compare what is kept with a run that nobody disturbed.

    python bench/crashes.py --kills 200 --db sqlite
    python bench/crashes.py --kills 200 --db postgresql://postgres@127.0.0.1:5432/postgres

After each kill every report that is there must be there whole, once; at the end all tables must be the same, row by
row.
On PostgreSQL a database of its own is made on that server for each run, and removed.
"""

from __future__ import annotations

import argparse
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, make_url, select, text

from mithaq.store.database import open_database
from mithaq.store.schema import metadata

REPORTS = Path(__file__).parents[1] / "corpus" / "reports.jsonl"
_VOLATILE = {"added", "replaced", "made", "undone", "file", "place"}  # who adds a part of a file has other lines
_RUNNING = {"judgements": "id", "search_index": "number"}  # numbers that a killed transaction leaves out
_OF_A_REPORT = ("features", "entities", "attributions", "provisions", "provision_parties")


def kept(url: str) -> dict[str, list[tuple[Any, ...]]]:
    """Every table's rows, sorted, without what holds the time of day, a running number or where an input stood."""
    with open_database(url) as database, database.read() as connection:
        return {
            name: sorted((tuple(row) for row in connection.execute(select(*_columns(name)))), key=repr)
            for name in metadata.tables
        }


def _columns(name: str) -> list[Any]:
    table = metadata.tables[name]
    return [c for c in table.columns if c.name not in _VOLATILE and c.name != _RUNNING.get(name)]


def damage(expected: dict[str, list[tuple[Any, ...]]], found: dict[str, list[tuple[Any, ...]]]) -> list[str]:
    """What is wrong with the reports that *found* holds: rows that are missing, doubled or other than *expected*."""
    ids = [row[0] for row in found["reports"]]
    wrong = [f"{len(ids) - len(set(ids))} reports are doubled"] if len(ids) > len(set(ids)) else []
    for table in _OF_A_REPORT:
        of_report: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
        for row in expected[table]:
            of_report[row[0]].append(row)
        present: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
        for row in found[table]:
            present[row[0]].append(row)
        wrong += [f"{table} of {id} differ" for id in ids if present[id] != of_report[id]]
        wrong += [f"{table} of {id} stand alone" for id in set(present) - set(ids)]
    return wrong


def crash(
    url: str, reports: Path, kills: int, expected: dict[str, list[tuple[Any, ...]]], seed: int, longest: float
) -> int:
    """Add *reports* until it is done, killed up to *kills* times on the way; how often it was. Raises SystemExit."""
    rng = random.Random(seed)
    done = 0
    while done < kills:
        process = subprocess.Popen(command(url, reports), stderr=subprocess.DEVNULL)
        try:
            process.wait(rng.uniform(0.2, longest))
            break
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
            done += 1
        if wrong := _damage_after_kill(url, expected):
            raise SystemExit(f"after kill {done}: {wrong[:5]}")
    subprocess.run(command(url, reports), check=True, capture_output=True)
    found = kept(url)
    tables = [name for name in expected if found[name] != expected[name]]
    if tables:
        raise SystemExit(f"after {done} kills these tables differ from a run that nobody disturbed: {tables}")
    return done


def _damage_after_kill(url: str, expected: dict[str, list[tuple[Any, ...]]]) -> list[str]:
    try:
        return damage(expected, kept(url))
    except Exception as error:
        if "there is no database" in str(error) or "holds no mithaq tables" in str(error):
            return []  # it was killed before it made them
        raise


def command(url: str, reports: Path) -> list[str]:
    """The command under test."""
    return [sys.executable, "-m", "mithaq", "add", "--db", url, "--jobs", "2", str(reports)]


@contextmanager
def fresh(target: str, number: int) -> Iterator[str]:
    """The URL of a database that is not there yet (SQLite) or empty (PostgreSQL), gone afterwards."""
    if target == "sqlite":
        with tempfile.TemporaryDirectory() as folder:
            yield f"{folder}/mithaq.db"
        return
    name = f"mithaq_crash_{number}"
    engine = create_engine(make_url(target).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        connection.execute(text(f"CREATE DATABASE {name}"))
    try:
        yield make_url(target).set(database=name).render_as_string(hide_password=False)
    finally:
        with engine.connect() as connection:
            connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        engine.dispose()


def main() -> None:
    """Run it, and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--db", default="sqlite", help="sqlite, or the URL of a PostgreSQL server")
    parser.add_argument("--reports", type=Path, default=REPORTS)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with fresh(options.db, 0) as url:
        began = time.monotonic()
        subprocess.run(command(url, options.reports), check=True, capture_output=True)
        whole = time.monotonic() - began
        expected = kept(url)
    print(f"undisturbed: {len(expected['reports'])} reports in {whole:.1f} s", flush=True)
    kills = runs = 0
    while kills < options.kills:
        runs += 1
        with fresh(options.db, runs) as url:
            # Short intervals, so that a run is killed several times, also while it starts and while it merges.
            kills += crash(url, options.reports, options.kills - kills, expected, options.seed + runs, whole * 0.6)
        print(f"{kills} kills in {runs} runs: nothing lost, nothing doubled", flush=True)


if __name__ == "__main__":
    main()
