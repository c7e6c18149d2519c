"""Why what differs differs: misses and false alarms grouped by cause, so that the costliest cause can be mended first.

Only ``known.py`` looks into the lexicon; nothing else of the reader is used.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from mithaq.evaluation.known import act_is_known, cue_is_known
from mithaq.evaluation.matching import (
    SAME_CONTENT,
    characters,
    iou,
    overlap,
    pair,
    pair_attributions,
    pair_provisions,
    same_speaker,
)
from mithaq.evaluation.misses import (
    NOTHING,
    codes_text,
    dealing_text,
    joined_text,
    parent_text,
    same_content,
    same_place,
    statement_text,
)
from mithaq.model import Attribution, Provision, Record, Span

Kind = Literal["attribution", "provision"]

CAUSES: dict[Kind, dict[str, str]] = {
    "attribution": {
        "cue unknown": "no word of the gold cue is in the lexicon",
        "cue not taken": "the lexicon has the cue, but no attribution was made of it",
        "false cue": "no attribution there: a homograph, or a use that says nothing",
        "source missed": "the text names the source at the cue; another was taken, or none",
        "speaker unresolved": "no source stands there, or the right one was taken for somebody else",
        "content start": "most of what differs stands before the right start, or the content is elsewhere",
        "content end": "most of what differs stands after the right end",
        "content split": "spans too many or too few, or a gap between them that is none",
        "parent": "the attribution around it is another, or there is none",
    },
    "provision": {
        "act unknown": "no word of the gold evidence heads an act in the lexicon",
        "act not taken": "the lexicon has the act, but there is no row for it",
        "area": "a row stands there, but of another area",
        "status": "another status",
        "parties too many": "the right parties and others",
        "parties too few": "some of the right parties",
        "parties other": "other parties",
        "duplicate": "a false alarm of the area and parties of a row that is right",
        "not an act": "any other false alarm",
    },
}
"""What each cause means, in the order in which equally frequent ones are listed."""

_CONTEXT = 60


@dataclass(frozen=True, slots=True)
class Case:
    """One thing that is wrong, for one cause.

    *before*, *text* and *after* are the cue or evidence and the report's words around it (none without the report's
    text); *gold* and *predicted* are what each side has; *alone* says that nothing else is wrong with this item.
    """

    report: str
    kind: Kind
    cause: str
    before: str
    text: str
    after: str
    gold: str
    predicted: str
    alone: bool

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Cause:
    """All cases of one cause; *of* is how many cases of any cause the kind has."""

    kind: Kind
    name: str
    cases: tuple[Case, ...]
    of: int

    @property
    def share(self) -> float:
        """Share of the kind's cases, 0 to 1."""
        return len(self.cases) / self.of

    @property
    def alone(self) -> int:
        """How many cases have no other cause: so many items this cause alone keeps from being right."""
        return sum(c.alone for c in self.cases)

    def to_dict(self, limit: int = 0) -> dict[str, Any]:
        """JSON-ready, with the first *limit* cases as examples, or all if 0."""
        return {
            "kind": self.kind,
            "cause": self.name,
            "count": len(self.cases),
            "share": self.share,
            "alone": self.alone,
            "examples": [c.to_dict() for c in self.cases[: limit or None]],
        }


def find_causes(
    gold: Mapping[str, Record], predicted: Mapping[str, Record], texts: Mapping[str, str] | None = None
) -> list[Cause]:
    """The causes of everything in which *predicted* differs from *gold*, attributions first, the most frequent first.

    All three map report ids: to records, and to the reports' texts, which give the examples their context and may be
    left out. A report that *predicted* lacks is empty.
    """
    cases: dict[tuple[Kind, str], list[Case]] = {(k, c): [] for k, causes in CAUSES.items() for c in causes}
    for id, record in gold.items():
        found = predicted.get(id) or Record(id)
        compare = _Comparison(id, (texts or {}).get(id, ""))
        for case in (*compare.attributions(record, found), *compare.provisions(record, found)):
            cases[case.kind, case.cause].append(case)
    totals = {kind: sum(len(c) for (k, _), c in cases.items() if k == kind) for kind in CAUSES}
    causes = [Cause(kind, name, tuple(c), totals[kind]) for (kind, name), c in cases.items() if c]
    return sorted(causes, key=lambda c: (c.kind, -len(c.cases)))


