"""A comparison as rows: one cell of one row of one report each, and how often each cell agrees."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from mithaq.cli.labels import label
from mithaq.cli.rows import View
from mithaq.cli.store_options import RowFormat
from mithaq.evaluation.comparing import Cell, Row
from mithaq.evaluation.comparison import Compared, Totals
from mithaq.evaluation.metrics import Score, Share
from mithaq.export.rows import KEYS, Rows, Words, shorten

_SHOWN = 100
"""Rows of a table that are shown without --limit."""
_WIDEST = 160


@dataclass(frozen=True, slots=True)
class Found:
    """One cell of one row of one report."""

    report: str
    row: Row
    cell: Cell

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready; ``right`` and ``gold`` are null without gold."""
        return {
            "report": self.report,
            "row": self.row.kind,
            "text": self.row.at.text,
            "start": self.row.at.start,
            "end": self.row.at.end,
            "cell": self.cell.name,
            "same": self.cell.same,
            "a": self.cell.a,
            "b": self.cell.b,
            "right": self.cell.right or None,
            "gold": self.cell.gold or None,
        }


def _cells(found: Found, words: Words) -> list[object]:
    row, cell = found.row, found.cell
    texts: list[object] = [row.at.text, cell.a, cell.b, cell.gold]
    right: str = cell.right
    if words is not KEYS:  # a table for people
        texts = [shorten(str(text), _WIDEST) for text in texts]
        right = words.word(f"right_{right}") if right else ""
    text, a, b, gold = texts
    offsets = f"{row.at.start}-{row.at.end}"
    return [
        found.report,
        words.word(row.kind),
        text,
        offsets,
        words.word(cell.name),
        words.word(cell.same),
        a,
        b,
        right,
        gold,
    ]


_ROWS: Rows[Found] = Rows(
    "differences",
    ("report+row", "text+offsets*", "cell+same", "a*", "b*", "right+gold*"),
    _cells,
    Found.to_dict,
    "no_difference",
)


def cells_of(compared: Iterable[Compared], everything: bool) -> Iterator[Found]:
    """The cells that differ, or all."""
    for each in compared:
        for row in each.rows:
            for cell in row.cells:
                if everything or cell.same not in ("same", "near"):
                    yield Found(each.id, row, cell)


def print_rows(rows: Iterator[Found], format: RowFormat, lang: str, limit: int | None) -> None:
    """Print the first *limit* rows, all if 0, and go through the others, which are counted too."""
    if limit is None:
        limit = _SHOWN if format is RowFormat.TABLE else 0
    View(_ROWS).print(islice(rows, limit) if limit else rows, format, lang)
    more = sum(1 for _ in rows)
    if more and format is RowFormat.TABLE:
        print(f"… {more:,}: --limit 0")


def print_totals(totals: Totals, format: RowFormat, lang: str, gold: bool) -> None:
    """Print how often each cell agrees; as tables with the metrics of evaluation before them."""
    found = [{("row" if k == "kind" else k): v for k, v in each.to_dict().items()} for each in totals.cells()]
    of_gold = [name for name in found[0] if name == "gold_only" or name.startswith("right_")]
    of_both = [name for name in found[0] if name not in (*_OF_ROW, *of_gold)]
    if format is not RowFormat.TABLE:
        View(_totals([*_OF_ROW, *of_both, *(of_gold if gold else [])])).print(found, format)
        return
    from mithaq.cli.layout import Column, Layout

    heads = [Column(label(name, lang)) for name in ("metric", *score_columns(gold))]
    Layout(right_to_left=lang == "ar").table(label("totals_scores", lang), heads, score_rows(totals, gold))
    for names in (of_both, of_gold if gold else []):
        if names:
            View(_totals(["+".join(_OF_ROW), *names])).print(found, format, lang)


_OF_ROW = ("row", "cell")


def _totals(columns: list[str]) -> Rows[dict[str, Any]]:
    names = [name for column in columns for name in column.split("+")]

    def cells(each: dict[str, Any], words: Words) -> list[object]:
        return [words.word(each[name]) if name in _OF_ROW else each[name] for name in names]

    def to_object(each: dict[str, Any]) -> dict[str, Any]:
        return {name: each[name] for name in names}

    return Rows("totals_cells", columns, cells, to_object, "no_difference")


def score_columns(gold: bool) -> list[str]:
    """The columns of :func:`score_rows` behind the metric's name, as keys of labels."""
    return ["value_a_b", *(("value_a", "value_b") if gold else ())]


def score_rows(totals: Totals, gold: bool) -> list[list[str]]:
    """Each metric of evaluation: how far both agree, and with gold how good each is."""
    between, a, b = (totals.scores(which) for which in ("agreement", "a", "b"))
    return [
        [name, _between(score), *((_against_gold(a.get(name)), _against_gold(b.get(name))) if gold else ())]
        for name, score in between.items()
    ]


def _between(score: Score | Share) -> str:
    """F1 is the same from both sides; so neither is called right."""
    if isinstance(score, Score):
        return f"F1 {score.f1:.3f}  (A {score.gold:,}, B {score.predicted:,})"
    return f"{score.share:.3f}  ({score.of:,})"


def _against_gold(score: Score | Share | None) -> str:
    if isinstance(score, Score):
        return f"P {score.precision:.3f}  R {score.recall:.3f}  F1 {score.f1:.3f}"
    return f"{score.share:.3f}  ({score.of:,})" if score else ""


def summary(totals: Totals, names: tuple[str, str]) -> list[str]:
    """What is said of the reports: in both, differing, and only in one file."""
    counts = totals.reports
    said = [f"{counts['both']:,} reports in both, {counts['differ']:,} of them differ"]
    said += [
        f"{counts[side]:,} reports only in {name}: they count as that, not as disagreement"
        for side, name in zip("ab", names, strict=True)
        if counts[side]
    ]
    return said
