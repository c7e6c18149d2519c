"""All that somebody said, in all reports."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, func, select

from mithaq.errors import QueryError
from mithaq.model import Provision, Span
from mithaq.store import schema
from mithaq.store.rows import key_of, to_provision

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
    found = _keys(name)
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


def count_sayings(connection: Connection, name: str) -> int:
    """How many :func:`sayings` there are without a limit; raises the same."""
    query = select(func.count()).where(_A.speaker_key.in_(_keys(name)))
    return connection.execute(query).scalar_one()


def written_names(connection: Connection, name: str, limit: int = 30) -> list[tuple[str, int]]:
    """The names as reports have them in which all words of *name* occur, and how often, the most frequent first."""
    query = select(_A.speaker, func.count()).where(_A.speaker_key.in_(_keys(name))).group_by(_A.speaker)
    found = connection.execute(query.order_by(func.count().desc(), _A.speaker).limit(limit))
    return [(speaker, number) for speaker, number in found]


def company(connection: Connection, name: str, limit: int = 20) -> tuple[list[tuple[str, int]], list[tuple[str, int]]]:
    """Who reports the words of *name*, and whose words it reports; each with how often, the most frequent first."""
    keys = _keys(name)
    other = schema.attributions.alias("other")
    linked: list[list[tuple[str, int]]] = []
    for link in ((other.c.id == _A.parent), (other.c.parent == _A.id)):
        query = (
            select(other.c.speaker, func.count())
            .join_from(schema.attributions, other, (other.c.report == _A.report) & link)
            .where(_A.speaker_key.in_(keys), other.c.speaker_key.not_in(keys))
            .group_by(other.c.speaker)
            .order_by(func.count().desc(), other.c.speaker)
            .limit(limit)
        )
        linked.append([(speaker, number) for speaker, number in connection.execute(query)])
    return linked[0], linked[1]


def most_quoted(connection: Connection, limit: int = 60) -> list[tuple[str, int]]:
    """The named speakers with the most sayings."""
    query = select(func.min(_A.speaker), func.count()).where(_A.kind == "named").group_by(_A.speaker_key)
    found = connection.execute(query.order_by(func.count().desc(), _A.speaker_key).limit(limit))
    return [(speaker, number) for speaker, number in found]


def provisions_on(connection: Connection, found: list[Saying]) -> dict[tuple[str, str], list[Provision]]:
    """(report, attribution) → the provisions that stand on each of these sayings, in the text's order."""
    columns = schema.provisions.c
    query = select(schema.provisions).where(columns.report.in_({s.report for s in found if s.provisions}))
    rows = connection.execute(query.order_by(columns.report, columns.evidence_start)).mappings()
    standing: dict[tuple[str, str], list[Provision]] = {}
    for row in rows:
        if row["attribution"]:
            standing.setdefault((row["report"], row["attribution"]), []).append(to_provision(row))
    return standing


def _keys(name: str) -> Select[Any]:
    """Selects the look-up keys of all speakers whose names hold the words of *name*."""
    words = key_of(name).split()
    if not words:
        raise QueryError("there is no name to look for", 'give one: mithaq who "NAME"')
    # The index on the keys is walked first: there are far fewer speakers than attributions, and no text is touched.
    keys = select(_A.speaker_key).distinct()
    for word in words:
        keys = keys.where((" " + _A.speaker_key + " ").like(f"% {word.translate(_LIKE)} %", escape="\\"))
    return keys


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
