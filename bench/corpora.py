"""What a corpus costs: time, memory, growth, stages, peers on the same texts → docs/throughput.json, and pictures.

    python bench/corpora.py whole --corpus saudinewsnet.jsonl.gz --rounds 3
    python bench/corpora.py growth --corpus ant.jsonl.gz --sizes 1000 100000 1000000
    python bench/corpora.py stages --corpus saudinewsnet.jsonl.gz --reports 1000
    python bench/corpora.py peers --corpus saudinewsnet.jsonl.gz --reports 200
    python bench/corpora.py pictures && cog -r docs/throughput.md

Each part keeps the others' figures. ``whole`` runs the command with one and with two workers in turn, so that a noisy
machine slows both. ``growth`` repeats the corpus with other ids, made as they are read and never stored. ``peers``
reads in turn in one process, and leaves out what is not installed. Needs Linux (``/proc``).
"""

from __future__ import annotations

import argparse
import importlib
import itertools
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from run_kills import children, command_line, workers

import mithaq
from mithaq.arabic.tokens import tokenise
from mithaq.batch.local import run_local
from mithaq.batch.rows import report_rows
from mithaq.batch.shards import Job, Lines
from mithaq.batch.tables import TABLES, schema
from mithaq.batch.writing import WORK, ShardWriter, rows_of, shards_in
from mithaq.pipeline import STAGES, annotate, read_report
from mithaq.readers import Located, read_reports
from mithaq.stages.document import Document

ROOT = Path(__file__).parents[1]
FIGURES = ROOT / "docs" / "throughput.json"
SAMPLED = 1.0
"""Seconds between two looks at a run."""
POINTS = 120
"""Points of a curve that are kept."""
MB = 1 << 20
Sample = tuple[float, int, float]
"""Seconds since the start, reports that are written, megabytes of the largest worker."""


class Sampler:
    """Looks at a run from outside: what its workers take, and how far it is."""

    def __init__(self, pid: int, out: Path) -> None:
        self.samples: list[Sample] = []
        self.parent = 0.0
        self._pid = pid
        self._out = out
        self._seen: dict[str, int] = {}
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._began = time.monotonic()
        self._thread.start()

    def stop(self) -> None:
        self._over.set()
        self._thread.join()

    @property
    def peak(self) -> float:
        """Megabytes of the largest worker at any time."""
        return max((mb for _, _, mb in self.samples), default=0.0)

    def _look(self) -> None:
        while not self._over.wait(SAMPLED):
            for name in shards_in(self._out):
                if name not in self._seen:
                    self._seen[name] = rows_of(self._out, "reports", name)
            largest = max((resident(pid) for pid in workers(self._pid)), default=0.0)
            self.parent = max(self.parent, resident(self._pid))
            self.samples.append((time.monotonic() - self._began, sum(self._seen.values()), largest))


