#!/usr/bin/env python3
"""How far two annotators agree: every metric between their records of the same reports.

    python benchmark/agreement.py restored/learn.jsonl restored/validation.jsonl restored/agreement.jsonl

The last file is the second annotator's; the files before it are the first's. Only reports that both have count. Each
is taken as gold in turn, and the two figures (F1, or the share of what matched) are averaged: most are the same in
both directions, but which attributions are nested depends on who is gold.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping

from textfree import fail

from mithaq.errors import MithaqError
from mithaq.evaluation import Score, Share, evaluate
from mithaq.model import Record
from mithaq.readers import read_records


def figure(metric: Score | Share) -> float | None:
    """The one number of a metric: F1 or share, 0 to 1; None if there was nothing to count."""
    if isinstance(metric, Score):
        return metric.f1 if metric.gold or metric.predicted else None
    return metric.share if metric.of else None


def agreement(first: Mapping[str, Record], second: Mapping[str, Record]) -> dict[str, float | None]:
    """Each metric's figure, the mean of both directions, over the reports (by id) that both have."""
    both = first.keys() & second.keys()
    a, b = ({id: records[id] for id in sorted(both)} for records in (first, second))
    there, back = evaluate(a, b), evaluate(b, a)
    means: dict[str, float | None] = {}
    for name in there:
        figures = [f for f in (figure(there[name]), figure(back[name])) if f is not None]
        means[name] = sum(figures) / len(figures) if figures else None
    return means


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(description="Every metric between two annotators' records.")
    parser.add_argument("first", nargs="+", metavar="FIRST", help="records of the first annotator")
    parser.add_argument("second", metavar="SECOND", help="records of the second")
    options = parser.parse_args(argv)
    try:
        first = {r.id: r for path in options.first for r, _ in read_records(path)}
        second = {r.id: r for r, _ in read_records(options.second)}
    except MithaqError as error:
        return fail(error)
    if not first.keys() & second.keys():
        return fail("the files have no report in common")
    print(f"{len(first.keys() & second.keys())} reports")
    for name, value in agreement(first, second).items():
        print(f"{name:22} {'–' if value is None else f'{value:.3f}'}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
