"""How fast mithaq reads, paired in one run with a yardstick: spaCy's blank Arabic tokeniser on the same texts.

    pip install -e '.[bench]' && python bench/throughput.py [REPORTS.jsonl[.gz]] [--reports N] [--rounds N]

Both run in turn, round by round, in this one process on one core, so that a noisy machine slows both. Reported are
tokens (mithaq's own, for both) a second of processor time, the median over the rounds, and the median of the rounds'
ratios. Without a file it reads ``examples/report.txt`` again and again, which keeps every cache warm and so flatters
both.
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import json
import resource
import statistics
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import spacy

import mithaq
from mithaq.arabic.tokens import tokenise

EXAMPLE = Path(__file__).parents[1] / "examples" / "report.txt"


def texts(path: Path | None, count: int) -> list[str]:
    if path is None:
        return [EXAMPLE.read_text("utf-8")] * count
    with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line)["text"] for line in itertools.islice(lines, count)]


def seconds(work: Callable[[str], object], reports: Iterable[str]) -> float:
    start = time.process_time()
    for report in reports:
        work(report)
    return time.process_time() - start


def main() -> None:
    parser = argparse.ArgumentParser(description="Tokens a second of mithaq and of spaCy's blank Arabic tokeniser.")
    parser.add_argument("path", nargs="?", type=Path)
    parser.add_argument("--reports", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    reports = texts(options.path, options.reports)
    tokens = sum(1 for report in reports for _ in tokenise(report))
    blank = spacy.blank("ar")
    mithaq.read(reports[0]), blank(reports[0])  # load the lexicons before the clock runs
    ours: list[float] = []
    theirs: list[float] = []
    for number in range(options.rounds):
        pair: list[tuple[Callable[[str], object], list[float]]] = [(mithaq.read, ours), (blank, theirs)]
        for work, times in pair if number % 2 == 0 else reversed(pair):
            times.append(seconds(work, reports))
    ratio = statistics.median(b / a for a, b in zip(ours, theirs, strict=True))
    print(f"{len(reports)} reports, {tokens} tokens, {options.rounds} rounds")
    print(f"mithaq read        {tokens / statistics.median(ours):>10,.0f} tokens/s")
    print(f"spaCy blank('ar')  {tokens / statistics.median(theirs):>10,.0f} tokens/s")
    print(f"ratio              {ratio:>10.2f}")
    print(f"peak memory        {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:>10.0f} MB (both)")


if __name__ == "__main__":
    main()
