"""Records survive the way to JSON and back; what is no record is refused with a reason."""

from __future__ import annotations

import json
from typing import Any

import pytest

import mithaq
from mithaq import Attribution, Provision, Record, RecordError, Span

TEXT = "أعلن وزير الدفاع الأردني أن بلاده وقعت مع اليابان اتفاقية لتدريب الضباط أمس بقيمة 3 ملايين دولار."


def test_round_trip() -> None:
    record = mithaq.read(TEXT, published="2026-03-10", outlet="x", title="t", url="u", id="r")
    data = json.loads(json.dumps(record.to_dict()))
    again = Record.from_dict(data)
    assert again.to_dict() == record.to_dict()
    assert data["attributions"][0]["cue"] == {"start": 0, "end": 4, "text": "أعلن"}
    assert data["provisions"][0]["parties"] == ["JOR", "JPN"]


def test_guidelines_json_is_read() -> None:
    span = {"start": 0, "end": 4, "text": "أعلن"}
    record = Record.from_dict(
        {
            "id": "r",
            "attributions": [
                {"id": "a1", "cue": span, "source": None, "speaker": "x", "content": [span], "mode": "direct",
                 "parent": None, "kind": "named"}
            ],
            "provisions": [
                {"id": "p1", "evidence": span, "area": "visit", "status": "done", "parties": ["EGY", "RUS"],
                 "role": "provision", "attribution": "a1"}
            ],
        }
    )  # fmt: skip
    assert record.attributions[0].certainty == "certain"
    assert record.provisions[0].when == ()


@pytest.mark.parametrize(
    "data",
    [
        {},
        [],
        {"id": 3},
        {"id": "r", "attributions": [{}]},
        {"id": "r", "attributions": 7},
        {"id": "r", "provisions": [{"id": "p1", "evidence": {"start": 0, "end": 9, "text": "قصير"}}]},
        {"id": "r", "published": "yesterday"},
    ],
)
def test_what_is_no_record(data: Any) -> None:
    with pytest.raises(RecordError):
        Record.from_dict(data)


def test_chain_goes_from_the_outermost_in() -> None:
    record = mithaq.read("قال مصدر مطلع إن وزير الخارجية الكندي أكد أن بلاده ستوقع الاتفاق.")
    inner = record.attributions[-1]
    assert [a.speaker for a in record.chain(inner.id)] == ["مصدر مطلع", "وزير الخارجية الكندي"]
    assert record.chain(None) == ()


def row(id: str, confidence: float, *, of: str | None = None) -> tuple[Attribution, Provision]:
    """An attribution within, and a provision on, the attribution *of*."""
    span = Span.of(TEXT, 0, 4)
    return (
        Attribution(f"a{id}", span, None, "x", (span,), "direct", of, "named", confidence=confidence),
        Provision(f"p{id}", span, "visit", "done", ("EGY", "RUS"), "provision", of, confidence=confidence),
    )


def test_what_is_not_confident_enough_is_left_out() -> None:
    rows = [row("1", 0.2), row("2", 0.9, of="a1"), row("3", 0.5, of="a2")]
    record = Record("r", tuple(a for a, _ in rows), tuple(p for _, p in rows), outlet="o", title="t")
    half = record.confident(0.5)
    assert [(a.id, a.parent) for a in half.attributions] == [("a2", None), ("a3", "a2")]
    assert [(p.id, p.attribution) for p in half.provisions] == [("p2", None), ("p3", "a2")]
    assert [a.id for a in half.chain("a3")] == ["a2", "a3"]
    assert (half.id, half.outlet, half.title) == ("r", "o", "t")
    assert record.confident(0) == record
    assert record.confident(0.95) == Record("r", outlet="o", title="t")
    assert len(record.attributions) == 3


@pytest.mark.parametrize("value", [-0.1, 1.01, "0.5", True, None])
def test_a_confidence_that_is_none_is_refused(value: object) -> None:
    data = Record("r", (row("1", 0.5)[0],)).to_dict()
    data["attributions"][0]["confidence"] = value
    with pytest.raises(RecordError, match=r"confidence is .* \(give a number from 0 to 1\)"):
        Record.from_dict(data)


def test_a_span_is_its_slice() -> None:
    assert Span.of(TEXT, 5, 9) == Span(5, 9, "وزير")
