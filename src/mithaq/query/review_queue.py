"""What waits for a reviewer: the rows the reader is least sure of, and the pairs that the machine could not decide."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, NamedTuple

from sqlalchemy import Connection, Select, func, literal, null, or_, select, tuple_

from mithaq.errors import QueryError
from mithaq.lexicon.tables import nearest
from mithaq.model import Span
from mithaq.ontology import areas
from mithaq.store import schema
from mithaq.store.effective import Place

_P, _A, _R, _J = schema.provisions.c, schema.attributions.c, schema.reports.c, schema.judgements.c
Kind = Literal["provision", "attribution"]


@dataclass(frozen=True, slots=True)
class QueueFilters:
    """Which rows are asked for; an empty condition asks for nothing. Statements are only asked for by outlet."""

    area: str = ""
    party: str = ""
    outlet: str = ""
    contradicted: bool = False


class Waiting(NamedTuple):
    """A row that nobody reviewed."""

    report: str
    place: Place
    outlet: str | None
    published: date | None
    title: str | None
    area: str
    status: str
    parties: tuple[str, ...]
    speaker: str
    words: str
    confidence: float


class Side(NamedTuple):
    """One provision of a pair: its stage's id (``REPORT/PROVISION``) and what it says."""

    stage: str
    report: str
    outlet: str | None
    published: date | None
    area: str
    status: str
    parties: tuple[str, ...]
    evidence: Span
    before: str
    after: str


class Pair(NamedTuple):
    """Two provisions that may be the same thing; *score* is the machine's, 0 to 1."""

    score: float
    one: Side
    other: Side


def waiting(
    connection: Connection, kind: Kind, filters: QueueFilters, limit: int, offset: int = 0
) -> tuple[int, list[Waiting]]:
    """How many rows of a kind wait, and some of them, the least sure first.

    Raises :class:`~mithaq.errors.QueryError` for an area that there is not.
    """
    if filters.area and filters.area not in areas():
        raise QueryError(f"there is no area {filters.area!r}", nearest(filters.area, areas()))
    table = schema.provisions if kind == "provision" else schema.attributions
    query = select(table.c.report, table.c.id).where(table.c.confidence < 1)  # what a person said is sure
    if filters.outlet:
        query = query.join(schema.reports, _R.id == table.c.report).where(_R.outlet == filters.outlet)
    if kind == "provision":
        query = _of_provisions(query, filters)
    total = connection.execute(select(func.count()).select_from(query.subquery())).scalar_one()
    chosen = query.order_by(table.c.confidence, table.c.report, table.c.id).limit(limit).offset(offset or None)
    ids = [tuple(row) for row in connection.execute(chosen)]
    found = _rows(connection, kind, ids) if ids else {}
    return total, [found[id] for id in ids]


def _of_provisions(query: Select[Any], filters: QueueFilters) -> Select[Any]:
    if filters.area:
        query = query.where(_P.area == filters.area)
    if filters.party:
        party = schema.provision_parties.c
        named = select(party.provision).where(
            party.party == filters.party.upper(), party.report == _P.report, party.provision == _P.id
        )
        query = query.where(named.exists())
    if filters.contradicted:
        stage, commitment = schema.stages.c, schema.commitments.c
        contradicted = (
            select(stage.report, stage.provision)
            .join(schema.commitments, commitment.id == stage.commitment)
            .where(commitment.contradictions > 0)
        )
        query = query.where(tuple_(_P.report, _P.id).in_(contradicted))
    return query


