"""The record and its parts: frozen, typed, and convertible to the JSON of the guidelines and back.

Offsets count Unicode code points from the start of the report's text, which is never changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal, Self, cast, get_args

from mithaq.errors import RecordError

Mode = Literal["direct", "indirect", "mixed"]
SourceKind = Literal["named", "anonymous", "institution", "document", "media"]
Role = Literal["provision", "condition"]
# FactBank (Saurí & Pustejovsky 2009): how sure the source presents its content to be, and whether it denies it.
Certainty = Literal["certain", "probable", "possible", "underspecified"]
Polarity = Literal["+", "-"]
EntityKind = Literal["state", "organisation", "group", "person", "institution", "anonymous", "document", "media"]

Why = tuple[tuple[str, str], ...]
"""What gave each cell: pairs of the cell's name and the lexicon entry or construction."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A piece of the report: ``text == report.text[start:end]``."""

    start: int
    end: int
    text: str = field(compare=False)

    @classmethod
    def of(cls, text: str, start: int, end: int) -> Self:
        """The span of *text* between two offsets (code points)."""
        return cls(start, end, text[start:end])

    def to_dict(self) -> dict[str, Any]:
        """``{"start", "end", "text"}``."""
        return {"start": self.start, "end": self.end, "text": self.text}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """The reverse of :meth:`to_dict`; raises :class:`~mithaq.errors.RecordError`."""
        start, end, text = _get(data, "start", int), _get(data, "end", int), _get(data, "text", str)
        if not 0 <= start <= end or end - start != len(text):
            raise RecordError(f"a span from {start} to {end} cannot hold {len(text)} characters")
        return cls(start, end, text)


@dataclass(frozen=True, slots=True)
class Report:
    """One news text as its outlet published it."""

    text: str
    id: str = "report"
    outlet: str | None = None
    url: str | None = None
    title: str | None = None
    published: date | None = None


