"""The JSON of a digest."""

from __future__ import annotations

from typing import Any

from mithaq.export.lists import commitment_object, stage_object
from mithaq.query.digest import Change, Clash, Digest


def digest_object(digest: Digest) -> dict[str, Any]:
    """All that a digest tells, as ``docs/watching.md`` describes it."""
    return {
        "since": digest.since and digest.since.isoformat(),
        "until": digest.until and digest.until.isoformat(),
        "day": digest.day.isoformat(),
        "reports": [
            {
                "id": r.id,
                "outlet": r.outlet,
                "url": r.url,
                "title": r.title,
                "date": r.published and r.published.isoformat(),
                "copy_of": r.copy_of,
                "version": r.version,
            }
            for r in digest.reports
        ],
        "new": [_change(c) for c in digest.new],
        "moved": [_change(c) for c in digest.moved],
        "repeated": digest.repeated,
        "contradictions": [_clash(c) for c in digest.clashes],
        "due": [commitment_object(c) for c in digest.due],
    }


def _change(change: Change) -> dict[str, Any]:
    return {
        **commitment_object(change.commitment),
        "before": change.before,
        "new_stages": [stage_object(s) for s in change.stages],
    }


def _clash(clash: Clash) -> dict[str, Any]:
    found = clash.contradiction
    return {
        "commitment": clash.commitment.id,
        "area": clash.commitment.area,
        "parties": list(clash.commitment.parties),
        "kind": found.kind,
        "what": list(found.what),
        "one": stage_object(found.one),
        "other": stage_object(found.other),
    }
