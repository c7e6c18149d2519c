"""All that somebody said, in all reports."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, func, select

from mithaq.errors import QueryError
from mithaq.model import Provision, Span
from mithaq.store import schema
from mithaq.store.rows import key_of, to_provision

_A, _R = schema.attributions.c, schema.reports.c
_BATCH = 5000
_WORDS = 20
_LOOKED_AT = 200
"""Names, the most frequent, of which more is asked."""
_SHOWN = 30
"""Names in a list of related ones."""
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


@dataclass(frozen=True, slots=True)
class Person:
    """Whoever a name stands for: how much was said, a page of it, and names; a number says how often each occurs."""

    total: int
    sayings: list[Saying]
    names: list[tuple[str, int]]
    """As reports have them."""
    reported_by: list[tuple[str, int]]
    """Whose sayings hold these."""
    reports: list[tuple[str, int]]
    """Whose words these sayings hold."""


def sayings(connection: Connection, name: str, limit: int | None = None, offset: int = 0) -> list[Saying]:
    """The attributions whose speaker's name holds all words of *name*, the latest reported first.

    Words are compared without marks, hamza seats and the like. Raises :class:`~mithaq.errors.QueryError` for no name.
    """
    return _sayings(connection, list(_keys(connection, name)), limit, offset)


def count_sayings(connection: Connection, name: str) -> int:
    """How many :func:`sayings` there are without a limit; raises the same."""
    return sum(_keys(connection, name).values())


def person(connection: Connection, name: str, limit: int, offset: int = 0) -> Person:
    """What :func:`sayings` gives of *name*, how many there are in all, and the names around; raises the same."""
    numbers = _keys(connection, name)
    frequent = sorted(numbers, key=lambda key: (-numbers[key], key))[:_LOOKED_AT]
    names = _most(connection, select(_A.speaker, func.count()).where(_A.speaker_key.in_(frequent)), _A.speaker)
    other = schema.attributions.alias("other")
    linked = [
        _most(
            connection,
            select(other.c.speaker, func.count())
            .join_from(schema.attributions, other, (other.c.report == _A.report) & link)
            .where(_A.speaker_key.in_(frequent), other.c.speaker_key.not_in(frequent)),
            other.c.speaker,
        )
        for link in (other.c.id == _A.parent, other.c.parent == _A.id)
    ]
    found = _sayings(connection, list(numbers), limit, offset)
    return Person(sum(numbers.values()), found, names, linked[0], linked[1])


def most_quoted(connection: Connection, limit: int = 60) -> list[tuple[str, int]]:
    """The named speakers with the most sayings."""
    # The index on the keys gives who is frequent; who is named is asked of those only.
    often = select(_A.speaker_key).group_by(_A.speaker_key).order_by(func.count().desc(), _A.speaker_key)
    frequent = list(connection.execute(often.limit(_LOOKED_AT)).scalars())
    query = select(func.min(_A.speaker), func.count()).where(_A.speaker_key.in_(frequent), _A.kind == "named")
    query = query.group_by(_A.speaker_key).order_by(func.count().desc(), _A.speaker_key).limit(limit)
    return [(speaker, number) for speaker, number in connection.execute(query)]


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


def _keys(connection: Connection, name: str) -> dict[str, int]:
    """The look-up keys of all speakers whose names hold the words of *name*, and how many sayings each has."""
    words = list(dict.fromkeys(key_of(name).split()))
    if not words:
        raise QueryError("there is no name to look for", 'give one: mithaq who "NAME"')
    if len(words) > _WORDS:  # databases limit how deep a condition may be
        raise QueryError(f"the name has {len(words)} words", f"give at most {_WORDS}")
    # Only the index on the keys is walked, and once: no row and no text is touched.
    query = select(_A.speaker_key, func.count()).group_by(_A.speaker_key)
    for word in words:
        query = query.where((" " + _A.speaker_key + " ").like(f"% {word.translate(_LIKE)} %", escape="\\"))
    found: dict[str, int] = {}
    for key, number in connection.execute(query):
        found[key] = number
    return found


def _sayings(connection: Connection, keys: list[str], limit: int | None, offset: int) -> list[Saying]:
    latest: list[tuple[date | None, str, int, str]] = []
    for start in range(0, len(keys), _BATCH):  # databases limit the values of one statement
        query = select(_R.published, _A.report, _A.cue_start, _A.id).join(schema.reports, _R.id == _A.report)
        query = query.where(_A.speaker_key.in_(keys[start : start + _BATCH]))
        latest += [(day, report, cue, id) for day, report, cue, id in connection.execute(query)]
    latest.sort(key=lambda row: (row[0] is None, -(row[0] or date.min).toordinal(), *row[1:]))
    chosen = latest[offset : None if limit is None else offset + limit]
    rows: dict[tuple[str, str], RowMapping] = {}
    reports = sorted({report for _, report, _, _ in chosen})
    for start in range(0, len(reports), _BATCH):
        batch = reports[start : start + _BATCH]
        query = select(schema.attributions, _R.outlet, _R.published, _R.text).join(schema.reports, _R.id == _A.report)
        found = connection.execute(query.where(_A.report.in_(batch))).mappings()
        rows |= {(row["report"], row["id"]): row for row in found}
    standing = _standing(connection, set(reports))
    return [_saying(rows[report, id], standing.get((report, id), ())) for _, report, _, id in chosen]


def _saying(row: RowMapping, provisions: tuple[str, ...]) -> Saying:
    return Saying(
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
        provisions,
        row["confidence"],
    )


def _most(connection: Connection, query: Select[Any], name: ColumnElement[str]) -> list[tuple[str, int]]:
    """The names that a query counts, the most frequent first."""
    found = connection.execute(query.group_by(name).order_by(func.count().desc(), name).limit(_SHOWN))
    return [(speaker, number) for speaker, number in found]


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
