"""Judgements: whether two provisions are the same thing. Kept apart from the data, and never deleted, only undone."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal, NamedTuple

from sqlalchemy import ColumnElement, Connection, RowMapping, delete, func, insert, or_, select, update

from mithaq.store import schema

Verdict = Literal["same", "different", "unsure"]
Level = Literal["commitment", "agreement"]
_COLUMNS = schema.judgements.c


class Anchor(NamedTuple):
    """The place that a judgement is about: characters of a report, and the area they were given.

    A place, not a row: when the report is read again, the provision whose evidence overlaps it is meant.
    """

    report: str
    start: int
    end: int
    area: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether *one* and *other* are the same commitment, or in the same agreement (*level*), by whom, and since when.

    One with *undone* has no effect.
    """

    id: int
    verdict: Verdict
    level: Level
    one: Anchor
    other: Anchor
    machine: bool
    author: str
    score: float | None
    made: datetime
    undone: datetime | None = None


def judge(
    connection: Connection, one: Anchor, other: Anchor, verdict: Verdict, author: str, level: Level = "commitment"
) -> int:
    """Keep a person's judgement; its id. The newest judgement on the same pair counts.

    The ledger follows with the next merge (:func:`mithaq.merge.update.merge_pending`), after :func:`undo` too.
    """
    if other < one:
        one, other = other, one
    values = {"judgement": verdict, "level": level, "machine": False, "author": author, "score": None, "made": _now()}
    for side, anchor in (("one", one), ("other", other)):
        values |= {f"{side}_{name}": value for name, value in anchor._asdict().items()}
    row = connection.execute(insert(schema.judgements).values(values))
    assert row.inserted_primary_key
    id: int = row.inserted_primary_key[0]
    _note(connection, {one.report, other.report})
    return id


def undo(connection: Connection, id: int | None = None, author: str | None = None) -> Judgement | None:
    """Take back a person's judgement: that of *id*, or the last (of *author*) in effect; ``None`` if there is none."""
    query = select(schema.judgements).where(~_COLUMNS.machine, _COLUMNS.undone.is_(None))
    if id is not None:
        query = query.where(_COLUMNS.id == id)
    if author is not None:
        query = query.where(_COLUMNS.author == author)
    row = connection.execute(query.order_by(_COLUMNS.id.desc()).limit(1)).mappings().first()
    if row is None:
        return None
    connection.execute(update(schema.judgements).where(_COLUMNS.id == row["id"]).values(undone=_now()))
    taken = to_judgement(row)
    _note(connection, {taken.one.report, taken.other.report})
    return taken


def judgements(connection: Connection, machine: bool | None = None, undone: bool = False) -> list[Judgement]:
    """Those in effect (with *undone* all), oldest first; of persons, of the machine, or of both."""
    query = select(schema.judgements).order_by(_COLUMNS.id)
    if machine is not None:
        query = query.where(_COLUMNS.machine == machine)
    if not undone:
        query = query.where(_COLUMNS.undone.is_(None))
    return [to_judgement(row) for row in connection.execute(query).mappings()]


def judged_state(connection: Connection, report: str) -> str:
    """What tells whether a person judged anything of a report since: the last judgement, and how many were undone."""
    return judged_states(connection, [report])[report]


def judged_states(connection: Connection, reports: Collection[str]) -> dict[str, str]:
    """The same of each of several reports."""
    of_one, of_other = _COLUMNS.one_report.in_(reports), _COLUMNS.other_report.in_(reports)
    query = select(_COLUMNS.id, _COLUMNS.undone, _COLUMNS.one_report, _COLUMNS.other_report)
    last, undone = dict.fromkeys(reports, 0), dict.fromkeys(reports, 0)
    for id, taken_back, *of in connection.execute(query.where(~_COLUMNS.machine, or_(of_one, of_other))):
        for report in last.keys() & of:
            last[report] = max(last[report], id)
            undone[report] += taken_back is not None
    return {report: f"{last[report]}-{undone[report]}" for report in reports}


def latest_judgement(connection: Connection, report: str) -> Judgement | None:
    """The last judgement of a person on anything of a report, or the one that was undone last."""
    changed = func.coalesce(_COLUMNS.undone, _COLUMNS.made)
    query = select(schema.judgements).where(*_of_persons(report)).order_by(changed.desc(), _COLUMNS.id.desc()).limit(1)
    row = connection.execute(query).mappings().first()
    return None if row is None else to_judgement(row)


def latest_judgements(connection: Connection, limit: int, offset: int = 0) -> tuple[int, list[Judgement]]:
    """How many judgements of persons there are, also those undone, and some of them, the last first."""
    total = connection.execute(select(func.count()).select_from(schema.judgements).where(~_COLUMNS.machine))
    query = select(schema.judgements).where(~_COLUMNS.machine).order_by(_COLUMNS.id.desc())
    rows = connection.execute(query.limit(limit).offset(offset or None)).mappings()
    return total.scalar_one(), [to_judgement(row) for row in rows]


def _note(connection: Connection, reports: Iterable[str]) -> None:
    """Have the next merge look at these reports again."""
    judged = schema.judged_reports
    for report in sorted(reports):
        connection.execute(delete(judged).where(judged.c.report == report))
        connection.execute(insert(judged).values(report=report))


def _of_persons(report: str) -> tuple[ColumnElement[bool], ...]:
    return ~_COLUMNS.machine, or_(_COLUMNS.one_report == report, _COLUMNS.other_report == report)


def to_judgement(row: RowMapping) -> Judgement:
    """A row of ``judgements``."""
    one, other = (
        Anchor(row[f"{side}_report"], row[f"{side}_start"], row[f"{side}_end"], row[f"{side}_area"])
        for side in ("one", "other")
    )
    return Judgement(
        row["id"],
        row["judgement"],
        row["level"],
        one,
        other,
        row["machine"],
        row["author"],
        row["score"],
        row["made"],
        row["undone"],
    )


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
