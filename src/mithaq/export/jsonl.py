"""JSON lines: one agreement a line, with every cell that the ledger has of it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from mithaq.export.columns import contradiction_fields
from mithaq.export.files import whole_text
from mithaq.export.options import Options
from mithaq.ledger.items import Agreement, Commitment, Stage


def stage_object(stage: Stage) -> dict[str, Any]:
    """All cells of a stage: the four of ``Commitment.to_dict()`` first."""
    return {
        "report": stage.report,
        "status": stage.status,
        "date": stage.published and stage.published.isoformat(),
        "outlet": stage.outlet,
        "provision": stage.provision,
        "url": stage.url,
        "area": stage.area,
        "parties": list(stage.parties),
        "role": stage.role,
        "evidence": stage.evidence.to_dict(),
        "chain": [{"name": v.name, "kind": v.kind} for v in stage.chain],
        "copy_of": stage.copy_of or stage.report,
        "when": [w.to_dict() for w in stage.when],
        "frequency": stage.frequency and stage.frequency.to_dict(),
        "quantities": [q.to_dict() for q in stage.quantities],
        "confidence": stage.confidence,
        "denied": stage.denied,
    }


def commitment_object(commitment: Commitment) -> dict[str, Any]:
    """``Commitment.to_dict()`` with the rule, corroboration, contradictions, follow-up, and whole stages."""
    follow_up = commitment.follow_up
    return {
        **commitment.to_dict(),
        "rule": commitment.rule,
        "outlets": list(commitment.outlets),
        "speakers": list(commitment.speakers),
        "first": commitment.first and commitment.first.isoformat(),
        "last": commitment.last and commitment.last.isoformat(),
        "contradictions": [
            {
                **contradiction_fields(c),
                "backing": [[s.key for s in side] for side in c.backing],
                "within_report": c.within_report,
            }
            for c in commitment.contradictions
        ],
        "follow_up": follow_up
        and {
            "kind": follow_up.kind,
            "stage": follow_up.stage.key,
            "due": follow_up.due.isoformat(),
            "days": follow_up.days,
        },
        "stages": [stage_object(s) for s in commitment.stages],
    }


def agreement_object(agreement: Agreement) -> dict[str, Any]:
    """``Agreement.to_dict()`` with whole commitments."""
    return {**agreement.to_dict(), "commitments": [commitment_object(c) for c in agreement.commitments]}


def json_line(data: dict[str, Any]) -> str:
    """One line of JSON, Arabic as it is; what UTF-8 cannot hold (half a surrogate pair) has its line escaped."""
    line = json.dumps(data, ensure_ascii=False)
    try:
        line.encode()
    except UnicodeEncodeError:
        line = json.dumps(data)
    return line + "\n"


def write_jsonl(agreements: Iterable[Agreement], path: Path, options: Options) -> int:
    """Write the agreements to *path*; returns how many."""
    number = 0
    with whole_text(path) as file:
        for agreement in agreements:
            file.write(json_line(agreement_object(agreement)))
            number += 1
    return number
