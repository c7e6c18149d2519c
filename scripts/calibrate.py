#!/usr/bin/env python3
"""Measure how often rows with a score are right, and write ``data/confidence.toml``; draw the reliability curve.

usage: calibrate.py GOLD.jsonl... [--check GOLD.jsonl...] [--picture FILE.svg]

Each GOLD.jsonl has its reports in GOLD_reports.jsonl beside it (``benchmark/restore.py`` makes such pairs). Measure on
the benchmark's ``validation``, whose reports no rule was written from: those of ``dev`` look better than news will. An
attribution is right if a gold one has its cue, speaker and content; a provision if a gold one has its evidence and
area. Scores are grouped by isotonic regression, so that a higher score never means a lower confidence. With --check the
curve is also drawn for other reports than those measured on. It needs scikit-learn and matplotlib
(``pip install -e '.[train]'``).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
from sklearn.isotonic import IsotonicRegression

from mithaq.evaluation.matching import (
    SAME_CONTENT,
    characters,
    iou,
    pair_attributions,
    pair_provisions,
    same_speaker,
)
from mithaq.lexicon.weights import load_model, probability
from mithaq.model import Record, Report
from mithaq.pipeline import annotate
from mithaq.readers import read_reports
from mithaq.stages.confidence import calibrated, features

OUT = Path(__file__).parents[1] / "src" / "mithaq" / "data" / "confidence.toml"
KINDS = ("attribution", "rule", "model")
GROUPS = 6  # points of a curve, at the most


class Scored(NamedTuple):
    """One row of a record: what kind, its raw score, and whether it is right."""

    kind: str
    score: float
    right: bool


def rows(gold: Path) -> Iterator[Scored]:
    """The rows that mithaq reads in the reports of a gold file."""
    records = {r.id: r for r in (Record.from_dict(json.loads(line)) for line in gold.read_text("utf-8").splitlines())}
    model = load_model("attribution")
    for item in read_reports([str(gold.with_name(f"{gold.stem}_reports.jsonl"))]):
        report = getattr(item, "report", None)
        if not isinstance(report, Report) or report.id not in records:
            continue
        wanted = records[report.id]
        doc = annotate(report, before="find_confidence")
        right = {
            p.id
            for g, p in pair_attributions(wanted.attributions, doc.attributions)
            if same_speaker(g.speaker, p.speaker) and iou(characters(g.content), characters(p.content)) >= SAME_CONTENT
        }
        for number, id in doc.attribution_ids.items():
            yield Scored("attribution", probability(model.score(features(doc, number))), id in right)
        right = {p.id for _, p in pair_provisions(wanted.provisions, doc.provisions)}
        for p in doc.provisions:
            yield Scored("rule" if p.id in doc.by_rule else "model", p.confidence, p.id in right)


def curve(found: list[Scored]) -> tuple[list[float], list[float]]:
    """Scores in order and the share of right rows there: of groups of equal size, made isotonic."""
    ordered = sorted(found, key=lambda r: r.score)
    groups = [g for g in np.array_split(np.array([(r.score, r.right) for r in ordered], dtype=float), GROUPS) if len(g)]
    scores = [round(float(g[:, 0].mean()), 3) for g in groups]
    shares = IsotonicRegression().fit_transform(scores, [g[:, 1].mean() for g in groups])
    return scores, [round(float(s), 3) for s in shares]


def draw(found: dict[str, list[Scored]], picture: Path) -> None:
    """The reliability curve: confidence against the share of right rows, with how many rows each point stands for."""
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams.update({"svg.hashsalt": "mithaq", "font.size": 11})
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(1, 2, figsize=(10, 4.8), sharey=True)
    titles = (("attributions", ("attribution",)), ("provisions", ("rule", "model")))
    for axis, (title, kinds) in zip(axes, titles, strict=True):
        axis.plot([0, 1], [0, 1], color="0.75", linewidth=1, label="perfectly calibrated")
        for name, marker, colour in zip(found, "os", ("#1f6f8b", "#c8553d"), strict=False):
            mine = [(calibrated(r.kind, r.score), r.right) for r in found[name] if r.kind in kinds]
            mine.sort(key=lambda m: m[0])  # rows of one confidence stay in the order of the texts
            groups = [g for g in np.array_split(np.array(mine, dtype=float), GROUPS) if len(g)]
            x, y = [g[:, 0].mean() for g in groups], [g[:, 1].mean() for g in groups]
            gap = sum(len(g) * abs(a - b) for g, a, b in zip(groups, x, y, strict=True)) / len(mine)
            axis.plot(x, y, marker=marker, color=colour, label=f"{name}: {len(mine)} rows, mean gap {gap:.3f}")
            print(f"{title}, {name}: {len(mine)} rows, mean gap {gap:.3f}")
        axis.set(title=title, xlabel="confidence", xlim=(0, 1), ylim=(0, 1))
        axis.legend(loc="lower right", fontsize=9)
    axes[0].set_ylabel("share that is right")
    figure.tight_layout()
    figure.savefig(picture, metadata={"Date": None})


def main(argv: list[str]) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--check", type=Path, action="append", default=[])
    parser.add_argument("--picture", type=Path)
    given = parser.parse_args(argv)
    measured = {gold.stem: list(rows(gold)) for gold in given.gold}
    together = [r for found in measured.values() for r in found]
    lines = [
        "# Which share of the rows with a score was right; between the points lies a straight line.",
        f"# Measured by scripts/calibrate.py on {', '.join(measured)} of the benchmark ({len(together)} rows).",
    ]
    for kind in KINDS:
        scores, shares = curve([r for r in together if r.kind == kind])
        lines += ["", f"[{kind}]", f"scores = {scores}", f"shares = {shares}"]
    OUT.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))
    if given.picture:
        checked = {gold.stem: list(rows(gold)) for gold in given.check}
        draw({" + ".join(measured): together, **checked}, given.picture)


if __name__ == "__main__":
    main(sys.argv[1:])
