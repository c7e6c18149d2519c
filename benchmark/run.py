#!/usr/bin/env python3
"""The benchmark: every metric by split, of mithaq, of the baseline, and of any other system, as Markdown tables.

    python benchmark/run.py --corpus saudinewsnet.jsonl.gz --corpus ant.jsonl.gz [--predicted NAME=FILE ...]

FILE holds a system's records of all reports, one JSON object a line in the form of the guidelines; a report that it
lacks counts as empty. With ``--write docs/benchmark.md`` the tables replace those between that page's two marks.
``--leave-out test`` measures nothing of that split, so that what is still being changed is never tuned to it.
Exit code 1 if reports are absent (the figures are then of the others), 2 if a file cannot be read.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

import baseline
from agreement import agreement
from restore import Restored, read_annotations, restore
from textfree import Json, fail, write_objects

from mithaq.errors import InputError, MithaqError
from mithaq.evaluation import Score, Share, evaluate
from mithaq.model import Record, Report
from mithaq.pipeline import read_report
from mithaq.readers import Located, read_records, read_reports

SECOND = "agreement"
"""The split of second annotations; the first ones of the same reports are in the other splits."""
BEGIN, END = "<!-- figures -->", "<!-- /figures -->"
_ORDER = ("dev", "learn", "validation", "test", SECOND)

Records = dict[str, Record]


def reports_of(objects: list[Json]) -> list[Report]:
    """The reports of a split, read as ``mithaq read`` does."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "reports.jsonl"
        write_objects(path, objects)
        return [item.report for item in read_reports([str(path)]) if isinstance(item, Located)]


def tables(restored: Restored, systems: Mapping[str, Records] | None = None) -> str:
    """The Markdown tables of all splits; *systems* maps names to records, and mithaq and the baseline come first."""
    gold = {name: _by_id(split.records) for name, split in restored.splits.items()}
    first = {id: record for name, records in gold.items() if name != SECOND for id, record in records.items()}
    parts = []
    for name in sorted(gold, key=lambda n: (_ORDER.index(n) if n in _ORDER else len(_ORDER), n)):
        reports = reports_of(restored.splits[name].reports)
        found: dict[str, Records] = {
            "mithaq": {r.id: read_report(r) for r in reports},
            "baseline": {r.id: baseline.read(r) for r in reports},
            **(systems or {}),
        }
        columns = {system: _cells(evaluate(gold[name], records)) for system, records in found.items()}
        if name == SECOND and gold[name].keys() & first.keys():
            values = agreement(first, gold[name])
            columns["first annotation"] = {m: "–" if v is None else f"{v:.3f}" for m, v in values.items()}
        parts.append(_table(name, gold[name], columns))
    return "\n\n".join(parts)


def _by_id(records: list[Json]) -> Records:
    return {r["id"]: Record.from_dict(r) for r in records}


def _cells(scores: Mapping[str, Score | Share]) -> dict[str, str]:
    return {name: _cell(score) for name, score in scores.items()}


def _cell(score: Score | Share) -> str:
    if isinstance(score, Share):
        return f"{score.share:.3f}" if score.of else "–"
    return f"{score.f1:.3f} ({score.precision:.2f}, {score.recall:.2f})"


def _table(split: str, gold: Records, columns: Mapping[str, Mapping[str, str]]) -> str:
    attributions = sum(len(r.attributions) for r in gold.values())
    provisions = sum(len(r.provisions) for r in gold.values())
    metrics = next(iter(columns.values()))
    return "\n".join(
        [
            f"**{split}**: {len(gold)} reports, {attributions} attributions, {provisions} provisions",
            "",
            f"| metric | {' | '.join(columns)} |",
            f"| --- |{' --- |' * len(columns)}",
            *(f"| {metric} | {' | '.join(c[metric] for c in columns.values())} |" for metric in metrics),
        ]
    )


def write_between_marks(page: Path, text: str) -> None:
    """Replace what stands between the page's marks; raises :class:`~mithaq.errors.InputError` if it has none."""
    try:
        old = page.read_text(encoding="utf-8")
    except OSError as error:
        raise InputError(f"{page}: {error.strerror}", "check the path") from error
    head, begin, rest = old.partition(BEGIN)
    _, end, tail = rest.partition(END)
    if not begin or not end:
        raise InputError(f"{page}: no {BEGIN} … {END}", "put these two lines where the tables belong")
    page.write_text(f"{head}{BEGIN}\n{text}\n{END}{tail}", encoding="utf-8")


def _system(argument: str) -> tuple[str, Records]:
    name, _, path = argument.rpartition("=")
    return name or Path(path).stem, {record.id: record for record, _ in read_records(path)}


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(description="Every metric by split, as Markdown tables.")
    parser.add_argument("--corpus", action="append", required=True, metavar="FILE", help="may be given several times")
    parser.add_argument("--annotations", action="append", default=[], type=Path, metavar="FILE", help="default: all")
    parser.add_argument("--predicted", action="append", default=[], metavar="[NAME=]FILE", help="another system's")
    parser.add_argument("--leave-out", action="append", default=[], metavar="SPLIT", help="don't measure this split")
    parser.add_argument("--write", type=Path, metavar="PAGE.md", help="put the tables into this page")
    options = parser.parse_args(argv)
    try:
        systems = dict(map(_system, options.predicted))
        annotations = [a for a in read_annotations(options.annotations) if a["split"] not in options.leave_out]
        restored = restore(annotations, options.corpus)
        for line in restored.absent:
            fail(f"absent: {line}")
        if not restored.splits:
            return fail("no report was found")
        text = tables(restored, systems)
        if options.write:
            write_between_marks(options.write, text)
        else:
            print(text)
    except MithaqError as error:
        return fail(error)
    return 1 if restored.absent else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
