"""What each list has for columns, and for JSON: agreements, commitments, stages, what is due, sayings, hits, ties."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from mithaq.export.rows import Rows, Words, shorten
from mithaq.ledger.items import Agreement, Commitment, Stage
from mithaq.query.speakers import Saying
from mithaq.query.ties import Tie
from mithaq.store.search import Hit

_SHOWN = 90
_SAID = 160


def _agreement(a: Agreement, words: Words) -> Sequence[object]:
    areas = dict.fromkeys(f"{words.area(c.area)}: {words.status(c.status)}" for c in a.commitments)
    return (a.id, a.first, a.last, a.parties, a.name, "\n".join(areas), len(a.reports))


def _commitment(c: Commitment, words: Words) -> Sequence[object]:
    surest = max(c.stages, key=lambda s: s.confidence)
    return (
        c.id,
        c.first,
        c.last,
        words.area(c.area),
        words.status(c.status),
        c.parties,
        shorten(surest.evidence.text, _SHOWN),
        len({s.report for s in c.stages}),
        len(c.outlets),
        len(c.contradictions),
    )


def _due(c: Commitment, words: Words) -> Sequence[object]:
    due = c.follow_up
    assert due, "lists of what is due leave out what has none"
    return (
        c.id,
        due.due,
        due.days,
        words.word(due.kind),
        words.area(c.area),
        words.status(due.stage.status),
        c.parties,
        shorten(due.stage.evidence.text, _SHOWN),
        due.stage.report,
        due.stage.published,
    )


def stage_cells(s: Stage, words: Words) -> tuple[object, ...]:
    """The cells of a stage: those of STAGES after the commitment's."""
    chain = " ← ".join([s.outlet or "", *(voice.name for voice in s.chain)]).removeprefix(" ← ")
    return (
        s.published,
        s.outlet,
        words.status(s.status),
        s.parties,
        s.evidence.text,
        chain,
        s.key,
        f"{s.evidence.start}:{s.evidence.end}",
        s.copy_of if s.copy_of != s.report else "",
    )


def _stage(item: tuple[Commitment, Stage], words: Words) -> Sequence[object]:
    commitment, stage = item
    return (commitment.id, words.area(commitment.area), *stage_cells(stage, words))


def _saying(s: Saying, words: Words) -> Sequence[object]:
    said = shorten(" … ".join(span.text for span in s.content), _SAID)
    sure = f"{words.word(s.certainty)} {s.polarity}"
    return (s.report, s.published, s.outlet, s.speaker, s.cue.text, said, sure, s.provisions)


def _hit(hit: Hit, _: Words) -> Sequence[object]:
    return (hit.report, hit.published, hit.outlet, hit.title, " ".join(hit.snippet.text.split()))


def _tie(t: Tie, words: Words) -> Sequence[object]:
    areas = [f"{words.area(area)}: {number}" for area, number in t.areas.items()]
    return (t.one, t.other, t.commitments, "\n".join(areas), t.first, t.last, t.contradicted)


def tie_object(t: Tie) -> dict[str, Any]:
    """The JSON of a pair of parties."""
    return {
        "one": t.one,
        "other": t.other,
        "commitments": t.commitments,
        "areas": dict(t.areas),
        "first": t.first and t.first.isoformat(),
        "last": t.last and t.last.isoformat(),
        "contradicted": t.contradicted,
    }


def saying_object(s: Saying) -> dict[str, Any]:
    """The JSON of a saying."""
    return {
        "report": s.report,
        "attribution": s.attribution,
        "outlet": s.outlet,
        "date": s.published and s.published.isoformat(),
        "speaker": s.speaker,
        "kind": s.kind,
        "cue": s.cue.to_dict(),
        "content": [span.to_dict() for span in s.content],
        "certainty": s.certainty,
        "polarity": s.polarity,
        "provisions": list(s.provisions),
        "confidence": s.confidence,
    }


def commitment_object(c: Commitment) -> dict[str, Any]:
    """The JSON of a commitment, with what follows from its stages."""
    due = c.follow_up
    return {
        **c.to_dict(),
        "agreement": c.agreement,
        "rule": c.rule,
        "outlets": list(c.outlets),
        "speakers": list(c.speakers),
        "contradictions": [
            {"kind": x.kind, "one": x.one.key, "other": x.other.key, "what": list(x.what)} for x in c.contradictions
        ],
        "follow_up": due and {"kind": due.kind, "stage": due.stage.key, "due": due.due.isoformat(), "days": due.days},
    }


def stage_object(s: Stage) -> dict[str, Any]:
    """The JSON of a stage with its evidence."""
    return {
        "report": s.report,
        "provision": s.provision,
        "status": s.status,
        "date": s.published and s.published.isoformat(),
        "outlet": s.outlet,
        "url": s.url,
        "area": s.area,
        "parties": list(s.parties),
        "evidence": s.evidence.to_dict(),
        "chain": [{"speaker": voice.name, "kind": voice.kind} for voice in s.chain],
        "copy_of": s.copy_of if s.copy_of != s.report else None,
        "confidence": s.confidence,
    }


def full_commitment(c: Commitment) -> dict[str, Any]:
    """The JSON of a commitment with the evidence of its stages."""
    return {**commitment_object(c), "stages": [stage_object(s) for s in c.stages]}


def full_agreement(a: Agreement) -> dict[str, Any]:
    """The JSON of an agreement with that of its commitments."""
    return {**a.to_dict(), "commitments": [full_commitment(c) for c in a.commitments]}


AGREEMENTS = Rows(
    "agreements",
    ("id+first+last", "parties+name", "commitments~", "reports"),
    _agreement,
    Agreement.to_dict,
    "no_agreement",
)
COMMITMENTS = Rows(
    "commitments",
    ("id+first+last", "area+status", "parties", "evidence*", "reports", "outlets", "contradictions"),
    _commitment,
    commitment_object,
    "no_commitment",
)
DUE = Rows(
    "due",
    ("id+due+days_ago+why", "area+said", "parties", "evidence*", "report+date"),
    _due,
    commitment_object,
    "nothing_due",
)
STAGE_COLUMNS = ("date+outlet", "status+parties", "evidence*", "word*", "report+offsets+copy_of")
STAGES = Rows(
    "stages",
    ("commitment+area", *STAGE_COLUMNS),
    _stage,
    lambda item: {"commitment": item[0].id, **stage_object(item[1])},
    "no_row",
)
SAYINGS = Rows(
    "sayings",
    ("report+date+outlet", "speaker+cue*", "content*", "certainty+provisions_of"),
    _saying,
    saying_object,
    "no_saying",
)
HITS = Rows("hits", ("report+date+outlet", "title*", "snippet*"), _hit, Hit.to_dict, "no_hit")
TIES = Rows(
    "network",
    ("one+other", "commitments", "areas~", "first+last", "contradicted"),
    _tie,
    tie_object,
    "no_tie",
)