class _Comparison:
    """The cases of one report."""

    def __init__(self, report: str, text: str) -> None:
        self._report = report
        self._text = text

    def attributions(self, gold: Record, found: Record) -> Iterator[Case]:
        pairs = pair_attributions(gold.attributions, found.attributions)
        gold_id = {p.id: g.id for g, p in pairs}
        matched = {g.id: p for g, p in pairs}
        spare = [p for p in found.attributions if p.id not in gold_id]
        for g in gold.attributions:
            p = matched.get(g.id)
            if p is None:
                cause = "cue not taken" if cue_is_known(g.cue.text) else "cue unknown"
                instead = next((s for s in spare if same_content(g, s)), None)
                yield self._case("attribution", g.cue, (cause, statement_text(g), statement_text(instead)))
                continue
            wrong = []
            if not same_speaker(g.speaker, p.speaker):
                wrong.append((speaker_cause(g, p), _speaker(g), _speaker(p)))
            if not same_content(g, p):
                wrong.append((content_cause(g.content, p.content), joined_text(g.content), joined_text(p.content)))
            if gold_id.get(p.parent or "") != g.parent and (g.parent or p.parent):
                wrong.append(("parent", parent_text(gold, g), parent_text(found, p)))
            for one in wrong:
                yield self._case("attribution", g.cue, one, alone=len(wrong) == 1)
        for s in spare:
            yield self._case("attribution", s.cue, ("false cue", NOTHING, statement_text(s)))

    def provisions(self, gold: Record, found: Record) -> Iterator[Case]:
        pairs = pair_provisions(gold.provisions, found.provisions)
        matched = {g.id: p for g, p in pairs}
        taken = {p.id for p in matched.values()}
        lost = [g for g in gold.provisions if g.id not in matched]
        spare = [p for p in found.provisions if p.id not in taken]
        other_area = {g.id: p for g, p in pair(lost, spare, same_place)}
        for g in gold.provisions:
            p = matched.get(g.id)
            if p is not None:
                wrong = [("status", g.status, p.status)] if g.status != p.status else []
                if cause := parties_cause(g.parties, p.parties):
                    wrong.append((cause, codes_text(g), codes_text(p)))
                for one in wrong:
                    yield self._case("provision", g.evidence, one, alone=len(wrong) == 1)
            elif g.id in other_area:
                change = ("area", dealing_text(g), dealing_text(other_area[g.id]))
                yield self._case("provision", g.evidence, change)
            else:
                touched = any(overlap(g.evidence, p.evidence) for p in found.provisions)
                cause = "act not taken" if touched or act_is_known(g.evidence.text) else "act unknown"
                yield self._case("provision", g.evidence, (cause, dealing_text(g), NOTHING))
        right = {_dealing(x) for matches in pairs for x in matches}
        elsewhere = {p.id for p in other_area.values()}
        for s in spare:
            if s.id not in elsewhere:
                cause = "duplicate" if _dealing(s) in right else "not an act"
                yield self._case("provision", s.evidence, (cause, NOTHING, dealing_text(s)))

    def _case(self, kind: Kind, span: Span, wrong: tuple[str, str, str], *, alone: bool = True) -> Case:
        cause, gold, predicted = wrong
        before, after = _context(self._text, span)
        return Case(self._report, kind, cause, before, span.text, after, gold, predicted, alone)


def speaker_cause(gold: Attribution, found: Attribution) -> str:
    """Why the speaker of a matched attribution is wrong."""
    if gold.source is None or (found.source is not None and overlap(gold.source, found.source)):
        return "speaker unresolved"
    return "source missed"


def content_cause(gold: Sequence[Span], found: Sequence[Span]) -> str:
    """Where the contents of a matched attribution differ most: at the start, at the end, or between the spans."""
    a, b = characters(gold), characters(found)
    if not a & b:
        return "content start"
    meeting = _touching(gold, found), _touching(found, gold)
    if iou(*meeting) >= SAME_CONTENT:  # the spans that meet agree: the others are too many
        return "content split"
    start, end = max(min(a), min(b)), min(max(a), max(b))
    differing = a ^ b
    amounts = {
        "content start": sum(i < start for i in differing),
        "content end": sum(i > end for i in differing),
        "content split": sum(start <= i <= end for i in differing),
    }
    return max(amounts, key=lambda cause: amounts[cause])


def parties_cause(gold: Iterable[str], found: Iterable[str]) -> str:
    """In what the parties differ; "" if they are the same."""
    a, b = set(gold), set(found)
    if a == b:
        return ""
    return "parties too many" if a < b else "parties too few" if b < a else "parties other"


def _touching(spans: Sequence[Span], others: Sequence[Span]) -> set[int]:
    return characters(s for s in spans if any(overlap(s, o) for o in others))


def _speaker(a: Attribution) -> str:
    return f"{a.speaker} | {a.source.text if a.source else NOTHING}"


def _dealing(p: Provision) -> tuple[str, frozenset[str]]:
    return p.area, frozenset(p.parties)


def _context(text: str, span: Span) -> tuple[str, str]:
    """The words before and after, whole ones, on one line; nothing if the span is not of this text."""
    if text[span.start : span.end] != span.text:
        return "", ""
    before, after = text[max(span.start - _CONTEXT, 0) : span.start], text[span.end : span.end + _CONTEXT]
    if span.start > _CONTEXT:
        before = before.partition(" ")[2]
    if span.end + _CONTEXT < len(text):
        after = after.rpartition(" ")[0]
    return " ".join(before.split()), " ".join(after.split())
