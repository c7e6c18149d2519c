"""What persons reviewed: a report with its reviews, and the reviewed records as gold in the guidelines' form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from mithaq.model import Record, Report
from mithaq.store import schema
from mithaq.store.effective import Effective, Place, Review, ReviewedRow, effective
from mithaq.store.known import resolve_id
from mithaq.store.reviews import load_original, reviews_of, state_of
from mithaq.store.rows import load_record

_COLUMNS = schema.reviews.c
_ATTRIBUTION = ("id", "cue", "source", "speaker", "content", "mode", "parent", "kind", "certainty", "polarity")
_PROVISION = ("id", "evidence", "area", "status", "parties", "role", "attribution")


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A report with the reader's own record (*original*), all its reviews, and what they make together."""

    report: Report
    original: Record
    reviews: tuple[Review, ...]
    effective: Effective

    def row(self, place: Place) -> ReviewedRow | None:
        """The row of a place, ``None`` if there is none."""
        return next((row for row in self.effective.rows if row.place == place), None)

    def seen(self, place: Place) -> str:
        """What a review of the row at *place* has to carry: see :func:`mithaq.store.reviews.add_review`."""
        return state_of(self.reviews, place)


def load_reviewed(connection: Connection, id: str) -> Reviewed | None:
    """A report as its reviewers see it; ``None`` if there is none of that id."""
    found = resolve_id(connection, id)
    loaded = load_record(connection, found) if found else None
    if loaded is None:
        return None
    report, record = loaded
    original = load_original(connection, report.id) or record
    reviews = reviews_of(connection, report.id)
    return Reviewed(report, original, tuple(reviews), effective(original, report.text, reviews))


def gold(connection: Connection, partial: bool = False) -> Iterator[dict[str, Any]]:
    """The reviewed records as gold: the JSON of the guidelines with the report's text, ordered by the reports' ids.

    Only rows that a person accepted, corrected or added, and only reports that a person called complete: in others
    nobody looked for what the reader missed. With *partial* these too. ``mithaq evaluate`` takes what this gives.
    """
    query = select(_COLUMNS.report).where(_COLUMNS.undone.is_(None)).distinct().order_by(_COLUMNS.report)
    for id in list(connection.execute(query).scalars()):
        found = load_reviewed(connection, id)
        if found is not None and (partial or found.effective.complete):
            yield _gold(found)


def _gold(found: Reviewed) -> dict[str, Any]:
    judged = {row.now.id for row in found.effective.rows if row.now is not None and row.reviews}
    data = found.effective.record.to_dict()
    attributions = [{n: a[n] for n in _ATTRIBUTION} for a in data["attributions"] if a["id"] in judged]
    provisions = [{n: p[n] for n in _PROVISION} for p in data["provisions"] if p["id"] in judged]
    for row in attributions:
        row["parent"] = row["parent"] if row["parent"] in judged else None
    for row in provisions:
        row["attribution"] = row["attribution"] if row["attribution"] in judged else None
    return {
        **{name: data[name] for name in ("id", "outlet", "url", "title", "published")},
        "text": found.report.text,
        "reviewers": sorted({r.author for r in found.reviews if r.undone is None}),
        "complete": found.effective.complete is not None,
        "attributions": attributions,
        "provisions": provisions,
    }
