"""How fast reports are added and merged, how that grows, and how fast the ledger answers.

    python bench/ledger.py REPORTS.jsonl[.gz] [--counts 3000,10000,29550] [--jobs 2] [--db URL]

For each count a fresh database is filled with so many reports from the beginning of the file. Adding and merging are
timed apart (``mithaq add`` does one after the other), wall time and reports a second; then each query of the ledger
seven times, the median in milliseconds, with the indexes that SQLite's query plan names. Without --db the database is
an SQLite file in a temporary folder; a URL names an empty PostgreSQL database, for one count only.
"""

from __future__ import annotations

import argparse
import re
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from itertools import islice
from pathlib import Path

from sqlalchemy import Connection, event, text

from mithaq import __version__
from mithaq.keep import keep
from mithaq.merge.update import merge_pending
from mithaq.query import ledger
from mithaq.query.filters import Filters
from mithaq.query.speakers import sayings
from mithaq.readers import SetAside, read_reports
from mithaq.store.database import Database, open_database
from mithaq.store.search import search
from mithaq.workers import collect_less

TODAY = date(2015, 12, 31)
_ROUNDS = 7
_SHOWN = 50


def main() -> None:
    """Run it, and print tables in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reports", type=Path)
    parser.add_argument("--counts", default="3000,10000,29550")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--db", help="the URL of an empty database; else SQLite")
    parser.add_argument("--keep", type=Path, help="keep the last SQLite database under this name")
    options = parser.parse_args()
    print("| reports | add, s | reports/s | merge, s | add and merge, reports/s | commitments | agreements |")
    print("| --: | --: | --: | --: | --: | --: | --: |")
    for count in map(int, options.counts.split(",")):
        with tempfile.TemporaryDirectory() as folder:
            target = options.db or str(options.keep or Path(folder) / "mithaq.db")
            if options.keep:
                options.keep.unlink(missing_ok=True)
            with open_database(target, create=True) as database:
                _fill(database, options.reports, count, options.jobs)
                if count == int(options.counts.split(",")[-1]):
                    _ask(database)


def _fill(database: Database, path: Path, count: int, jobs: int) -> None:
    collect_less()  # as the command does
    began = time.perf_counter()
    items = islice(read_reports([str(path)]), count)
    aside = sum(isinstance(e, SetAside) for e in keep(database, items, __version__, jobs))
    added = time.perf_counter()
    merge_pending(database)
    merged = time.perf_counter()
    with database.read() as connection:
        reports, commitments, agreements = (
            connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()
            for table in ("reports", "commitments", "agreements")
        )
    if reports + aside != count:
        raise SystemExit(f"{count} reports given, {reports} kept, {aside} set aside")
    whole = merged - began
    print(
        f"| {count:,} | {added - began:.1f} | {count / (added - began):.0f} | {merged - added:.1f} "
        f"| {count / whole:.0f} | {commitments:,} | {agreements:,} |",
        flush=True,
    )


def _queries(connection: Connection) -> Iterator[tuple[str, Callable[[], object]]]:
    busy = Filters(parties=("SAU", "EGY"))
    largest = connection.execute(
        text("SELECT agreement FROM agreement_reports GROUP BY agreement ORDER BY count(*) DESC, agreement LIMIT 1")
    ).scalar_one()
    speaker = connection.execute(
        text("SELECT speaker FROM attributions WHERE kind = 'named' GROUP BY speaker ORDER BY count(*) DESC LIMIT 1")
    ).scalar_one()

    def commitments(filters: Filters) -> object:
        ids = ledger.find_commitments(connection, filters, _SHOWN)
        return list(ledger.load_commitments(connection, ids, TODAY))

    def agreements(filters: Filters) -> object:
        return list(ledger.load_agreements(connection, ledger.find_agreements(connection, filters, _SHOWN), TODAY))

    yield "commitments, the latest 50", lambda: commitments(Filters())
    yield "commitments of a pair", lambda: commitments(busy)
    yield (
        "… of an area and status, since a day",
        lambda: commitments(Filters(areas=("arms_transfer",), statuses=("planned",), since=date(2015, 8, 1))),
    )
    yield "… of an outlet", lambda: commitments(Filters(outlet=_outlet(connection)))
    yield "… contradicted", lambda: commitments(Filters(contradicted=True))
    yield "agreements, the latest 50", lambda: agreements(Filters())
    yield "agreements of a pair", lambda: agreements(busy)
    yield "the agreement of most reports", lambda: list(ledger.load_agreements(connection, [largest], TODAY))
    yield (
        "due",
        lambda: list(ledger.load_commitments(connection, ledger.overdue(connection, TODAY, limit=_SHOWN), TODAY)),
    )
    yield "who: the most quoted speaker", lambda: sayings(connection, speaker, _SHOWN)
    yield "search: one word", lambda: search(connection, "اتفاقية")
    yield "search: three words", lambda: search(connection, "وزير الدفاع تعاون")


def _outlet(connection: Connection) -> str:
    outlet: str = connection.execute(text("SELECT max(outlet) FROM reports")).scalar_one()
    return outlet


def _ask(database: Database) -> None:
    print("\n| query | ms | indexes |")
    print("| --- | --: | --- |")
    with database.read() as connection:
        for name, query in _queries(connection):
            times = []
            for _ in range(_ROUNDS):
                began = time.perf_counter()
                query()
                times.append(time.perf_counter() - began)
            print(f"| {name} | {1000 * statistics.median(times):.0f} | {_plan(connection, query)} |", flush=True)


def _plan(connection: Connection, query: Callable[[], object]) -> str:
    """The indexes that SQLite uses for the first statement of a query."""
    if connection.dialect.name != "sqlite":
        return ""
    sent: list[tuple[str, object]] = []

    def note(_c: object, _cursor: object, statement: str, parameters: object, *_: object) -> None:
        sent.append((statement, parameters))

    event.listen(connection, "before_cursor_execute", note)
    query()
    event.remove(connection, "before_cursor_execute", note)
    statement, parameters = sent[0]
    rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters).all()  # type: ignore[arg-type]
    found = [m for row in rows for m in re.findall(r"INDEX (\S+)|(VIRTUAL TABLE)", str(row[-1]))]
    return ", ".join(dict.fromkeys("".join(m) for m in found)).replace("sqlite_autoindex_", "key of ")


if __name__ == "__main__":
    main()
