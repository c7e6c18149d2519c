#!/usr/bin/env python3
"""Annotations and a copy of the corpora → reports and gold records, a pair of files for each split.

    python benchmark/restore.py --corpus saudinewsnet.jsonl.gz --corpus ant.jsonl.gz --out restored
    mithaq evaluate restored/validation.jsonl

A report is found by the SHA-256 of its text, whatever its id is in that copy. Corpora may be ``.jsonl``, ``.jsonl.gz``
or ``.zip`` files of JSON arrays; the text stands in ``text`` or ``content``. Reports that no corpus has are named.
Exit code 1 if some are absent, 2 if all are or a file cannot be read.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from textfree import ANNOTATIONS, Json, digest, fail, read_objects, restore_record, text_of, write_objects

from mithaq.errors import InputError

_FIELDS = {"outlet": ("outlet", "source"), "url": ("url",), "date": ("date", "date_extracted"), "title": ("title",)}


@dataclass(slots=True)
class Split:
    """What one split holds: reports and gold records in the same order."""

    reports: list[Json] = field(default_factory=list)
    records: list[Json] = field(default_factory=list)


@dataclass(slots=True)
class Restored:
    """The splits by name, and the reports that could not be restored, each with its reason."""

    splits: dict[str, Split] = field(default_factory=dict)
    absent: list[str] = field(default_factory=list)


def find_reports(annotations: Iterable[Json], corpora: Iterable[str | Path]) -> tuple[dict[str, Json], set[str]]:
    """SHA-256 → the report of the corpora that has it, with the annotation's id; and the ids that another text has.

    Raises :class:`~mithaq.errors.InputError` for a corpus that cannot be read.
    """
    ids = {a["sha256"]: a["id"] for a in annotations}
    known = set(ids.values())
    found: dict[str, Json] = {}
    same_id: set[str] = set()
    for path in corpora:
        for report in read_objects(path):
            text = text_of(report)
            key = digest(text) if text is not None else ""
            if key in ids:
                found.setdefault(key, _report(ids[key], report, text or ""))
            elif report.get("id") in known:
                same_id.add(report["id"])
    return found, same_id - {ids[key] for key in found}


def _report(id: str, report: Json, text: str) -> Json:
    values = {name: next((report[n] for n in names if report.get(n)), None) for name, names in _FIELDS.items()}
    if isinstance(values["date"], str):
        values["date"] = values["date"][:10]  # SaudiNewsNet gives the hour too
    return {"id": id, **values, "text": text}


def restore(annotations: Iterable[Json], corpora: Iterable[str | Path]) -> Restored:
    """The reports and gold records of every annotation whose text the corpora have."""
    annotations = list(annotations)
    found, same_id = find_reports(annotations, corpora)
    restored = Restored()
    for annotation in annotations:
        report = found.get(annotation["sha256"])
        if report is None:
            why = "has another text" if annotation["id"] in same_id else "is in none of the files"
            restored.absent.append(f"{annotation['id']} ({annotation['corpus']}, {annotation['split']}) {why}")
            continue
        split = restored.splits.setdefault(annotation["split"], Split())
        split.reports.append(report)
        split.records.append(restore_record(annotation, report["text"]))
    return restored


def read_annotations(paths: Iterable[Path] = ()) -> list[Json]:
    """The annotations of some files, by default all of the benchmark's."""
    return [a for path in (tuple(paths) or sorted(ANNOTATIONS.glob("*.jsonl"))) for a in read_objects(path)]


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(description="Annotations and a copy of the corpora → reports and gold records.")
    parser.add_argument("--corpus", action="append", required=True, metavar="FILE", help="may be given several times")
    parser.add_argument("--annotations", action="append", default=[], type=Path, metavar="FILE", help="default: all")
    parser.add_argument("--out", required=True, type=Path, metavar="FOLDER")
    options = parser.parse_args(argv)
    try:
        restored = restore(read_annotations(options.annotations), options.corpus)
    except InputError as error:
        return fail(error)
    except KeyError as error:
        return fail(f"an annotation lacks the field {error}")
    for line in restored.absent:
        fail(f"absent: {line}")
    options.out.mkdir(parents=True, exist_ok=True)
    for name, split in restored.splits.items():
        write_objects(options.out / f"{name}.jsonl", split.records)
        write_objects(options.out / f"{name}_reports.jsonl", split.reports)
        print(f"{name}: {len(split.records)} reports written to {options.out / name}.jsonl and {name}_reports.jsonl")
    if not restored.splits:
        return fail("no report was found")
    return 1 if restored.absent else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