def resident(pid: int) -> float:
    """Megabytes of a process and of the parser that it may have started, 0 if it is gone."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0.0
    own = next((int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmRSS")), 0.0)
    return own + sum(resident(child) for child in children(pid) if "readers.confined" in command_line(child))


def thinned(samples: list[Sample]) -> list[list[float]]:
    step = max(len(samples) // POINTS, 1)
    return [[round(s, 1), reports, round(mb)] for s, reports, mb in samples[::step]]


def whole(corpus: Path, rounds: int, shard: int) -> dict[str, Any]:
    """The command with one and with two workers, in turn."""
    found: dict[str, list[dict[str, Any]]] = {"1": [], "2": []}
    for number in range(rounds):
        for jobs in (1, 2) if number % 2 == 0 else (2, 1):
            with tempfile.TemporaryDirectory() as folder:
                found[str(jobs)].append(one_run(corpus, Path(folder) / "out", jobs, shard))
                print(jobs, {k: v for k, v in found[str(jobs)][-1].items() if k != "curve"}, flush=True)
    speedups = [one["seconds"] / two["seconds"] for one, two in zip(found["1"], found["2"], strict=True)]
    return {"corpus": described(corpus), "runs": found, "speedup": round(statistics.median(speedups), 2)}


def one_run(corpus: Path, out: Path, jobs: int, shard: int) -> dict[str, Any]:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.monotonic()
    arguments = [sys.executable, "-m", "mithaq", "run", str(corpus), "--out", str(out)]
    process = subprocess.Popen([*arguments, "--jobs", str(jobs), "--shard", str(shard)], stderr=subprocess.DEVNULL)
    sampler = Sampler(process.pid, out)
    code = process.wait()
    seconds = time.monotonic() - began
    sampler.stop()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if code not in (0, 1):
        raise SystemExit(f"mithaq run ended with {code}")
    totals = json.loads((out / "manifest.json").read_text("utf-8"))["totals"]
    return {
        "seconds": round(seconds, 1),
        "cpu": round(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, 1),
        "reports": totals["reports"],
        "aside": totals["aside"],
        "peak_worker_mb": round(sampler.peak),
        "parent_mb": round(sampler.parent),
        "bytes": {t: sum(p.stat().st_size for p in (out / t).iterdir()) for t in TABLES},
        "curve": thinned(sampler.samples),
    }


def growth(corpus: Path, sizes: list[int], jobs: int, shard: int) -> list[dict[str, Any]]:
    """More and more reports: the corpus again and again, under other ids."""
    found = []
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            out = Path(folder)
            for name in (WORK, *TABLES):
                (out / name).mkdir()
            sampler = Sampler(os.getpid(), out)
            began = time.monotonic()
            job = Job(str(out), uuid.uuid4().hex, mithaq.__version__, shard)
            reports = sum(done.reports for done in run_local(repeated(corpus, size, shard), job, jobs))
            seconds = time.monotonic() - began
            sampler.stop()
        found.append(
            {
                "reports": reports,
                "seconds": round(seconds, 1),
                "rate": round(reports / seconds, 1),
                "peak_worker_mb": round(sampler.peak),
                "parent_mb": round(sampler.parent),
                "curve": thinned(sampler.samples),
            }
        )
        print({k: v for k, v in found[-1].items() if k != "curve"}, flush=True)
    return found


def repeated(corpus: Path, size: int, shard: int) -> Iterator[Lines]:
    """*size* reports of the corpus, from the beginning again when it ends, as shards that hold their lines."""
    lines = itertools.islice(renamed(corpus), size)
    for number in itertools.count():
        held = tuple((number * shard + n + 1, line) for n, line in enumerate(itertools.islice(lines, shard)))
        if not held:
            return
        yield Lines(f"000000-{number:06d}", 0, "repeated.jsonl", held[0][0], 0, len(held), held)


def renamed(corpus: Path) -> Iterator[bytes]:
    for again in itertools.count():
        for item in read_reports([str(corpus)]):
            if isinstance(item, Located):
                r = item.report
                fields = {"id": f"{r.id}~{again}", "outlet": r.outlet, "url": r.url, "title": r.title, "text": r.text}
                yield json.dumps(fields | {"date": str(r.published) if r.published else None}).encode()


def stages(corpus: Path, count: int) -> dict[str, float]:
    """Milliseconds of processor time a report, stage by stage, and of what stands around them."""
    spent: dict[str, float] = defaultdict(float)
    clock = time.process_time
    located = texts(corpus, count)
    for item in located[:50]:
        read_report(item.report)  # load the lexicons before the clock runs
    began = clock()
    texts(corpus, count)
    spent["input"] = clock() - began
    records = []
    for item in located:
        doc = Document(item.report, home=annotate(item.report, STAGES[0].run.__name__).home)
        for stage in STAGES:
            began = clock()
            stage.run(doc)
            spent[stage.run.__name__] += clock() - began
        records.append((item, read_report(item.report)))
    with tempfile.TemporaryDirectory() as folder:
        for name in (WORK, *TABLES):
            (Path(folder) / name).mkdir()
        for table in TABLES:
            schema(table)  # load pyarrow before the clock runs
        began = clock()
        with ShardWriter(Path(folder), "one") as writer:
            for number, (item, record) in enumerate(records):
                writer.add(report_rows(f"one/{number}", item, record, "bench"))
            writer.commit()
        spent["parquet"] = clock() - began
    return {name: round(seconds * 1000 / len(located), 3) for name, seconds in spent.items()}


def peers(corpus: Path, count: int, rounds: int) -> dict[str, Any]:
    """Tokens a second of processor time, in turn on the same texts; medians, and the medians of the rounds' ratios."""
    given = [item.report.text for item in texts(corpus, count)]
    tokens = sum(1 for text in given for _ in tokenise(text))
    readers: dict[str, Callable[[str], object]] = {"mithaq": mithaq.read}
    for name, make in {"spacy": _spacy, "qalsadi": _qalsadi, "pyaramorph": _pyaramorph}.items():
        try:
            readers[name] = make()
        except ImportError:
            print(f"{name} is not installed: left out", flush=True)
    for read in readers.values():
        read(given[0])
    times: dict[str, list[float]] = {name: [] for name in readers}
    for number in range(rounds):
        for name, read in readers.items() if number % 2 == 0 else reversed(readers.items()):
            began = time.process_time()
            for text in given:
                read(text)
            times[name].append(time.process_time() - began)
    rates = {name: round(tokens / statistics.median(seconds)) for name, seconds in times.items()}
    ratios = {
        name: round(statistics.median(theirs / ours for ours, theirs in zip(times["mithaq"], seconds, strict=True)), 2)
        for name, seconds in times.items()
    }
    return {"reports": len(given), "tokens": tokens, "rounds": rounds, "tokens_per_second": rates, "times_ours": ratios}


