"""The columns of the three tables: what each is, and how it is taken from an agreement.

Every form that writes tables (CSV, Parquet, SQLite) and the data dictionary in ``docs/exports.md`` are made of these.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar

from mithaq.export.codebooks import dca_area
from mithaq.ledger.items import Agreement, Commitment, Contradiction, Stage
from mithaq.model import Quantity, When

Kind = Literal[
    "text", "date", "integer", "number", "boolean", "texts", "voices", "times", "quantities", "contradictions"
]
T = TypeVar("T")

# The fields of the lists of objects, each with its kind; "text" throughout is how they are stored where a form is flat.
FIELDS: dict[str, dict[str, Kind]] = {
    "voices": {"name": "text", "kind": "text"},
    "times": {"text": "text", "start": "integer", "end": "integer", "from": "date", "to": "date"},
    "quantities": {
        "text": "text",
        "start": "integer",
        "end": "integer",
        "value": "number",
        "unit": "text",
        "money": "boolean",
    },
    "contradictions": {"kind": "text", "one": "text", "other": "text", "says_one": "text", "says_other": "text"},
}


@dataclass(frozen=True, slots=True)
class Column(Generic[T]):
    """One column: its name, the kind of its values, what it means, and how to take it from its row's object."""

    name: str
    kind: Kind
    meaning: str
    take: Callable[[T], Any]
    key: bool = False
    """Whether tables are looked up and joined by it."""


def contradiction_fields(item: Contradiction) -> dict[str, Any]:
    """A contradiction as an object: its kind, the two stages by their keys, and what each says."""
    return {
        "kind": item.kind,
        "one": item.one.key,
        "other": item.other.key,
        "says_one": item.what[0],
        "says_other": item.what[1],
    }


def _time(item: When) -> dict[str, Any]:
    return {**item.span.to_dict(), "from": item.start, "to": item.end}


def _quantity(item: Quantity) -> dict[str, Any]:
    return {**item.span.to_dict(), "value": item.value, "unit": item.unit, "money": item.money}


def _first_time(stage: Stage) -> When | None:
    return next((w for w in stage.when if w.start or w.end), None)


AGREEMENTS: tuple[Column[Agreement], ...] = (
    Column("id", "text", "the agreement's id in the ledger", lambda a: a.id, key=True),
    Column("name", "text", "the instrument's name where reports give one", lambda a: a.name),
    Column("parties", "texts", "ISO 3166 alpha-3 codes, and the ledger's codes of organisations", lambda a: a.parties),
    Column("commitments", "integer", "how many commitments it has", lambda a: len(a.commitments)),
    Column("reports", "texts", "ids of the reports that speak of it, by date", lambda a: a.reports),
    Column("first", "date", "day of the first report that has one", lambda a: a.first),
    Column("last", "date", "day of the last report that has one", lambda a: a.last),
)

COMMITMENTS: tuple[Column[Commitment], ...] = (
    Column("id", "text", "the commitment's id in the ledger", lambda c: c.id, key=True),
    Column("agreement", "text", "the agreement that it belongs to", lambda c: c.agreement, key=True),
    Column("area", "text", "one of the 24 areas of `ontology.toml`", lambda c: c.area, key=True),
    Column(
        "dca_area", "text", "the area of defence-cooperation coding, empty where none fits", lambda c: dca_area(c.area)
    ),
    Column("parties", "texts", "as in agreements", lambda c: c.parties),
    Column("role", "text", "`provision`, or `condition` where one party requires it", lambda c: c.role),
    Column("status", "text", "its current stage, one of the ten of `ontology.toml`", lambda c: c.status, key=True),
    Column("rule", "text", "the rule that gave the current stage", lambda c: c.rule),
    Column("stages", "integer", "how many stages it has", lambda c: len(c.stages)),
    Column("outlets", "texts", "independent outlets, copies not counted", lambda c: c.outlets),
    Column("speakers", "texts", "named sources, each once", lambda c: c.speakers),
    Column("first", "date", "day of the first report that has one", lambda c: c.first),
    Column("last", "date", "day of the last report that has one", lambda c: c.last),
    Column(
        "contradictions",
        "contradictions",
        "pairs of stages that cannot both be right: `status`, `amount`, `date` or `denial`, and what each says",
        lambda c: [contradiction_fields(x) for x in c.contradictions],
    ),
    Column(
        "follow_up",
        "text",
        "`overdue` (announced for a time that has passed) or `recurring` (due again), else empty",
        lambda c: c.follow_up and c.follow_up.kind,
    ),
    Column("follow_up_stage", "text", "the stage that announced it", lambda c: c.follow_up and c.follow_up.stage.key),
    Column("due", "date", "the last day on which it should have happened", lambda c: c.follow_up and c.follow_up.due),
    Column("days_overdue", "integer", "how many days ago that was", lambda c: c.follow_up and c.follow_up.days),
)

