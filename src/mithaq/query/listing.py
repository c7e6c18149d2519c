"""Pages of long lists: rows of the ledger's tables as they stand, with counts, and without building what follows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from sqlalchemy import ColumnElement, Connection, RowMapping, and_, func, select

from mithaq.query.filters import Filters
from mithaq.query.orders import AGREEMENT_ORDERS, COMMITMENT_ORDERS, DEFAULT, ordered
from mithaq.query.words import agreement_words, commitment_words
from mithaq.store import schema

_C, _A, _S, _R, _P = (
    schema.commitments.c,
    schema.agreements.c,
    schema.stages.c,
    schema.reports.c,
    schema.provisions.c,
)
T = TypeVar("T")
_NONE = Filters()


@dataclass(frozen=True, slots=True)
class Listed(Generic[T]):
    """Some rows of a list, from *offset* on, and how many it has."""

    items: tuple[T, ...]
    total: int
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Quote:
    """The words of a report that a row stands on."""

    report: str
    start: int
    end: int
    text: str
    outlet: str | None
    published: date | None


@dataclass(frozen=True, slots=True)
class CommitmentRow:
    """A commitment in a list; *evidence* is that of its surest stage."""

    id: str
    agreement: str
    area: str
    parties: tuple[str, ...]
    role: str
    status: str
    rule: str
    first: date | None
    last: date | None
    reports: int
    outlets: int
    speakers: int
    contradictions: int
    due: date | None
    confidence: float
    evidence: Quote | None


@dataclass(frozen=True, slots=True)
class AgreementRow:
    """An agreement in a list; *parts* are (area, status, how many commitments), most first."""

    id: str
    parties: tuple[str, ...]
    name: str | None
    first: date | None
    last: date | None
    reports: int
    commitments: int
    contradictions: int
    parts: tuple[tuple[str, str, int], ...]


def list_commitments(
    connection: Connection,
    filters: Filters = _NONE,
    words: str = "",
    order: str = DEFAULT,
    limit: int | None = None,
    offset: int = 0,
) -> Listed[CommitmentRow]:
    """Commitments that *filters* let through and *words* fit (:mod:`mithaq.query.words`), in an order of ``orders``.

    Raises :class:`~mithaq.errors.QueryError` for an area, status, role or order that there is not.
    """
    wanted = and_(filters.checked().condition(), commitment_words(connection, words))
    total = connection.execute(select(func.count()).select_from(schema.commitments).where(wanted)).scalar_one()
    query = ordered(select(schema.commitments).where(wanted), order, COMMITMENT_ORDERS, _C.id)
    rows = connection.execute(query.limit(limit).offset(offset or None)).mappings().all()
    quotes = _quotes(connection, [row["id"] for row in rows])
    return Listed(tuple(_commitment(row, quotes.get(row["id"])) for row in rows), total, offset)


def list_agreements(
    connection: Connection,
    filters: Filters = _NONE,
    words: str = "",
    order: str = DEFAULT,
    limit: int | None = None,
    offset: int = 0,
) -> Listed[AgreementRow]:
    """Agreements with a commitment that *filters* let through, and whose name or commitments *words* fit; see above."""
    wanted = _agreements(connection, filters, words)
    total = connection.execute(select(func.count()).select_from(schema.agreements).where(wanted)).scalar_one()
    query = ordered(select(schema.agreements).where(wanted), order, AGREEMENT_ORDERS, _A.id)
    rows = connection.execute(query.limit(limit).offset(offset or None)).mappings().all()
    parts, contradictions = _parts(connection, [row["id"] for row in rows])
    items = (
        AgreementRow(
            row["id"],
            tuple(row["parties"].split()),
            row["name"],
            row["first"],
            row["last"],
            row["reports"],
            row["commitments"],
            contradictions[row["id"]],
            tuple(parts[row["id"]]),
        )
        for row in rows
    )
    return Listed(tuple(items), total, offset)


def commitment_ids(
    connection: Connection, filters: Filters = _NONE, words: str = "", order: str = DEFAULT
) -> list[str]:
    """The ids of all that :func:`list_commitments` lists."""
    wanted = and_(filters.checked().condition(), commitment_words(connection, words))
    return list(connection.execute(ordered(select(_C.id).where(wanted), order, COMMITMENT_ORDERS, _C.id)).scalars())


def agreement_ids(connection: Connection, filters: Filters = _NONE, words: str = "", order: str = DEFAULT) -> list[str]:
    """The ids of all that :func:`list_agreements` lists."""
    wanted = _agreements(connection, filters, words)
    return list(connection.execute(ordered(select(_A.id).where(wanted), order, AGREEMENT_ORDERS, _A.id)).scalars())


def parties_named(connection: Connection) -> list[tuple[str, int]]:
    """The parties of all commitments, with how many each has, most first."""
    party = schema.commitment_parties.c.party
    number = func.count()
    return [
        (code, n)
        for code, n in connection.execute(select(party, number).group_by(party).order_by(number.desc(), party))
    ]


def _agreements(connection: Connection, filters: Filters, words: str) -> ColumnElement[bool]:
    """The condition on a row of ``agreements``."""
    wanted: ColumnElement[bool] = agreement_words(connection, words)
    if filters != _NONE:
        wanted = and_(wanted, _A.id.in_(select(_C.agreement).where(filters.checked().condition())))
    return wanted


def _commitment(row: RowMapping, evidence: Quote | None) -> CommitmentRow:
    return CommitmentRow(
        row["id"],
        row["agreement"],
        row["area"],
        tuple(row["parties"].split()),
        row["role"],
        row["status"],
        row["rule"],
        row["first"],
        row["last"],
        row["reports"],
        row["outlets"],
        row["speakers"],
        row["contradictions"],
        row["due"],
        row["confidence"],
        evidence,
    )


def _quotes(connection: Connection, commitments: Sequence[str]) -> dict[str, Quote]:
    """Commitment → the evidence of its surest stage, of several the first."""
    query = (
        select(_S.commitment, _P.report, _P.evidence_start, _P.evidence_end, _P.evidence, _R.outlet, _R.published)
        .join_from(schema.stages, schema.provisions, (_P.report == _S.report) & (_P.id == _S.provision))
        .join(schema.reports, _R.id == _S.report)
        .where(_S.commitment.in_(commitments))
        .order_by(_P.confidence.desc(), _R.published.nulls_last(), _P.report, _P.evidence_start)
    )
    found: dict[str, Quote] = {}
    for commitment, *cells in connection.execute(query):
        found.setdefault(commitment, Quote(*cells))
    return found


def _parts(
    connection: Connection, agreements: Sequence[str]
) -> tuple[dict[str, list[tuple[str, str, int]]], dict[str, int]]:
    number = func.count()
    query = (
        select(_C.agreement, _C.area, _C.status, number, func.sum(_C.contradictions))
        .where(_C.agreement.in_(agreements))
        .group_by(_C.agreement, _C.area, _C.status)
        .order_by(number.desc(), _C.area, _C.status)
    )
    parts: dict[str, list[tuple[str, str, int]]] = defaultdict(list)
    contradictions: dict[str, int] = defaultdict(int)
    for agreement, area, status, count, against in connection.execute(query):
        parts[agreement].append((area, status, count))
        contradictions[agreement] += against
    return parts, contradictions
