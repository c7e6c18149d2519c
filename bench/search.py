"""Full-text search: time to index, room that the index takes, time of a query.

    python bench/search.py ../shared/corpus/saudinewsnet.jsonl.gz            # SQLite, in a temporary folder
    python bench/search.py CORPUS.jsonl.gz --database postgresql://USER@HOST/EMPTY_DATABASE

Times are CPU seconds of this process for indexing, and elapsed time for queries (PostgreSQL works elsewhere).
"""

from __future__ import annotations

import argparse
import gzip
import json
import statistics
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path

from sqlalchemy import insert

from mithaq.arabic.search_keys import search_keys
from mithaq.store.database import Database, open_database
from mithaq.store.known import hash_of
from mithaq.store.schema import reports
from mithaq.store.search import count, index_all, search

QUERIES = {
    "one word": "اتفاقية وزير القاهرة سلاح قرض مناورات السفير النفط الإرهاب روسيا معاهدة عقود المفاوضات اليمن صواريخ",
    "two words": "وزير_الدفاع مذكرة_تفاهم اتفاقية_أمنية زيارة_رسمية مجلس_التعاون البرنامج_النووي صفقة_أسلحة"
    " قرض_ميسر السفير_الروسي تبادل_الخبرات التعاون_العسكري مشروع_مشترك أسعار_النفط وزارة_الخارجية لجنة_مشتركة",
    "three words": "وزير_الخارجية_الأميركي توقيع_مذكرة_تفاهم زيارة_الرئيس_المصري مجلس_الأمن_الدولي"
    " اتفاق_وقف_النار رئيس_الوزراء_العراقي التعاون_العسكري_روسيا تدريب_الجيش_الأردن مفاوضات_إيران_النووي"
    " استثمارات_شركات_سعودية قرض_البنك_مصر لجنة_وزراء_التجارة سفير_فرنسا_الرياض تبادل_الأسرى_هدنة مناورات_بحرية_مشتركة",
    "a phrase": '"وزير_الدفاع" "مذكرة_تفاهم" "مجلس_التعاون_الخليجي" "رئيس_الوزراء" "وزير_الخارجية_الروسي"'
    ' "الأمم_المتحدة" "مجلس_الأمن" "البرنامج_النووي_الإيراني" "خادم_الحرمين_الشريفين" "الولايات_المتحدة"'
    ' "وزارة_الخارجية" "التعاون_الاقتصادي" "إطلاق_النار" "مكافحة_الإرهاب" "الاتحاد_الأوروبي"',
}
TURNS = 3


def documents(path: Path, limit: int | None) -> Iterator[dict[str, str]]:
    """The reports of a JSONL file, gzipped or not."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        yield from map(json.loads, islice(lines, limit))


def fill(database: Database, path: Path, limit: int | None) -> tuple[int, float]:
    """Add the texts, a transaction each, as ``add`` does: how many, and the CPU seconds that indexing added."""
    n, seconds = 0, 0.0
    now = datetime.now(UTC).replace(tzinfo=None)
    for item in documents(path, limit):
        row = {
            "id": item["id"],
            "version": 1,
            "outlet": item.get("outlet"),
            "title": item.get("title"),
            "published": date.fromisoformat(item["date"]) if item.get("date") else None,
            "text": item["text"],
            "hash": hash_of(item["text"]),
            "reader": "bench",
            "added": now,
            "merged": False,
        }
        with database.write() as connection:
            connection.execute(insert(reports).values(**row))
            start = time.process_time()  # the time of the whole commit is counted too
            index_all(connection, [(item["id"], item.get("title"), item["text"])])
        seconds += time.process_time() - start
        n += 1
    return n, seconds


def main() -> None:
    """Fill a database and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--limit", type=int)
    parser.add_argument("--database", help="an SQLAlchemy URL; an SQLite file in a temporary folder if not given")
    given = parser.parse_args()
    texts = [item["text"] for item in documents(given.corpus, given.limit)]
    start = time.process_time()
    words = sum(len(search_keys(text)) for text in texts)
    seconds = time.process_time() - start
    print(f"keys: {words:,} words, {words / seconds:,.0f} words/s, with the work that is done once for each type")
    start = time.process_time()
    for text in texts:
        search_keys(text)
    print(f"keys: {words / (time.process_time() - start):,.0f} words/s when all types are known")
    del texts
    with (
        tempfile.TemporaryDirectory() as folder,
        open_database(given.database or f"{folder}/search.db", create=True) as database,
    ):
        n, seconds = fill(database, given.corpus, given.limit)
        print(f"index: {n:,} reports, {seconds / n * 1000:.2f} ms a report (a commit each), {words / n:.0f} words")
        report_sizes(database)
        measure(database)


def report_sizes(database: Database) -> None:
    """Print what the index takes."""
    with database.read() as connection:
        if connection.dialect.name == "sqlite":
            pages = "SELECT sum(pgsize) FROM dbstat WHERE name {} LIKE 'search%'"
            own, rest = (connection.exec_driver_sql(pages.format(how)).scalar_one() for how in ("", "NOT"))
        else:
            total = (
                "SELECT sum(pg_total_relation_size(oid)) FROM pg_class"
                " WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname {} 'search_index'"
            )
            own, rest = (connection.exec_driver_sql(total.format(how)).scalar_one() for how in ("=", "<>"))
    print(f"size: {float(own) / 1e6:.1f} MB for the index, {float(rest) / 1e6:.1f} MB for the rest")


def measure(database: Database) -> None:
    """Print the median time of each kind of query, the first 20 hits with their snippets."""
    every: list[float] = []
    own: list[float] = []
    for kind, listed in QUERIES.items():
        times: list[float] = []
        found: list[int] = []
        for words in (q.replace("_", " ") for q in listed.split(" ") if q):
            for _ in range(TURNS):
                with database.read() as connection:
                    start, used = time.perf_counter(), time.process_time()
                    search(connection, words)
                    times.append(time.perf_counter() - start)
                    own.append(time.process_time() - used)
            with database.read() as connection:
                found.append(count(connection, words))
        every += times
        print(
            f"query: {kind}: {len(found)} queries, median {statistics.median(times) * 1000:.1f} ms,"
            f" slowest {max(times) * 1000:.1f} ms, {statistics.median(found):.0f} reports found (median)"
        )
    print(
        f"query: all: median {statistics.median(every) * 1000:.1f} ms,"
        f" of them {statistics.median(own) * 1000:.1f} ms CPU of this process"
    )


if __name__ == "__main__":
    main()