def _spacy() -> Callable[[str], object]:
    blank: Callable[[str], object] = importlib.import_module("spacy").blank("ar")
    return blank


def _qalsadi() -> Callable[[str], object]:
    check: Callable[[str], object] = importlib.import_module("qalsadi.analex").Analex().check_text
    return check


def _pyaramorph() -> Callable[[str], object]:
    analyse: Callable[[str], Iterator[object]] = importlib.import_module("pyaramorph").Analyzer().analyze_text
    return lambda text: list(analyse(text))


def texts(corpus: Path, count: int) -> list[Located]:
    """The first reports of a corpus that can be read."""
    found = (item for item in read_reports([str(corpus)]) if isinstance(item, Located))
    return list(itertools.islice(found, count))


def described(corpus: Path) -> dict[str, Any]:
    """A corpus by its name and sizes."""
    reports = characters = words = 0
    for item in read_reports([str(corpus)]):
        if isinstance(item, Located):
            reports += 1
            characters += len(item.report.text)
            words += len(item.report.text.split())
    return {"name": corpus.name, "reports": reports, "words": words, "characters": characters}


def machine() -> dict[str, Any]:
    names = Path("/proc/cpuinfo").read_text().splitlines()
    cpu = next((line.partition(":")[2].strip() for line in names if line.startswith("model name")), platform.machine())
    memory = round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / (1 << 30))
    return {"cpu": cpu, "cores": os.cpu_count(), "memory_gb": memory, "python": platform.python_version()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("part", choices=["whole", "growth", "stages", "peers", "pictures"])
    parser.add_argument("--corpus", type=Path, default=ROOT / "corpus" / "reports.jsonl")
    parser.add_argument("--reports", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000])
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--shard", type=int, default=1_000)
    parser.add_argument("--out", type=Path, default=FIGURES)
    options = parser.parse_args()
    figures: dict[str, Any] = json.loads(options.out.read_text("utf-8")) if options.out.exists() else {}
    match options.part:
        case "whole":
            figures["whole"] = {**whole(options.corpus, options.rounds, options.shard), "shard": options.shard}
        case "growth":
            found = growth(options.corpus, options.sizes, options.jobs, options.shard)
            figures["growth"] = {"corpus": described(options.corpus), "jobs": options.jobs, "sizes": found}
        case "stages":
            cost = stages(options.corpus, options.reports)
            figures["stages"] = {"corpus": options.corpus.name, "reports": options.reports, "milliseconds": cost}
        case "peers":
            figures["peers"] = {"corpus": options.corpus.name, **peers(options.corpus, options.reports, options.rounds)}
        case "pictures":
            from corpora_pictures import draw  # the only part that needs vl-convert

            draw(figures, options.out.parent)
            return
    figures["machine"] = machine()
    options.out.write_text(json.dumps(figures, indent=1, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
