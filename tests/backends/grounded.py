"""What must hold of every record, whatever read it."""

from __future__ import annotations

from mithaq.model import Record


def grounded(record: Record, text: str) -> None:
    """Every span is the report's own characters, and the record goes to JSON and back."""
    spans = [s for a in record.attributions for s in (a.cue, *a.content, *([a.source] if a.source else []))]
    spans += [p.evidence for p in record.provisions] + [m for e in record.entities for m in e.mentions]
    assert all(text[s.start : s.end] == s.text for s in spans)
    assert Record.from_dict(record.to_dict()).to_dict() == record.to_dict()
