#!/usr/bin/env python3
"""Train the models on texts with gold records, and write them to ``src/mithaq/data/models``.

usage: train_models.py [--gold FILE --reports FILE]... [--out FOLDER]

Without arguments it trains on ``corpus/`` and on the examples of the lexicon, all of which the project wrote itself, so
that what ships is under its licence. It needs scikit-learn (``pip install -e '.[train]'``); reading does not.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from mithaq.evaluation.matching import SAME_CONTENT, characters, iou, pair_attributions, same_speaker
from mithaq.lexicon.tables import load_toml_raw
from mithaq.lexicon.weights import Model, model_text
from mithaq.model import Provision, Record, Report, Span
from mithaq.pipeline import annotate
from mithaq.readers import read_reports
from mithaq.stages.act_features import area_features, status_features
from mithaq.stages.clues import Clues
from mithaq.stages.confidence import features as attribution_features
from mithaq.stages.document import Document
from mithaq.stages.head_features import HeadFeatures, heads
from mithaq.stages.party_features import PartyFeatures
from mithaq.stages.phrases import phrase_end
from mithaq.stages.places import find_places
from mithaq.stages.provisions import CONDITION, ruled_cells
from mithaq.stages.rules import RuleFinder

ROOT = Path(__file__).parents[1]
NAMES = ("act", "area", "status", "party", "attribution")
FEWEST = 2  # times that a feature must occur
LEAST = 0.02  # the least weight that is kept
EXAMPLE = 8.0  # how much an example of the lexicon counts
STATUS_EXAMPLE = 2.0  # the same for the status, where the examples are plainer than news
# How strongly each model is regularised (scikit-learn's C), chosen on the development reports.
STRENGTH = {"act": 0.15, "area": 0.3, "status": 0.1, "party": 0.3, "attribution": 0.1}
# How often each status is given in news, in per cent: texts written to show them all have too many of the rare ones.
USUAL = {
    "proposed": 18.0, "agreed": 15.0, "planned": 13.0, "done": 13.0, "in_force": 12.0, "discussed": 12.0, "signed": 8.0,
    "demanded": 6.0, "refused": 2.5, "suspended": 2.0,
}  # fmt: skip


class Row(NamedTuple):
    """One thing to learn from: what holds, what is right, and how much it counts."""

    features: list[str]
    answer: Any
    weight: float = 1.0


Rows = dict[str, list[Row]]


def load(gold: Path, reports: Path) -> Iterator[tuple[Document, Record]]:
    """The documents of the reports with their layers, and their gold records."""
    records = {r.id: r for r in (Record.from_dict(json.loads(line)) for line in gold.read_text("utf-8").splitlines())}
    for item in read_reports([str(reports)]):
        report = getattr(item, "report", None)
        if isinstance(report, Report) and report.id in records:
            yield annotate(report, before="find_provisions"), records[report.id]


def rows_of(doc: Document, gold: Record) -> Rows:
    """What each model learns from one report."""
    places = find_places(doc)
    clues = Clues(doc, places)
    by_rule = RuleFinder(doc, places).run()
    ruled, zoned = ruled_cells(doc, by_rule, "status"), ruled_cells(doc, by_rule, "area")
    rows: Rows = {name: [] for name in NAMES}
    possible, of_head = heads(clues), HeadFeatures(clues, Model((), {}))
    acts: dict[int, list[Provision]] = {}
    inside: set[int] = set()
    for p in gold.provisions:
        own = [i for i in possible if doc.tokens[i].start < p.evidence.end and doc.tokens[i].end > p.evidence.start]
        if own:
            acts.setdefault(own[0], []).append(p)
            inside.update(own[1:])
    parties = PartyFeatures(clues)
    before: tuple[int, str, str] | None = None
    area = ""
    for i in possible:
        here = acts.get(i, [])
        if not here and i in inside:
            continue  # a later word of an act's own phrase is neither right nor wrong
        end = phrase_end(doc, i, doc.sentences[doc.sentence_of[i]][1])
        features = of_head.of(i, end).features
        rows["act"].append(Row(features, bool(here)))
        if not here:
            continue
        of_area = area_features(clues, i, end, features, area, zoned.get(i))
        rows["area"].append(Row(of_area, {p.area for p in here}))
        if i in zoned:  # where no rule finds the act
            rows["area"].append(Row([f for f in of_area if not f.startswith("ruled=")], {p.area for p in here}, 0.5))
        for p in here:
            label = p.status + (f" {CONDITION}" if p.role == "condition" else "")
            rows["status"].append(Row(status_features(clues, i, end, features, p.area, before, ruled.get(i)), label))
        who = frozenset(here[0].parties)
        rows["party"] += [Row(f, code in who) for code, f in parties.of(i, end, here[0].area)]
        parties.keep(who)
        before = (end, here[-1].status, here[-1].area)
        area = here[-1].area
    rows["attribution"] = list(_attributions(doc, gold))
    return rows


def _attributions(doc: Document, gold: Record) -> Iterator[Row]:
    """Whether each attribution is right: a gold one with its cue, its speaker and its content."""
    right = {
        p.id
        for g, p in pair_attributions(gold.attributions, doc.attributions)
        if same_speaker(g.speaker, p.speaker) and iou(characters(g.content), characters(p.content)) >= SAME_CONTENT
    }
    for number, id in doc.attribution_ids.items():
        yield Row(attribution_features(doc, number), id in right)


def example_rows() -> Iterator[Rows]:
    """What the examples and counters of the lexicon teach: each names one act of its text, or that there is none."""
    for file in ("provisions/acts.toml", "provisions/status.toml"):
        for name, fields in load_toml_raw(file).items():
            for n, example in enumerate(fields.get("examples", [])):
                text = example["text"]
                start = text.index(example["evidence"])
                evidence = Span.of(text, start, start + len(example["evidence"]))
                act = Provision(
                    "p1", evidence, example["area"], example["status"], tuple(example["parties"]),
                    example.get("role", "provision"), None,
                )  # fmt: skip
                rows = rows_of(_document(text, f"{name}-{n}"), Record(name, (), (act,)))
                rows["act"] = [row for row in rows["act"] if row.answer]  # other acts of the text are not named
                rows["attribution"] = []
                yield _weighted(rows)
            for n, text in enumerate(fields.get("counters", [])):
                rows = {**rows_of(_document(text, f"{name}-not-{n}"), Record(name)), "attribution": []}
                yield _weighted(rows)


def _weighted(rows: Rows) -> Rows:
    weights = {"status": STATUS_EXAMPLE}
    return {k: [row._replace(weight=weights.get(k, EXAMPLE)) for row in v] for k, v in rows.items()}


def _document(text: str, id: str) -> Document:
    return annotate(Report(text, id), before="find_provisions")


def train(name: str, rows: list[Row]) -> Model:
    """A logistic model: of one label for yes and no, of several for a choice, one against the rest for sets."""
    counts = Counter(f for row in rows for f in set(row.features))
    names = sorted(f for f, n in counts.items() if n >= FEWEST)
    index = {f: n for n, f in enumerate(names)}
    columns = [sorted({index[f] for f in row.features if f in index}) for row in rows]
    starts = np.cumsum([0, *map(len, columns)])
    x = csr_matrix((np.ones(starts[-1]), np.concatenate(columns), starts), shape=(len(rows), len(names)))
    answers = [row.answer for row in rows]
    weights = np.array([row.weight for row in rows])
    if name == "area":
        labels = sorted({a for answer in answers for a in answer})
        fitted = np.vstack([_fit(name, x, [label in a for a in answers], weights) for label in labels])
    elif name == "status":
        labels = sorted(set(answers))
        fitted = _fit(name, x, answers, weights * _usual(answers))
    else:
        labels, fitted = ["yes"], _fit(name, x, answers, weights)
    table = {}
    for n, feature in enumerate(names):
        cells = tuple((k, round(w * 1000)) for k, w in enumerate(fitted[:, n]) if abs(w) >= LEAST)
        if cells:
            table[feature] = cells
    return Model(tuple(labels), table)


def _fit(name: str, x: Any, answers: list[Any], weights: Any) -> Any:
    solver = "liblinear" if len(set(answers)) == 2 else "lbfgs"
    model = LogisticRegression(C=STRENGTH[name], max_iter=400, fit_intercept=False, solver=solver)
    return model.fit(x, answers, weights).coef_


def _usual(answers: list[str]) -> Any:
    """Weights under which the statuses are as frequent as in news."""
    statuses = [a.partition(" ")[0] for a in answers]
    counts = Counter(statuses)
    return np.array([USUAL[s] / 100 * len(answers) / counts[s] for s in statuses])


def train_all(rows: Iterator[Rows] | list[Rows]) -> dict[str, Model]:
    """Every model by name."""
    together: Rows = {name: [] for name in NAMES}
    for more in rows:
        for name in NAMES:
            together[name] += more[name]
    return {name: train(name, together[name]) for name in NAMES}


def main(argv: list[str]) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, action="append")
    parser.add_argument("--reports", type=Path, action="append")
    parser.add_argument("--out", type=Path, default=ROOT / "src" / "mithaq" / "data" / "models")
    given = parser.parse_args(argv)
    golds = given.gold or [ROOT / "corpus" / "gold.jsonl"]
    texts = given.reports or [ROOT / "corpus" / "reports.jsonl"]
    rows = [rows_of(*item) for gold, text in zip(golds, texts, strict=True) for item in load(gold, text)]
    models = train_all([*rows, *example_rows()])
    given.out.mkdir(parents=True, exist_ok=True)
    for name, model in models.items():
        header = "# Made by scripts/train_models.py from texts that the project wrote. Weights in thousandths.\n"
        (given.out / f"{name}.tsv").write_text(header + model_text(model), encoding="utf-8")
        print(f"{name}: {len(model)} features, {len(model.labels)} labels")


if __name__ == "__main__":
    main(sys.argv[1:])
