"""A record ⇄ the rows of its tables; nothing is lost on the way but the words of spans, which the text gives."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, RowMapping, select

from mithaq.lexicon.keys import fold
from mithaq.model import Attribution, Entity, Frequency, Provision, Quantity, Record, Report, Span, When
from mithaq.store import schema

Row = dict[str, Any]
Rows = dict[str, list[Row]]
"""Table name → rows, in an order that keeps references whole."""


def to_rows(report: str, record: Record) -> Rows:
    """The rows of a record; *report* is the id under which they stand."""
    return {
        "entities": [_entity(report, e) for e in record.entities],
        "attributions": [_attribution(report, a) for a in record.attributions],
        "provisions": [_provision(report, p) for p in record.provisions],
        "provision_parties": [
            {"report": report, "provision": p.id, "party": party}
            for p in record.provisions
            for party in sorted(set(p.parties))
        ],
    }


def load_record(connection: Connection, id: str) -> tuple[Report, Record] | None:
    """A report with its record as it was added, ``None`` if there is none of that id."""
    row = connection.execute(select(schema.reports).where(schema.reports.c.id == id)).mappings().first()
    if row is None:
        return None
    text: str = row["text"]
    report = Report(text, id, row["outlet"], row["url"], row["title"], row["published"])

    def rows(table: str) -> Iterable[RowMapping]:
        columns = schema.metadata.tables[table]
        found = connection.execute(select(columns).where(columns.c.report == id)).mappings().all()
        return sorted(found, key=lambda r: _number(r["id"]))

    record = Record(
        id,
        tuple(_to_attribution(r, text) for r in rows("attributions")),
        tuple(to_provision(r) for r in rows("provisions")),
        tuple(_to_entity(r, text) for r in rows("entities")),
        report.outlet,
        report.url,
        report.title,
        report.published,
    )
    return report, record


def to_provision(row: RowMapping) -> Provision:
    """A row of ``provisions``."""
    when, frequency, quantities = _to_details(row["details"])
    evidence = Span(row["evidence_start"], row["evidence_end"], row["evidence"])
    return Provision(
        row["id"],
        evidence,
        row["area"],
        row["status"],
        tuple(row["parties"].split()),
        row["role"],
        row["attribution"],
        when,
        frequency,
        quantities,
        row["confidence"],
    )


Details = tuple[tuple[When, ...], Frequency | None, tuple[Quantity, ...]]
"""The times of a provision, how often, and its amounts."""


@lru_cache(maxsize=1 << 12)
def read_details(cell: str) -> Details:
    """The cell ``details`` of ``provisions``, as text; most provisions have none, which is read once."""
    return _to_details(json.loads(cell))


def _to_details(cell: dict[str, Any]) -> Details:
    return (
        tuple([When.from_dict(w) for w in cell["when"]]),
        Frequency.from_dict(cell["frequency"]) if cell["frequency"] else None,
        tuple([Quantity.from_dict(q) for q in cell["quantities"]]),
    )


def _entity(report: str, e: Entity) -> Row:
    return {
        "report": report,
        "id": e.id,
        "kind": e.kind,
        "name": e.name,
        "name_key": key_of(e.name),
        "state": e.state,
        "role": e.role,
        "mentions": [[m.start, m.end] for m in e.mentions],
    }


def _to_entity(row: RowMapping, text: str) -> Entity:
    return Entity(row["id"], row["kind"], row["name"], row["state"], _spans(row["mentions"], text), row["role"])


def _attribution(report: str, a: Attribution) -> Row:
    return {
        "report": report,
        "id": a.id,
        "speaker": a.speaker,
        "speaker_key": key_of(a.speaker),
        "kind": a.kind,
        "mode": a.mode,
        "certainty": a.certainty,
        "polarity": a.polarity,
        "parent": a.parent,
        "entity": a.entity,
        "cue_start": a.cue.start,
        "cue_end": a.cue.end,
        "source_start": a.source and a.source.start,
        "source_end": a.source and a.source.end,
        "content": [[c.start, c.end] for c in a.content],
        "confidence": a.confidence,
    }


def _to_attribution(row: RowMapping, text: str) -> Attribution:
    source = None if row["source_start"] is None else Span.of(text, row["source_start"], row["source_end"])
    return Attribution(
        row["id"],
        Span.of(text, row["cue_start"], row["cue_end"]),
        source,
        row["speaker"],
        _spans(row["content"], text),
        row["mode"],
        row["parent"],
        row["kind"],
        row["certainty"],
        row["polarity"],
        row["entity"],
        row["confidence"],
    )


def _provision(report: str, p: Provision) -> Row:
    resolved = next((w for w in p.when if w.start or w.end), None)
    return {
        "report": report,
        "id": p.id,
        "area": p.area,
        "status": p.status,
        "parties": " ".join(p.parties),
        "role": p.role,
        "attribution": p.attribution,
        "evidence": p.evidence.text,
        "evidence_start": p.evidence.start,
        "evidence_end": p.evidence.end,
        "when_from": resolved and resolved.start,
        "when_to": resolved and resolved.end,
        "details": {
            "when": [w.to_dict() for w in p.when],
            "frequency": p.frequency and p.frequency.to_dict(),
            "quantities": [q.to_dict() for q in p.quantities],
        },
        "confidence": p.confidence,
    }


def key_of(name: str) -> str:
    """What a name is looked up by: its words folded (marks, hamza seats, ى/ي, ة/ه), one space between."""
    return fold(" ".join(name.split()))


def _spans(pairs: Iterable[tuple[int, int]], text: str) -> tuple[Span, ...]:
    return tuple(Span.of(text, start, end) for start, end in pairs)


def _number(id: str) -> tuple[int, str]:
    """``p10`` after ``p9``."""
    digits = id.lstrip("abcdefghijklmnopqrstuvwxyz")
    return (int(digits), id) if digits.isdecimal() else (0, id)
