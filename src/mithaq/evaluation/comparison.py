"""Two files of records, report by report, and what their comparisons add up to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass
from typing import Any

from mithaq.evaluation.comparing import CELLS, Kind, Right, Row, Same, compare_records
from mithaq.evaluation.metrics import Score, Share, evaluate
from mithaq.evaluation.misses import NOTHING
from mithaq.evaluation.shelf import Shelf
from mithaq.model import Record

_SAMES: tuple[Same, ...] = ("same", "near", "other", "only_a", "only_b", "gold_only")
_RIGHTS: tuple[Right, ...] = ("both", "a", "b", "neither")


@dataclass(frozen=True, slots=True)
class Compared:
    """One report: its records, and their rows where both have one (reports of one file alone have none)."""

    id: str
    a: Record | None
    b: Record | None
    gold: Record | None
    rows: tuple[Row, ...]

    @property
    def agrees(self) -> bool:
        """Whether both files have the report and no cell differs."""
        return bool(self.a and self.b) and all(row.agrees for row in self.rows)


def compare_all(shelf: Shelf) -> Iterator[Compared]:
    """Each report of either file, in the order of the first; one is in memory at a time."""
    for id in shelf.ids():
        a, b, gold = shelf.get("a", id), shelf.get("b", id), shelf.get("gold", id)
        rows = compare_records(a, b, gold) if a and b else ()
        yield Compared(id, a, b, gold, tuple(rows))


@dataclass(frozen=True, slots=True)
class Total:
    """How often a cell is the same, and how often which of both is right (0 without gold)."""

    kind: Kind
    cell: str
    same: dict[Same, int]
    right: dict[Right, int]

    @property
    def agreement(self) -> float:
        """The share of the cells that evaluation counts as the same, 0 to 1; 0 if there is none."""
        counted = sum(n for same, n in self.same.items() if same != "gold_only")
        return (self.same["same"] + self.same["near"]) / counted if counted else 0.0

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready."""
        same: dict[str, Any] = {str(name): n for name, n in self.same.items()}
        right = {f"right_{name}": n for name, n in self.right.items()}
        return {"kind": self.kind, "cell": self.cell, **same, "agreement": round(self.agreement, 4), **right}


class Totals:
    """What comparisons add up to: feed each to :meth:`add`."""

    def __init__(self) -> None:
        self.reports: Counter[str] = Counter()
        """``both``, ``a``, ``b``: which file has them; ``gold``: those with gold; ``differ``: with a difference."""
        self._same: Counter[tuple[str, str, str]] = Counter()
        self._right: Counter[tuple[str, str, str]] = Counter()
        self._scores: dict[str, list[dict[str, Score | Share]]] = {}

    def add(self, compared: Compared) -> None:
        """Count one report. What only one file has is counted as that, and in no score of the other."""
        a, b, gold = compared.a, compared.b, compared.gold
        if a and b:
            self.reports["both"] += 1
            self.reports["differ"] += not compared.agrees
            self._add_scores("agreement", evaluate({a.id: a}, {a.id: b}))
        elif a or b:
            self.reports["a" if a else "b"] += 1
        if gold:
            self.reports["gold"] += 1
            for side, record in (("a", a), ("b", b)):
                self._add_scores(side, evaluate({gold.id: gold}, {gold.id: record} if record else {}))
        for row in compared.rows:
            if row.a and row.b:
                self._same[row.kind, row.kind, "same"] += 1
                if row.cells[0].right:
                    self._right[row.kind, row.kind, "neither" if row.cells[0].gold == NOTHING else "both"] += 1
            for cell in row.cells:
                self._same[row.kind, cell.name, cell.same] += 1
                if cell.right:
                    self._right[row.kind, cell.name, cell.right] += 1

    def cells(self) -> list[Total]:
        """By cell: first whether both have the row at all, then its cells."""
        return [
            Total(
                kind,
                name,
                {same: self._same[kind, name, same] for same in _SAMES},
                {right: self._right[kind, name, right] for right in _RIGHTS},
            )
            for kind, names in CELLS.items()
            for name in (kind, *names)
        ]

    def scores(self, which: str) -> dict[str, Score | Share]:
        """The metrics of evaluation: ``agreement`` (the second file against the first), ``a`` or ``b`` against gold."""
        return _added(self._scores.get(which, []))

    def _add_scores(self, which: str, scores: dict[str, Score | Share]) -> None:
        self._scores[which] = [_added([*self._scores.get(which, []), scores])]


def _added(many: Iterable[dict[str, Score | Share]]) -> dict[str, Score | Share]:
    """Scores of several sets of reports as those of all: they are counts."""
    found: dict[str, Score | Share] = {}
    for scores in many:
        for name, score in scores.items():
            known = found.get(name)
            sums = map(sum, zip(astuple(score), astuple(known), strict=True)) if known else astuple(score)
            found[name] = type(score)(*sums)
    return found