def _rows(connection: Connection, kind: Kind, ids: list[tuple[Any, ...]]) -> dict[tuple[Any, ...], Waiting]:
    facts = (_R.outlet, _R.published, _R.title)
    if kind == "provision":
        query = select(
            _P.report, _P.id, *facts, _P.evidence_start, _P.evidence_end, _P.area, _P.status, _P.parties,
            literal("").label("speaker"), _P.evidence.label("words"), _P.confidence,
        ).join(schema.reports, _R.id == _P.report)  # fmt: skip
        of = schema.provisions
    else:
        words = func.substr(_R.text, _A.cue_start + 1, _A.cue_end - _A.cue_start)
        query = select(
            _A.report, _A.id, *facts, _A.cue_start, _A.cue_end, literal("").label("area"), null().label("status"),
            literal("").label("parties"), _A.speaker, words.label("words"), _A.confidence,
        ).join(schema.reports, _R.id == _A.report)  # fmt: skip
        of = schema.attributions
    query = query.where(tuple_(of.c.report, of.c.id).in_(ids))
    return {
        (row[0], row[1]): Waiting(
            row[0],
            Place(kind, row[5], row[6], row.area),
            row.outlet,
            row.published,
            row.title,
            row.area,
            row.status or "",
            tuple(row.parties.split()),
            row.speaker,
            row.words,
            row.confidence,
        )
        for row in connection.execute(query)
    }


def unsure_pairs(connection: Connection, filters: QueueFilters, limit: int, offset: int = 0) -> tuple[int, list[Pair]]:
    """How many pairs the machine is unsure of, and some of them, what it would most nearly have joined first."""
    mine = schema.judgements.alias()
    answered = select(mine.c.id).where(
        ~mine.c.machine,
        mine.c.undone.is_(None),
        *(mine.c[name] == _J[name] for name in ("one_report", "one_start", "other_report", "other_start")),
    )
    query = select(_J.id).where(_J.machine, _J.judgement == "unsure", _J.undone.is_(None), ~answered.exists())
    for side, name in (("one", "one_"), ("other", "other_")):
        if filters.area:
            query = query.where(_J[f"{name}area"] == filters.area)
        if filters.outlet and side == "one":
            either = select(_R.id).where(_R.outlet == filters.outlet)
            query = query.where(or_(_J.one_report.in_(either), _J.other_report.in_(either)))
    if filters.party:
        party = schema.provision_parties.c
        named = (
            select(_P.id)
            .join(schema.provision_parties, (party.report == _P.report) & (party.provision == _P.id))
            .where(_P.report == _J.one_report, _P.evidence_start == _J.one_start, party.party == filters.party.upper())
        )
        query = query.where(named.exists())
    total = connection.execute(select(func.count()).select_from(query.subquery())).scalar_one()
    ids = connection.execute(query.order_by(_J.score.desc(), _J.id).limit(limit).offset(offset or None)).scalars().all()
    rows = connection.execute(select(schema.judgements).where(_J.id.in_(ids))).mappings().all()
    made = {row["id"]: row for row in rows}
    sides = _sides(connection, [(r[f"{s}_report"], r[f"{s}_start"], r[f"{s}_area"]) for r in rows for s in _SIDES])
    return total, list(_pairs([made[id] for id in ids], sides))


_SIDES = ("one", "other")
_AROUND = 90
"""Code points shown on either side of the evidence."""
_At = tuple[str, int, str]


def _pairs(rows: list[Any], sides: dict[_At, Side]) -> Iterator[Pair]:
    for row in rows:
        one, other = (sides.get((row[f"{s}_report"], row[f"{s}_start"], row[f"{s}_area"])) for s in _SIDES)
        if one and other:  # else a report was removed, or is being merged again
            yield Pair(row["score"] or 0.0, one, other)


def _sides(connection: Connection, places: list[_At]) -> dict[_At, Side]:
    if not places:
        return {}
    query = (
        select(schema.provisions, _R.outlet, _R.published, _R.text)
        .join(schema.reports, _R.id == _P.report)
        .where(tuple_(_P.report, _P.evidence_start, _P.area).in_(sorted(set(places))))
    )
    return {
        (row["report"], row["evidence_start"], row["area"]): side_of(row)
        for row in connection.execute(query).mappings()
    }


def side_of(row: Any) -> Side:
    """A row of ``provisions`` with outlet, day and text of its report, as one side of a pair."""
    start, end, text = row["evidence_start"], row["evidence_end"], row["text"]
    return Side(
        f"{row['report']}/{row['id']}",
        row["report"],
        row["outlet"],
        row["published"],
        row["area"],
        row["status"],
        tuple(row["parties"].split()),
        Span.of(text, start, end),
        text[max(0, start - _AROUND) : start],
        text[end : end + _AROUND],
    )