@dataclass(frozen=True, slots=True)
class Entity:
    """Someone or something that the report names: all its mentions, and the state or organisation it speaks for."""

    id: str
    kind: EntityKind
    name: str
    state: str | None
    mentions: tuple[Span, ...]
    role: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready."""
        return {
            "id": self.id,
            "kind": self.kind,
            "name": self.name,
            "state": self.state,
            "role": self.role,
            "mentions": [m.to_dict() for m in self.mentions],
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """The reverse of :meth:`to_dict`."""
        return cls(
            _get(data, "id", str),
            cast(EntityKind, _one_of(data, "kind", get_args(EntityKind))),
            _get(data, "name", str),
            data.get("state"),
            _spans(data.get("mentions", [])),
            data.get("role"),
        )


@dataclass(frozen=True, slots=True)
class Attribution:
    """A source communicates a content, and a cue says so (PARC 3.0; Pareti 2016)."""

    id: str
    cue: Span
    source: Span | None
    speaker: str
    content: tuple[Span, ...]
    mode: Mode
    parent: str | None
    kind: SourceKind
    certainty: Certainty = "certain"
    polarity: Polarity = "+"
    entity: str | None = None
    confidence: float = 1.0
    why: Why = ()

    def to_dict(self) -> dict[str, Any]:
        """The guidelines' JSON, with certainty, polarity, entity and confidence added."""
        return {
            "id": self.id,
            "cue": self.cue.to_dict(),
            "source": self.source and self.source.to_dict(),
            "speaker": self.speaker,
            "content": [c.to_dict() for c in self.content],
            "mode": self.mode,
            "parent": self.parent,
            "kind": self.kind,
            "certainty": self.certainty,
            "polarity": self.polarity,
            "entity": self.entity,
            "confidence": self.confidence,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """The reverse of :meth:`to_dict`; fields beyond the guidelines' may be absent."""
        source = data.get("source")
        return cls(
            _get(data, "id", str),
            Span.from_dict(_get(data, "cue", dict)),
            None if source is None else Span.from_dict(source),
            _get(data, "speaker", str),
            _spans(_get(data, "content", list)),
            cast(Mode, _one_of(data, "mode", get_args(Mode))),
            data.get("parent"),
            cast(SourceKind, _one_of(data, "kind", get_args(SourceKind))),
            cast(Certainty, _one_of({"certainty": "certain", **data}, "certainty", get_args(Certainty))),
            cast(Polarity, _one_of({"polarity": "+", **data}, "polarity", get_args(Polarity))),
            data.get("entity"),
            _share(data),
        )


@dataclass(frozen=True, slots=True)
class When:
    """A time that the text gives: first and last day (inclusive), as far as it can be resolved."""

    span: Span
    start: date | None
    end: date | None

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready; dates in ISO 8601."""
        return {
            **self.span.to_dict(),
            "from": self.start and self.start.isoformat(),
            "to": self.end and self.end.isoformat(),
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """The reverse of :meth:`to_dict`."""
        return cls(Span.from_dict(data), _date(data.get("from")), _date(data.get("to")))


@dataclass(frozen=True, slots=True)
class Frequency:
    """How often: between *minimum* and *maximum* times a *unit* (day, week, month, year)."""

    span: Span
    minimum: float
    maximum: float
    unit: str

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready."""
        return {**self.span.to_dict(), "min": self.minimum, "max": self.maximum, "unit": self.unit}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """The reverse of :meth:`to_dict`."""
        return cls(Span.from_dict(data), float(data["min"]), float(data["max"]), _get(data, "unit", str))


@dataclass(frozen=True, slots=True)
class Quantity:
    """How many or how much: a number with its unit, or an amount of money with its currency (ISO 4217)."""

    span: Span
    value: float
    unit: str
    money: bool

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready."""
        return {**self.span.to_dict(), "value": self.value, "unit": self.unit, "money": self.money}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """The reverse of :meth:`to_dict`."""
        return cls(Span.from_dict(data), float(data["value"]), _get(data, "unit", str), bool(data.get("money")))


@dataclass(frozen=True, slots=True)
class Provision:
    """One thing that states do or would do together, as one report gives it."""

    id: str
    evidence: Span
    area: str
    status: str
    parties: tuple[str, ...]
    role: Role
    attribution: str | None
    when: tuple[When, ...] = ()
    frequency: Frequency | None = None
    quantities: tuple[Quantity, ...] = ()
    confidence: float = 1.0
    why: Why = ()

    def to_dict(self) -> dict[str, Any]:
        """The guidelines' JSON, with when, frequency, quantities and confidence added."""
        return {
            "id": self.id,
            "evidence": self.evidence.to_dict(),
            "area": self.area,
            "status": self.status,
            "parties": list(self.parties),
            "role": self.role,
            "attribution": self.attribution,
            "when": [w.to_dict() for w in self.when],
            "frequency": self.frequency and self.frequency.to_dict(),
            "quantities": [q.to_dict() for q in self.quantities],
            "confidence": self.confidence,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """The reverse of :meth:`to_dict`; fields beyond the guidelines' may be absent."""
        frequency = data.get("frequency")
        return cls(
            _get(data, "id", str),
            Span.from_dict(_get(data, "evidence", dict)),
            _get(data, "area", str),
            _get(data, "status", str),
            tuple(_get(data, "parties", list)),
            cast(Role, _one_of(data, "role", get_args(Role))),
            data.get("attribution"),
            tuple(When.from_dict(w) for w in data.get("when", [])),
            None if frequency is None else Frequency.from_dict(frequency),
            tuple(Quantity.from_dict(q) for q in data.get("quantities", [])),
            _share(data),
        )


@dataclass(frozen=True, slots=True)
class Record:
    """A report's attributions and provisions, and the entities that they name."""

    id: str
    attributions: tuple[Attribution, ...] = ()
    provisions: tuple[Provision, ...] = ()
    entities: tuple[Entity, ...] = ()
    outlet: str | None = None
    url: str | None = None
    title: str | None = None
    published: date | None = None

    def chain(self, attribution_id: str | None) -> tuple[Attribution, ...]:
        """The attributions on which a cell stands, outermost first: who reports whom."""
        by_id = {a.id: a for a in self.attributions}
        found: list[Attribution] = []
        while attribution_id in by_id:
            attribution = by_id.pop(attribution_id)
            found.append(attribution)
            attribution_id = attribution.parent
        return tuple(reversed(found))

    def confident(self, least: float) -> Self:
        """The record without the attributions and provisions whose confidence is below *least* (0 to 1).

        What pointed to an attribution that is gone points to nothing.
        """
        kept = {a.id for a in self.attributions if a.confidence >= least}
        return replace(
            self,
            attributions=tuple(
                replace(a, parent=a.parent if a.parent in kept else None) for a in self.attributions if a.id in kept
            ),
            provisions=tuple(
                replace(p, attribution=p.attribution if p.attribution in kept else None)
                for p in self.provisions
                if p.confidence >= least
            ),
        )

    def to_dict(self) -> dict[str, Any]:
        """The JSON object of a record (``docs/data-model.md``)."""
        return {
            "id": self.id,
            "outlet": self.outlet,
            "url": self.url,
            "title": self.title,
            "published": self.published and self.published.isoformat(),
            "attributions": [a.to_dict() for a in self.attributions],
            "provisions": [p.to_dict() for p in self.provisions],
            "entities": [e.to_dict() for e in self.entities],
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """The reverse of :meth:`to_dict`; raises :class:`~mithaq.errors.RecordError`."""
        try:
            return cls(
                _get(data, "id", str),
                tuple(Attribution.from_dict(a) for a in data.get("attributions", [])),
                tuple(Provision.from_dict(p) for p in data.get("provisions", [])),
                tuple(Entity.from_dict(e) for e in data.get("entities", [])),
                data.get("outlet"),
                data.get("url"),
                data.get("title"),
                _date(data.get("published")),
            )
        except (TypeError, KeyError, AttributeError, ValueError) as error:
            raise RecordError(f"not a record: {error}", "see docs/data-model.md") from error


def _get(data: Mapping[str, Any], name: str, kind: type) -> Any:
    if not isinstance(data, Mapping) or not isinstance(data.get(name), kind):
        raise RecordError(f"a record needs {name!r} as {kind.__name__}", "see docs/data-model.md")
    return data[name]


def _share(data: Mapping[str, Any]) -> float:
    """The confidence, 1 where none is given."""
    value = data.get("confidence", 1.0)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise RecordError(f"confidence is {value!r}", "give a number from 0 to 1")
    return float(value)


def _one_of(data: Mapping[str, Any], name: str, allowed: Iterable[str]) -> str:
    value: str = _get(data, name, str)
    if value not in allowed:
        raise RecordError(f"{name} is {value!r}", f"use one of {', '.join(allowed)}")
    return value


def _spans(items: Iterable[Mapping[str, Any]]) -> tuple[Span, ...]:
    return tuple(Span.from_dict(i) for i in items)


def _date(value: str | None) -> date | None:
    return None if value is None else date.fromisoformat(value)
