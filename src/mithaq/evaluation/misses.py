"""What was missed, and why: one entry a wrong cell, in the order of the gold set."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from mithaq.evaluation.matching import (
    SAME_CONTENT,
    SAME_EVIDENCE,
    characters,
    evidence_share,
    iou,
    pair,
    pair_attributions,
    pair_provisions,
    same_speaker,
)
from mithaq.model import Attribution, Provision, Record, Span

Reason = Literal["missed", "false alarm", "speaker", "content", "parent", "area", "status", "parties"]
_NOTHING = "—"


@dataclass(frozen=True, slots=True)
class Miss:
    """One thing that differs. *text* is the cue or evidence; *gold* and *predicted* are what each side has there."""

    report: str
    kind: Literal["attribution", "provision"]
    reason: Reason
    text: str
    gold: str
    predicted: str

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready."""
        return {name: getattr(self, name) for name in self.__slots__}


def find_misses(gold: Mapping[str, Record], predicted: Mapping[str, Record]) -> Iterator[Miss]:
    """Everything in which *predicted* differs from *gold*; both map report ids to records."""
    for id, record in gold.items():
        found = predicted.get(id) or Record(id)
        yield from _attributions(id, record, found)
        yield from _provisions(id, record, found)


def _attributions(report: str, gold: Record, found: Record) -> Iterator[Miss]:
    pairs = pair_attributions(gold.attributions, found.attributions)
    gold_id = {p.id: g.id for g, p in pairs}
    matched = {g.id: p for g, p in pairs}
    spare = [p for p in found.attributions if p.id not in gold_id]
    for g in gold.attributions:
        p = matched.get(g.id)
        if p is None:
            instead = next((s for s in spare if _same_content(g, s)), None)
            yield Miss(report, "attribution", "missed", g.cue.text, _statement(g), _statement(instead))
            continue
        if not same_speaker(g.speaker, p.speaker):
            yield Miss(report, "attribution", "speaker", g.cue.text, g.speaker, p.speaker)
        if not _same_content(g, p):
            yield Miss(report, "attribution", "content", g.cue.text, _joined(g.content), _joined(p.content))
        if gold_id.get(p.parent or "") != g.parent and (g.parent or p.parent):
            yield Miss(report, "attribution", "parent", g.cue.text, _parent(gold, g), _parent(found, p))
    for s in spare:
        yield Miss(report, "attribution", "false alarm", s.cue.text, _NOTHING, _statement(s))


def _provisions(report: str, gold: Record, found: Record) -> Iterator[Miss]:
    pairs = pair_provisions(gold.provisions, found.provisions)
    matched = {g.id: p for g, p in pairs}
    taken = {p.id for p in matched.values()}
    lost = [g for g in gold.provisions if g.id not in matched]
    spare = [p for p in found.provisions if p.id not in taken]
    other_area = {g.id: p for g, p in pair(lost, spare, _same_place)}
    for g in gold.provisions:
        p = matched.get(g.id)
        if p is None and g.id in other_area:
            yield Miss(report, "provision", "area", g.evidence.text, _dealing(g), _dealing(other_area[g.id]))
        elif p is None:
            yield Miss(report, "provision", "missed", g.evidence.text, _dealing(g), _NOTHING)
        else:
            if g.status != p.status:
                yield Miss(report, "provision", "status", g.evidence.text, g.status, p.status)
            if set(g.parties) != set(p.parties):
                yield Miss(report, "provision", "parties", g.evidence.text, _codes(g), _codes(p))
    for s in spare:
        if s not in other_area.values():
            yield Miss(report, "provision", "false alarm", s.evidence.text, _NOTHING, _dealing(s))


def _same_content(a: Attribution, b: Attribution) -> bool:
    return iou(characters(a.content), characters(b.content)) >= SAME_CONTENT


def _same_place(a: Provision, b: Provision) -> float:
    share = evidence_share(a, b)
    return share if share >= SAME_EVIDENCE else 0.0


def _parent(record: Record, child: Attribution) -> str:
    return next((f"{a.cue.text}: {a.speaker}" for a in record.attributions if a.id == child.parent), _NOTHING)


def _statement(attribution: Attribution | None) -> str:
    if attribution is None:
        return _NOTHING
    return f"{attribution.speaker} | {attribution.cue.text} | {_joined(attribution.content)}"


def _joined(spans: tuple[Span, ...]) -> str:
    return " … ".join(s.text for s in spans)


def _codes(provision: Provision) -> str:
    return "-".join(sorted(provision.parties))


def _dealing(provision: Provision) -> str:
    return f"{provision.area}/{provision.status}/{_codes(provision)}"
