"""Commitments and agreements: what several reports say of the same thing. Frozen, typed, and convertible to JSON."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from mithaq.model import Frequency, Quantity, Role, Span, When

ContradictionKind = Literal["status", "amount", "date", "denial"]
StepKind = Literal["first", "confirmation", "repetition", "background", "step_back", "resumption", "denial"]


@dataclass(frozen=True, slots=True)
class Voice:
    """One link of the chain on whose word a stage stands: the speaker's name, and what kind of source that is."""

    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Stage:
    """What one report says of a commitment: one provision of it, as the report gives it, never changed.

    ``chain`` holds the speakers, outermost first; it is empty for the reporter's own voice. ``copy_of`` names the
    report whose text this one repeats (the earliest of its group), or is the report's own id.
    """

    report: str
    provision: str
    outlet: str | None
    url: str | None
    published: date | None
    area: str
    status: str
    parties: tuple[str, ...]
    role: Role
    evidence: Span
    chain: tuple[Voice, ...] = ()
    copy_of: str = ""
    when: tuple[When, ...] = ()
    frequency: Frequency | None = None
    quantities: tuple[Quantity, ...] = ()
    confidence: float = 1.0
    denied: bool = False
    """Whether the speaker denies it (polarity − of the attribution it stands on)."""

    @property
    def key(self) -> str:
        """What commands and pages call it: ``REPORT/PROVISION``."""
        return f"{self.report}/{self.provision}"


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two stages that cannot both be right as they stand; *what* says in a few words of data what differs."""

    kind: ContradictionKind
    one: Stage
    other: Stage
    what: tuple[str, str]
    backing: tuple[tuple[Stage, ...], tuple[Stage, ...]] = ((), ())
    """All independent stages on either side, copies not counted; *one* and *other* are among them."""

    @property
    def within_report(self) -> bool:
        """Whether one report is at odds with itself (headline against text, a claim and its denial side by side)."""
        return self.one.report == self.other.report


@dataclass(frozen=True, slots=True)
class Support:
    """Who stands behind a status (``None``: any status of the commitment), and who denies it; copies not counted."""

    status: str | None
    outlets: tuple[str, ...]
    """Independent outlets that assert it, by the date of their first report."""
    speakers: tuple[Voice, ...]
    """Sources that can be called to account (``sources.named`` of ``data/ledger.toml``), each once."""
    confirms: tuple[Stage, ...]
    denies: tuple[Stage, ...]


@dataclass(frozen=True, slots=True)
class Corroboration:
    """Who confirms and who denies a commitment, as a whole and each status that is asserted or denied."""

    whole: Support
    by_status: tuple[Support, ...]
    """In the order of the statuses, weakest first."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a commitment's history: what one independent report brings on one status.

    *what* is a key of ``step`` in ``data/ledger.toml``; *copies* are the stages of other reports that repeat its text.
    """

    day: date | None
    what: StepKind
    stage: Stage
    copies: tuple[Stage, ...] = ()


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What was announced for a time that has passed with no later report, or what recurs and is due.

    *due* is the last day on which it should have happened; *days* how long ago that is.
    """

    kind: Literal["overdue", "recurring"]
    stage: Stage
    due: date
    days: int


@dataclass(frozen=True, slots=True)
class Commitment:
    """The same provision across reports: one row of the ledger."""

    id: str
    agreement: str
    area: str
    parties: tuple[str, ...]
    role: Role
    status: str
    rule: str
    """The rule that gave the status: a key of ``data/ledger.toml``."""
    stages: tuple[Stage, ...]
    """In the order of the reports' dates."""
    outlets: tuple[str, ...] = ()
    """Independent outlets, copies not counted."""
    speakers: tuple[str, ...] = ()
    """Named sources, each once."""
    contradictions: tuple[Contradiction, ...] = ()
    follow_up: FollowUp | None = None

    @property
    def first(self) -> date | None:
        """The day of the first report that has one."""
        return min((s.published for s in self.stages if s.published), default=None)

    @property
    def last(self) -> date | None:
        """The day of the last report that has one."""
        return max((s.published for s in self.stages if s.published), default=None)

    def to_dict(self) -> dict[str, Any]:
        """The JSON object that ``docs/data-model.md`` describes."""
        return {
            "id": self.id,
            "area": self.area,
            "parties": list(self.parties),
            "role": self.role,
            "status": self.status,
            "stages": [
                {
                    "report": s.report,
                    "status": s.status,
                    "date": s.published and s.published.isoformat(),
                    "outlet": s.outlet,
                }
                for s in self.stages
            ],
        }


@dataclass(frozen=True, slots=True)
class Agreement:
    """The commitments that belong to one instrument or one round of talks between the same parties."""

    id: str
    parties: tuple[str, ...]
    commitments: tuple[Commitment, ...]
    reports: tuple[str, ...]
    """The ids of the reports that tell of it, by date; also those in which no provision of it was found."""
    name: str | None = None
    """The instrument's name where reports give one."""

    @property
    def first(self) -> date | None:
        """The day of the first report that has one."""
        return min((c.first for c in self.commitments if c.first), default=None)

    @property
    def last(self) -> date | None:
        """The day of the last report that has one."""
        return max((c.last for c in self.commitments if c.last), default=None)

    def to_dict(self) -> dict[str, Any]:
        """The JSON object that ``docs/data-model.md`` describes."""
        return {
            "id": self.id,
            "parties": list(self.parties),
            "name": self.name,
            "reports": list(self.reports),
            "commitments": [c.to_dict() for c in self.commitments],
        }
