"""What each list has for columns, and for JSON: agreements, commitments, stages, what is due, sayings, hits, ties."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from mithaq.export.names import area_name, status_name
from mithaq.export.rows import Rows, shorten
from mithaq.ledger.items import Agreement, Commitment, Stage
from mithaq.query.speakers import Saying
from mithaq.query.ties import Tie
from mithaq.store.search import Hit

_SHOWN = 90
_SAID = 160
Label = Callable[[str], str]
"""Key of ``data/labels.toml`` → the label in the list's language."""


def agreement_rows(lang: str) -> Rows[Agreement]:
    """How agreements are listed."""

    def cells(a: Agreement) -> Sequence[object]:
        areas = dict.fromkeys(f"{area_name(c.area, lang)}: {status_name(c.status, lang)}" for c in a.commitments)
        return (a.id, a.parties, a.name, "\n".join(areas), a.first, a.last, len(a.reports))

    columns = ("id", "parties", "name*", "commitments", "first", "last", "reports")
    return Rows("agreements", columns, cells, Agreement.to_dict, "no_agreement")


def commitment_rows(lang: str) -> Rows[Commitment]:
    """How commitments are listed."""

    def cells(c: Commitment) -> Sequence[object]:
        return (
            c.id,
            area_name(c.area, lang),
            status_name(c.status, lang),
            c.parties,
            shorten(max(c.stages, key=lambda s: s.confidence).evidence.text, _SHOWN),
            c.first,
            c.last,
            f"{len({s.report for s in c.stages})}/{len(c.outlets)}",
            len(c.contradictions) or "",
        )

    columns = ("id", "area", "status", "parties", "evidence*", "first", "last", "reports_outlets", "contradictions")
    return Rows("commitments", columns, cells, commitment_object, "no_commitment")


def due_rows(lang: str, label: Label) -> Rows[Commitment]:
    """How what is due is listed; each commitment has a follow-up."""

    def cells(c: Commitment) -> Sequence[object]:
        due = c.follow_up
        assert due
        stage = due.stage
        return (
            c.id,
            area_name(c.area, lang),
            c.parties,
            status_name(stage.status, lang),
            shorten(stage.evidence.text, _SHOWN),
            due.due,
            f"{due.days} {label('days')}",
            label(due.kind),
            f"{stage.report}\n{stage.published or ''}".strip(),
        )

    columns = ("id", "area", "parties", "said", "evidence*", "due", "ago", "why", "report")
    return Rows("due", columns, cells, commitment_object, "nothing_due")


def stage_rows() -> Rows[tuple[Commitment, Stage]]:
    """How the stages of commitments are listed: one row a stage, keys instead of labels."""

    def cells(item: tuple[Commitment, Stage]) -> Sequence[object]:
        c, s = item
        chain = " ← ".join([s.outlet or "", *(voice.name for voice in s.chain)]).removeprefix(" ← ")
        return (
            c.id,
            c.area,
            s.published,
            s.outlet,
            s.status,
            s.parties,
            s.evidence.text,
            chain,
            s.key,
            f"{s.evidence.start}:{s.evidence.end}",
            s.copy_of if s.copy_of != s.report else "",
        )

    columns = (
        "commitment", "area", "date", "outlet", "status", "parties", "evidence*", "word*", "report", "offsets",
        "copy_of",
    )  # fmt: skip
    return Rows("stages", columns, cells, lambda item: {"commitment": item[0].id, **stage_object(item[1])}, "no_row")


def saying_rows(lang: str, label: Label) -> Rows[Saying]:
    """How all that a speaker said is listed."""

    def cells(s: Saying) -> Sequence[object]:
        said = shorten(" … ".join(span.text for span in s.content), _SAID)
        sure = f"{label(s.certainty)} {s.polarity}"
        return (s.report, s.published, s.outlet, s.speaker, s.cue.text, said, sure, s.provisions)

    columns = ("report", "date", "outlet", "speaker*", "cue", "content*", "certainty", "provisions_of")
    return Rows("sayings", columns, cells, saying_object, "no_saying")


def hit_rows() -> Rows[Hit]:
    """How the reports that a search finds are listed."""

    def cells(hit: Hit) -> Sequence[object]:
        return (hit.report, hit.published, hit.outlet, hit.title, " ".join(hit.snippet.text.split()))

    return Rows("hits", ("report", "date", "outlet", "title*", "snippet*"), cells, Hit.to_dict, "no_hit")


def tie_rows(lang: str) -> Rows[Tie]:
    """How pairs of parties are listed."""

    def cells(t: Tie) -> Sequence[object]:
        areas = [f"{area_name(area, lang)}: {number}" for area, number in t.areas.items()]
        return (t.one, t.other, t.commitments, "\n".join(areas), t.first, t.last, t.contradicted or "")

    columns = ("one", "other", "commitments", "area", "first", "last", "contradictions")
    return Rows("network", columns, cells, tie_object, "no_tie")


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
