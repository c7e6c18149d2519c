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
NOTHING = "—"
"""What a side that has nothing there shows."""


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
            instead = next((s for s in spare if same_content(g, s)), None)
            yield Miss(report, "attribution", "missed", g.cue.text, statement_text(g), statement_text(instead))
            continue
        if not same_speaker(g.speaker, p.speaker):
            yield Miss(report, "attribution", "speaker", g.cue.text, g.speaker, p.speaker)
        if not same_content(g, p):
            yield Miss(report, "attribution", "content", g.cue.text, joined_text(g.content), joined_text(p.content))
        if gold_id.get(p.parent or "") != g.parent and (g.parent or p.parent):
            yield Miss(report, "attribution", "parent", g.cue.text, parent_text(gold, g), parent_text(found, p))
    for s in spare:
        yield Miss(report, "attribution", "false alarm", s.cue.text, NOTHING, statement_text(s))


def _provisions(report: str, gold: Record, found: Record) -> Iterator[Miss]:
    pairs = pair_provisions(gold.provisions, found.provisions)
    matched = {g.id: p for g, p in pairs}
    taken = {p.id for p in matched.values()}
    lost = [g for g in gold.provisions if g.id not in matched]
    spare = [p for p in found.provisions if p.id not in taken]
    other_area = {g.id: p for g, p in pair(lost, spare, same_place)}
    for g in gold.provisions:
        p = matched.get(g.id)
        if p is None and g.id in other_area:
            yield Miss(report, "provision", "area", g.evidence.text, dealing_text(g), dealing_text(other_area[g.id]))
        elif p is None:
            yield Miss(report, "provision", "missed", g.evidence.text, dealing_text(g), NOTHING)
        else:
            if g.status != p.status:
                yield Miss(report, "provision", "status", g.evidence.text, g.status, p.status)
            if set(g.parties) != set(p.parties):
                yield Miss(report, "provision", "parties", g.evidence.text, codes_text(g), codes_text(p))
    for s in spare:
        if s not in other_area.values():
            yield Miss(report, "provision", "false alarm", s.evidence.text, NOTHING, dealing_text(s))


def same_content(a: Attribution, b: Attribution) -> bool:
    """Whether two contents have enough characters in common to count as the same."""
    return iou(characters(a.content), characters(b.content)) >= SAME_CONTENT


def same_place(a: Provision, b: Provision) -> float:
    """The share of the shorter evidence that both have in common, 0 if that is too little; areas don't matter."""
    share = evidence_share(a, b)
    return share if share >= SAME_EVIDENCE else 0.0


def parent_text(record: Record, child: Attribution) -> str:
    """The attribution that holds *child*, as cue and speaker."""
    return next((f"{a.cue.text}: {a.speaker}" for a in record.attributions if a.id == child.parent), NOTHING)


def statement_text(attribution: Attribution | None) -> str:
    """Speaker, cue and content."""
    if attribution is None:
        return NOTHING
    return f"{attribution.speaker} | {attribution.cue.text} | {joined_text(attribution.content)}"


def joined_text(spans: tuple[Span, ...]) -> str:
    """The texts of several spans, "…" between them."""
    return " … ".join(s.text for s in spans)


def codes_text(provision: Provision) -> str:
    """The parties' codes in alphabetical order."""
    return "-".join(sorted(provision.parties))


def dealing_text(provision: Provision) -> str:
    """Area, status and parties."""
    return f"{provision.area}/{provision.status}/{codes_text(provision)}"
