"""Which commitments are asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, exists, select

from mithaq.errors import QueryError
from mithaq.lexicon.tables import nearest
from mithaq.ontology import areas, statuses
from mithaq.store import schema

_COMMITMENT = schema.commitments.c


@dataclass(frozen=True, slots=True)
class Filters:
    """Conditions that all have to hold; an empty one asks for nothing.

    *parties* are codes that must all take part; *since* and *until* are days on which a report of it appeared at
    the latest and at the earliest; *outlet* is one that reported it; *confidence* is the least of its surest stage.
    """

    parties: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    outlet: str | None = None
    role: str | None = None
    confidence: float = 0.0
    contradicted: bool = False

    def checked(self) -> Filters:
        """Itself; raises :class:`~mithaq.errors.QueryError` for an area, status or role that there is not."""
        for kind, given, known in (
            ("area", self.areas, areas()),
            ("status", self.statuses, statuses()),
            ("role", (self.role,) if self.role else (), {"provision": "", "condition": ""}),
        ):
            for value in given:
                if value not in known:
                    raise QueryError(f"there is no {kind} {value!r}", nearest(value, known))
        return self

    def condition(self) -> ColumnElement[bool]:
        """The condition on a row of ``commitments``."""
        wanted: list[ColumnElement[bool]] = []
        party = schema.commitment_parties.c
        for code in self.parties:
            wanted.append(_COMMITMENT.id.in_(select(party.commitment).where(party.party == code.upper())))
        if self.areas:
            wanted.append(_COMMITMENT.area.in_(self.areas))
        if self.statuses:
            wanted.append(_COMMITMENT.status.in_(self.statuses))
        if self.since:
            wanted.append(_COMMITMENT.last >= self.since)
        if self.until:
            wanted.append(_COMMITMENT.first <= self.until)
        if self.outlet:
            stage, report = schema.stages.c, schema.reports.c
            reported = select(stage.commitment).join(schema.reports, report.id == stage.report)
            wanted.append(exists(reported.where(stage.commitment == _COMMITMENT.id, report.outlet == self.outlet)))
        if self.role:
            wanted.append(_COMMITMENT.role == self.role)
        if self.confidence:
            wanted.append(_COMMITMENT.confidence >= self.confidence)
        if self.contradicted:
            wanted.append(_COMMITMENT.contradictions > 0)
        return and_(True, *wanted)


def any_of(given: list[str] | None) -> tuple[str, ...]:
    """A repeated option's values, commas between them allowed."""
    return tuple(part.strip() for value in given or () for part in value.split(",") if part.strip())
