"""Precision, recall, F1 and shares over the reports of a gold set."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mithaq.evaluation.matching import (
    SAME_CONTENT,
    characters,
    iou,
    pair_attributions,
    pair_provisions,
    same_speaker,
)
from mithaq.model import Record


@dataclass(frozen=True, slots=True)
class Score:
    """How many of the predicted and of the gold things match."""

    matched: int
    predicted: int
    gold: int

    @property
    def precision(self) -> float:
        """Share of the predicted that match, 0 if nothing was predicted."""
        return self.matched / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Share of the gold that match, 0 if there is no gold."""
        return self.matched / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        p, r = self.precision, self.recall
        return 2 * p * r / (p + r) if p + r else 0.0

    def to_dict(self) -> dict[str, Any]:
        """The scorer's JSON."""
        return {"p": self.precision, "r": self.recall, "f1": self.f1, "gold": self.gold, "predicted": self.predicted}

    def __str__(self) -> str:
        return (
            f"P {self.precision:.3f}  R {self.recall:.3f}  F1 {self.f1:.3f}   "
            f"({self.gold} gold, {self.predicted} predicted)"
        )


@dataclass(frozen=True, slots=True)
class Share:
    """How many of the matched things are right in one respect."""

    right: int
    of: int

    @property
    def share(self) -> float:
        """0 to 1; 0 if nothing was matched."""
        return self.right / self.of if self.of else 0.0

    def to_dict(self) -> dict[str, Any]:
        """The scorer's JSON."""
        return {"share": self.share, "of": self.of}

    def __str__(self) -> str:
        return f"{self.share:.3f}   (of {self.of})"


def evaluate(gold: Mapping[str, Record], predicted: Mapping[str, Record]) -> dict[str, Score | Share]:
    """Every metric by name; both arguments map report ids to records, and a report that *predicted* lacks is empty."""
    n: Counter[str] = Counter()
    for id, record in gold.items():
        found = predicted.get(id) or Record(id)
        _count_attributions(n, record, found)
        _count_provisions(n, record, found)
    return {
        "attribution.cue": Score(n["cue"], n["attributions"], n["gold_attributions"]),
        "attribution.full": Score(n["attribution_full"], n["attributions"], n["gold_attributions"]),
        "attribution.speaker": Share(n["speaker"], n["cue"]),
        "attribution.content": Score(n["characters_both"], n["characters"], n["gold_characters"]),
        "attribution.parent": Share(n["parent"], n["nested"]),
        "provision.area": Score(n["area"], n["provisions"], n["gold_provisions"]),
        "provision.full": Score(n["provision_full"], n["provisions"], n["gold_provisions"]),
        "provision.status": Share(n["status"], n["area"]),
        "provision.parties": Share(n["parties"], n["area"]),
        "report.dealings": Score(n["dealings_both"], n["dealings"], n["gold_dealings"]),
    }


def _count_attributions(n: Counter[str], gold: Record, found: Record) -> None:
    pairs = pair_attributions(gold.attributions, found.attributions)
    n["gold_attributions"] += len(gold.attributions)
    n["attributions"] += len(found.attributions)
    n["cue"] += len(pairs)
    n["gold_characters"] += sum(len(characters(a.content)) for a in gold.attributions)
    n["characters"] += sum(len(characters(a.content)) for a in found.attributions)
    gold_id = {p.id: g.id for g, p in pairs}
    for g, p in pairs:
        contents = characters(g.content), characters(p.content)
        speaker = same_speaker(g.speaker, p.speaker)
        n["characters_both"] += len(contents[0] & contents[1])
        n["speaker"] += speaker
        n["attribution_full"] += speaker and iou(*contents) >= SAME_CONTENT
        if g.parent:
            n["nested"] += 1
            n["parent"] += gold_id.get(p.parent or "") == g.parent


def _count_provisions(n: Counter[str], gold: Record, found: Record) -> None:
    pairs = pair_provisions(gold.provisions, found.provisions)
    n["gold_provisions"] += len(gold.provisions)
    n["provisions"] += len(found.provisions)
    n["area"] += len(pairs)
    for g, p in pairs:
        status, parties = g.status == p.status, set(g.parties) == set(p.parties)
        n["status"] += status
        n["parties"] += parties
        n["provision_full"] += status and parties
    dealings, gold_dealings = _dealings(found), _dealings(gold)
    n["gold_dealings"] += len(gold_dealings)
    n["dealings"] += len(dealings)
    n["dealings_both"] += len(gold_dealings & dealings)


def _dealings(record: Record) -> set[tuple[str, frozenset[str]]]:
    return {(p.area, frozenset(p.parties)) for p in record.provisions}
