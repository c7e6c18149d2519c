"""What the API answers, field by field: the OpenAPI description is made of these."""

from __future__ import annotations

from datetime import date
from typing import Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field

T = TypeVar("T")


class Model(BaseModel):
    """An answer; its fields are taken from the program's own objects."""

    model_config = ConfigDict(from_attributes=True, populate_by_name=True)


class Problem(Model):
    """What went wrong, and what to do about it."""

    error: str
    hint: str


class Page(Model, Generic[T]):
    """Some items of a list."""

    total: int = Field(description="how many the list has")
    limit: int
    offset: int
    items: list[T]


class Words(Model):
    """Characters of a report: offsets count code points from the start of its text."""

    start: int
    end: int
    text: str


class Quote(Words):
    """Characters of a report, and where it appeared."""

    report: str
    outlet: str | None
    published: date | None = Field(serialization_alias="date")


class CommitmentRow(Model):
    """A commitment in a list."""

    id: str
    agreement: str
    area: str
    parties: list[str] = Field(description="ISO 3166 alpha-3 codes, and the ledger's codes of organisations")
    role: Literal["provision", "condition"]
    status: str = Field(description="the current stage")
    rule: str = Field(description="what gave the status: docs/ledger.md")
    first: date | None
    last: date | None
    reports: int
    outlets: int = Field(description="independent outlets: copies not counted")
    speakers: int = Field(description="named sources")
    contradictions: int
    due: date | None = Field(description="by when what was announced, or what recurs, should be reported")
    confidence: float = Field(description="of its surest stage, 0 to 1")
    evidence: Quote | None = Field(description="that of its surest stage")


class AgreementRow(Model):
    """An agreement in a list."""

    id: str
    parties: list[str]
    name: str | None
    first: date | None
    last: date | None
    reports: int
    commitments: int
    contradictions: int
    parts: list[tuple[str, str, int]] = Field(description="area, status, how many commitments; most first")


class Speaker(Model):
    """One link of the chain on whose word a stage stands."""

    speaker: str
    kind: str


class Stage(Model):
    """What one report says of a commitment."""

    report: str
    provision: str
    status: str
    date: str | None
    outlet: str | None
    url: str | None
    area: str
    parties: list[str]
    evidence: Words
    chain: list[Speaker] = Field(description="the speakers, outermost first; empty for the reporter's own voice")
    copy_of: str | None
    confidence: float


class Contradiction(Model):
    """Two stages that cannot both be right as they stand."""

    kind: str
    one: str = Field(description="REPORT/PROVISION")
    other: str
    what: list[str] = Field(description="what each of the two says")


class FollowUp(Model):
    """What was announced for a time that has passed, or recurs and is due."""

    kind: Literal["overdue", "recurring"]
    stage: str
    due: date
    days: int


class Commitment(Model):
    """A commitment with its stages, and what follows from them."""

    id: str
    agreement: str
    area: str
    parties: list[str]
    role: Literal["provision", "condition"]
    status: str
    rule: str
    outlets: list[str]
    speakers: list[str]
    contradictions: list[Contradiction]
    follow_up: FollowUp | None
    stages: list[Stage]


class Agreement(Model):
    """An agreement with its commitments."""

    id: str
    parties: list[str]
    name: str | None
    reports: list[str]
    commitments: list[Commitment]


class ReportRow(Model):
    """A report in a list, without its text."""

    id: str
    outlet: str | None
    url: str | None
    title: str | None
    published: date | None = Field(serialization_alias="date")
    copy_of: str | None = Field(description="the earliest report whose text this one repeats")
    version: int


class Mention(Model):
    """Somebody or something that a report names."""

    id: str
    kind: str
    name: str
    state: str | None = None
    role: str | None = None
    mentions: list[Words]


class Report(Model):
    """A report with its record, as docs/data-model.md describes it: fields there are not named here may follow."""

    model_config = ConfigDict(extra="allow")

    id: str
    outlet: str | None
    url: str | None
    title: str | None
    published: date | None
    text: str
    attributions: list[dict[str, object]]
    provisions: list[dict[str, object]]
    entities: list[Mention]


class Saying(Model):
    """One attribution of a speaker."""

    report: str
    attribution: str
    outlet: str | None
    date: str | None
    speaker: str
    kind: str
    cue: Words
    content: list[Words]
    certainty: str
    polarity: str
    provisions: list[str] = Field(description="those of the report that stand on it")
    confidence: float


class Hit(Model):
    """A report that a search found; spans are of its text, those of ``title_hits`` of its title."""

    report: str
    rank: float
    outlet: str | None
    date: str | None
    title: str | None
    snippet: Words
    hits: list[Words]
    title_hits: list[Words]


class Tie(Model):
    """A pair of parties, and the commitments that both take part in."""

    one: str
    other: str
    commitments: int
    areas: dict[str, int] = Field(description="area → how many commitments, most first")
    first: date | None
    last: date | None
    contradicted: int
