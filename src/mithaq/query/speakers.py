"""All that somebody said, in all reports."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from mithaq.errors import QueryError
from mithaq.model import Span
from mithaq.store import schema
from mithaq.store.rows import key_of

_A, _R = schema.attributions.c, schema.reports.c
_LIKE = str.maketrans({"%": r"\%", "_": r"\_", "\\": r"\\"})


@dataclass(frozen=True, slots=True)
class Saying:
    """One attribution: who said what, where, and which provisions stand on it."""

    report: str
    attribution: str
    outlet: str | None
    published: date | None
    speaker: str
    kind: str
    certainty: str
    polarity: str
    cue: Span
    content: tuple[Span, ...]
    provisions: tuple[str, ...]
    confidence: float


def sayings(connection: Connection, name: str, limit: int | None = None, offset: int = 0) -> list[Saying]:
    """The attributions whose speaker's name holds all words of *name*, the latest reported first.

    Words are compared without marks, hamza seats and the like. Raises :class:`~mithaq.errors.QueryError` for no name.
    """
    words = key_of(name).split()
    if not words:
        raise QueryError("there is no name to look for", 'give one: mithaq who "NAME"')
    # The index on the keys is walked first: there are far fewer speakers than attributions, and no text is touched.
    keys = select(_A.speaker_key).distinct()
    for word in words:
        keys = keys.where((" " + _A.speaker_key + " ").like(f"% {word.translate(_LIKE)} %", escape="\\"))
    found = list(connection.execute(keys).scalars())
    query = (
        select(schema.attributions, _R.outlet, _R.published, _R.text)
        .join(schema.reports, _R.id == _A.report)
        .where(_A.speaker_key.in_(found))
        .order_by(_R.published.desc().nulls_last(), _A.report, _A.cue_start)
        .limit(limit)
        .offset(offset or None)
    )
    rows = connection.execute(query).mappings().all()
    standing = _standing(connection, {row["report"] for row in rows})
    return [
        Saying(
            row["report"],
            row["id"],
            row["outlet"],
            row["published"],
            row["speaker"],
            row["kind"],
            row["certainty"],
            row["polarity"],
            Span.of(row["text"], row["cue_start"], row["cue_end"]),
            tuple(Span.of(row["text"], start, end) for start, end in row["content"]),
            standing.get((row["report"], row["id"]), ()),
            row["confidence"],
        )
        for row in rows
    ]


def _standing(connection: Connection, reports: set[str]) -> dict[tuple[str, str], tuple[str, ...]]:
    """(report, attribution) → the provisions that stand on it."""
    columns = schema.provisions.c
    query = select(columns.report, columns.attribution, columns.id).where(
        columns.report.in_(reports), columns.attribution.is_not(None)
    )
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for report, attribution, provision in connection.execute(query.order_by(columns.report, columns.evidence_start)):
        found[report, attribution] = (*found.get((report, attribution), ()), provision)
    return found