STAGES: tuple[Column[tuple[Commitment, Stage]], ...] = (
    Column("stage", "text", "`REPORT/PROVISION`: what commands call it", lambda r: r[1].key),
    Column("commitment", "text", "the commitment that it is a stage of", lambda r: r[0].id, key=True),
    Column("report", "text", "the report's id", lambda r: r[1].report, key=True),
    Column("provision", "text", "the provision's id in that report", lambda r: r[1].provision),
    Column("outlet", "text", "who published the report", lambda r: r[1].outlet, key=True),
    Column("url", "text", "where it stands", lambda r: r[1].url),
    Column("published", "date", "the day of the report", lambda r: r[1].published, key=True),
    Column("area", "text", "the area, as this report gives it", lambda r: r[1].area),
    Column("status", "text", "the status, as this report gives it", lambda r: r[1].status, key=True),
    Column("parties", "texts", "the parties, as this report gives them", lambda r: r[1].parties),
    Column("role", "text", "`provision` or `condition`", lambda r: r[1].role),
    Column("evidence", "text", "the characters of the report that it stands on", lambda r: r[1].evidence.text),
    Column("evidence_start", "integer", "offset of the first, in code points from 0", lambda r: r[1].evidence.start),
    Column("evidence_end", "integer", "offset after the last", lambda r: r[1].evidence.end),
    Column(
        "chain",
        "voices",
        "on whose word, outermost first: name and kind of source; empty for the report's own voice",
        lambda r: [{"name": v.name, "kind": v.kind} for v in r[1].chain],
    ),
    Column(
        "copy_of",
        "text",
        "the report whose text this one repeats, or its own id",
        lambda r: r[1].copy_of or r[1].report,
    ),
    Column("copy", "boolean", "whether it repeats another report's text", lambda r: is_copy(r[1])),
    Column(
        "times",
        "times",
        "all times the text gives: words, offsets, first and last day",
        lambda r: list(map(_time, r[1].when)),
    ),
    Column(
        "first_day",
        "date",
        "first day of the first time that is resolved",
        lambda r: (w := _first_time(r[1])) and w.start,
    ),
    Column("last_day", "date", "its last day, inclusive", lambda r: (w := _first_time(r[1])) and w.end),
    Column("frequency", "text", "the words that say how often", lambda r: (f := r[1].frequency) and f.span.text),
    Column("frequency_min", "number", "at least so many times a unit", lambda r: (f := r[1].frequency) and f.minimum),
    Column("frequency_max", "number", "at most so many times a unit", lambda r: (f := r[1].frequency) and f.maximum),
    Column("frequency_unit", "text", "`day`, `week`, `month` or `year`", lambda r: (f := r[1].frequency) and f.unit),
    Column(
        "quantities",
        "quantities",
        "numbers and money: words, offsets, value, unit (ISO 4217 for money)",
        lambda r: list(map(_quantity, r[1].quantities)),
    ),
    Column("confidence", "number", "0 to 1: how likely evidence and area are right", lambda r: r[1].confidence),
    Column("denied", "boolean", "whether the speaker denies it", lambda r: r[1].denied),
)

TABLES: dict[str, tuple[Column[Any], ...]] = {"agreements": AGREEMENTS, "commitments": COMMITMENTS, "stages": STAGES}


def is_copy(stage: Stage) -> bool:
    """Whether the stage's report repeats the text of another, so that it is no voice of its own."""
    return stage.copy_of not in ("", stage.report)


def rows(agreement: Agreement) -> dict[str, list[list[Any]]]:
    """The agreement's rows of each table, values in the order of the columns."""
    pairs = [(c, s) for c in agreement.commitments for s in c.stages]
    return {
        "agreements": [[c.take(agreement) for c in AGREEMENTS]],
        "commitments": [[c.take(x) for c in COMMITMENTS] for x in agreement.commitments],
        "stages": [[c.take(x) for c in STAGES] for x in pairs],
    }
