"""What is new since a moment: reports, commitments and their stages, contradictions, and what became due.

Nothing is remembered for it but when each report was added: what a commitment was before is built from the stages of
the reports that were there before.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, select

from mithaq.ledger import Commitment, Contradiction, Stage, build, ledger_rules
from mithaq.query.ledger import load_commitments
from mithaq.query.report_list import ReportRow, report_rows
from mithaq.store import schema

_R, _S, _C = schema.reports.c, schema.stages.c, schema.commitments.c


@dataclass(frozen=True, slots=True)
class Change:
    """A commitment that new reports tell of, with the status that it had; ``None`` if it was not there before.

    *stages* are those of the new reports, first the ones that give the current status.
    """

    commitment: Commitment
    before: str | None
    stages: tuple[Stage, ...]


@dataclass(frozen=True, slots=True)
class Clash:
    """A contradiction that was not there before, and the commitment whose reports contradict each other."""

    commitment: Commitment
    contradiction: Contradiction


@dataclass(frozen=True, slots=True)
class Digest:
    """What is new after *since*, up to *until* (UTC; when reports were added), and what became due up to *day*.

    *repeated* counts the commitments that new reports only tell of again.
    """

    since: datetime | None
    until: datetime | None
    day: date
    reports: tuple[ReportRow, ...]
    new: tuple[Change, ...]
    moved: tuple[Change, ...]
    repeated: int
    clashes: tuple[Clash, ...]
    due: tuple[Commitment, ...]

    def __bool__(self) -> bool:
        """Whether there is anything to tell."""
        return bool(self.reports or self.new or self.moved or self.clashes or self.due)


def newest(connection: Connection) -> datetime | None:
    """When the newest report was added of those before all that are not merged yet: up to there a digest can tell.

    Reports are stored one transaction after the other, so that none that comes later is older.
    """
    pending = connection.execute(select(func.min(_R.added)).where(~_R.merged)).scalar()
    query = select(func.max(_R.added))
    found: datetime | None = connection.execute(query.where(_R.added < pending) if pending else query).scalar()
    return found


def build_digest(connection: Connection, since: datetime | None, since_day: date | None, day: date) -> Digest:
    """What is new after *since* (``None``: from the beginning), and what became due after *since_day*, up to *day*."""
    until = newest(connection)
    fresh_ids = [] if until is None else list(connection.execute(_added(since, until)).scalars())
    fresh = frozenset(fresh_ids)
    new: list[Change] = []
    moved: list[Change] = []
    clashes: list[Clash] = []
    due: list[Commitment] = []
    repeated = 0
    for now in load_commitments(connection, _touched(connection, since, until), day):
        stages = tuple(sorted((s for s in now.stages if s.report in fresh), key=lambda s: s.status != now.status))
        before = _before(now, fresh, since_day or day)
        change = Change(now, before.status if before else None, stages)
        if before is None:
            new.append(change)
        elif before.status != now.status:
            moved.append(change)
        else:
            repeated += 1
        clashes += (Clash(now, c) for c in _found_since(now, before))
        if now.follow_up and not (before and before.follow_up and before.follow_up.due == now.follow_up.due):
            due.append(now)
    touched = {c.id for c in due}
    late = load_commitments(connection, _became_due(connection, since_day, day), day)
    due += (c for c in late if c.follow_up and c.id not in touched and not _holds(c, fresh))
    due.sort(key=lambda c: c.follow_up.due if c.follow_up else date.max)
    return Digest(
        since,
        until,
        day,
        tuple(report_rows(connection, fresh_ids)),
        tuple(new),
        tuple(moved),
        repeated,
        tuple(clashes),
        tuple(due),
    )


def _between(since: datetime | None, until: datetime) -> ColumnElement[bool]:
    return and_(_R.added <= until, _R.added > since) if since else _R.added <= until


def _added(since: datetime | None, until: datetime) -> Select[Any]:
    return select(_R.id).where(_between(since, until)).order_by(_R.published.desc().nulls_last(), _R.id)


def _touched(connection: Connection, since: datetime | None, until: datetime | None) -> list[str]:
    """The commitments that reports added between the two tell of, the latest reported first."""
    if until is None:
        return []
    told = select(_S.commitment).join(schema.reports, _R.id == _S.report).where(_between(since, until))
    query = select(_C.id).where(_C.id.in_(told)).order_by(_C.last.desc().nulls_last(), _C.id)
    return list(connection.execute(query).scalars())


def _became_due(connection: Connection, since_day: date | None, day: date) -> list[str]:
    """The commitments that became overdue by nothing but time."""
    grace = timedelta(days=int(ledger_rules().limits["grace_days"]))
    query = select(_C.id).where(_C.due < day - grace).order_by(_C.due, _C.id)
    if since_day:
        query = query.where(_C.due >= since_day - grace)
    return list(connection.execute(query).scalars())


def _before(now: Commitment, fresh: Collection[str], day: date) -> Commitment | None:
    """The commitment without the stages of new reports, as of *day*."""
    stages = tuple(s for s in now.stages if s.report not in fresh)
    return build(now.id, now.agreement, now.area, now.parties, stages, day) if stages else None


def _found_since(now: Commitment, before: Commitment | None) -> Iterator[Contradiction]:
    known = set(_what(before.contradictions)) if before else set()
    yield from (c for c, what in zip(now.contradictions, _what(now.contradictions), strict=True) if what not in known)


def _what(contradictions: Iterable[Contradiction]) -> list[tuple[str, frozenset[str]]]:
    """What differs: which stages stand for the two sides may change as others join them."""
    return [(c.kind, frozenset(c.what)) for c in contradictions]


def _holds(commitment: Commitment, reports: Collection[str]) -> bool:
    return any(s.report in reports for s in commitment.stages)
