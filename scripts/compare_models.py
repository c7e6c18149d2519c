#!/usr/bin/env python3
"""What learning is worth: rules, models, and both, scored on annotated reports; two Markdown tables.

usage: compare_models.py DEV.jsonl LEARN.jsonl VALIDATION.jsonl

The files are those of ``benchmark/restore.py``, each with its reports in NAME_reports.jsonl beside it. Models trained
on real annotations learn from the first two by cross-validation, so that no report is scored by a model that has seen
it, and from both for the third. They are only measured and never shipped: the licences of the newspaper corpora don't
allow it, and what ships is learned from ``corpus/``. It needs scikit-learn (``pip install -e '.[train]'``).
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Mapping
from math import inf
from pathlib import Path
from typing import NamedTuple

from train_models import ROOT, Rows, example_rows, load, rows_of, train

from mithaq.evaluation import Score, evaluate
from mithaq.evaluation.matching import SAME_EVIDENCE, evidence_share, pair
from mithaq.lexicon.weights import Model, load_model
from mithaq.model import Provision, Record
from mithaq.stages.document import Document
from mithaq.stages.provisions import CONDITION, find_provisions

MODELS = ("act", "area", "status", "party")
METRICS = ("provision.area", "provision.full", "provision.status", "provision.parties", "report.dealings")
FOLDS = 5

Models = Callable[[str], Model]


class Item(NamedTuple):
    """A report up to the stage that is measured, its gold record, and what it teaches."""

    doc: Document
    gold: Record
    rows: Rows


def items(gold: Path, *, reports: Path | None = None) -> list[Item]:
    """The reports of a gold file, by default those of NAME_reports.jsonl beside it."""
    found = load(gold, reports or gold.with_name(f"{gold.stem}_reports.jsonl"))
    return [Item(doc, record, rows_of(doc, record)) for doc, record in found]


def folds(of: list[Item], n: int = FOLDS) -> list[int]:
    """The fold of each item, 0 to *n* - 1: blocks of days, so that no event is on both sides of a division."""
    days = [str(item.doc.report.published) for item in of]
    ordered = sorted(days)
    return [n * ordered.index(day) // len(ordered) for day in days]


def learned(rows: Iterable[Rows]) -> Models:
    """Models trained on these rows, by name."""
    together = list(rows)
    return {name: train(name, [row for r in together for row in r[name]]) for name in MODELS}.__getitem__


def read(
    item: Item, models: Models = load_model, *, rules: bool = True, use: bool = True, sure: float | None = None
) -> Record:
    """The record with the provisions that one setting gives (``use``: whether the models are asked at all)."""
    find_provisions(item.doc, rules=rules, models=use, model=models, sure=sure)
    return Record(item.gold.id, item.doc.attributions, item.doc.provisions)


def cells(of: list[Item], records: Iterable[Record]) -> list[str]:
    """The metrics of provisions as the cells of a table: F1 or share."""
    scores = evaluate({i.gold.id: i.gold for i in of}, {r.id: r for r in records})
    values = [s.f1 if isinstance(s, Score) else s.share for s in (scores[m] for m in METRICS)]
    return [f"{v:.3f}" for v in values]


def compare(splits: Mapping[str, list[Item]], ours: list[Rows]) -> list[list[str]]:
    """Rows of the first table; *splits* are dev, learn and another, *ours* what the project's own texts teach."""
    *known, other = splits
    together = [item for name in known for item in splits[name]]
    fold = dict(zip((item.gold.id for item in together), folds(together), strict=True))

    def unseen(*more: Rows) -> Callable[[Item], Models]:
        """For each item, the models that were trained without its fold; *more* is learned from besides."""
        made = [learned([*more, *(i.rows for i in together if fold[i.gold.id] != n)]) for n in range(FOLDS)]
        all_known = learned([*more, *(i.rows for i in together)])
        return lambda item: made[fold[item.gold.id]] if item.gold.id in fold else all_known

    real, both = unseen(), unseen(*ours)
    settings: dict[str, Callable[[Item], Record]] = {
        "rules only": lambda i: read(i, use=False),
        "rules and models (what ships)": read,
        "models alone": lambda i: read(i, rules=False),
        "rules and models of real reports": lambda i: read(i, real(i)),
        "models of real reports alone": lambda i: read(i, real(i), rules=False),
        "rules and models of both": lambda i: read(i, both(i)),
        "models of both alone": lambda i: read(i, both(i), rules=False),
    }
    return [
        [setting, name, *cells(splits[name], map(reader, splits[name]))]
        for setting, reader in settings.items()
        for name in (*known, other)
    ]


def statuses(of: list[Item]) -> list[int]:
    """Of the rules' acts that are right in evidence and area and that the models see too: how many there are, how many
    have the right status by the rule, by the model where it is sure, and always by the model; how many the model gives
    another status, and of these how many the rule and the model have right.
    """
    counts = [0] * 7
    for item in of:
        by_rule, by_sure, by_model = (_by_rule(item, sure) for sure in (inf, None, 0.0))
        seen = {p.id for p in by_rule if p.role != CONDITION}
        for gold, p in pair(item.gold.provisions, by_rule, same_act):
            if p.id not in seen or gold.role == CONDITION:
                continue
            n = by_rule.index(p)
            given = (p.status, by_sure[n].status, by_model[n].status)
            right = [status == gold.status for status in given]
            differ = given[0] != given[2]
            found = (1, *right, differ, differ and right[0], differ and right[2])
            counts = [a + b for a, b in zip(counts, found, strict=True)]
    return counts


def _by_rule(item: Item, sure: float | None) -> list[Provision]:
    """The rules' acts, in the order in which they are the same whatever their status."""
    provisions = read(item, sure=sure).provisions
    found = [p for p in provisions if p.id in item.doc.by_rule]
    return sorted(found, key=lambda p: (p.evidence.start, p.evidence.end, p.area, p.parties))


def same_act(gold: Provision, p: Provision) -> float:
    """How well two acts of one area fit by evidence and parties; 0 if they are not the same. Statuses don't matter."""
    share = evidence_share(gold, p)
    if gold.area != p.area or share < SAME_EVIDENCE:
        return 0.0
    return 1 + share + (set(gold.parties) == set(p.parties))


def table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """A Markdown table."""
    head = list(head)
    lines = [head, ["---"] * len(head), *([str(cell) for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def main(argv: list[str]) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, nargs=3, metavar="GOLD.jsonl")
    given = parser.parse_args(argv)
    splits = {path.stem: items(path) for path in given.gold}
    own = items(ROOT / "corpus" / "gold.jsonl", reports=ROOT / "corpus" / "reports.jsonl")
    ours = [*(item.rows for item in own), *example_rows()]
    print(table(("provisions by", "split", *(m.partition(".")[2] for m in METRICS)), compare(splits, ours)))
    print()
    head = (
        "split",
        "acts",
        "rule",
        "model where sure (what ships)",
        "model",
        "they differ",
        "rule right",
        "model right",
    )
    print(table(head, ((name, *statuses(of)) for name, of in splits.items())))


if __name__ == "__main__":
    main(sys.argv[1:])
