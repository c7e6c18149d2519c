"""Commitments and agreements out of the database."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any, TypeVar

from sqlalchemy import Connection, Select, Text, cast, func, select

from mithaq.errors import QueryError
from mithaq.ledger import Agreement, Commitment, Stage, Voice, build, ledger_rules
from mithaq.model import Span
from mithaq.query.filters import Filters
from mithaq.query.places import Found
from mithaq.store import schema
from mithaq.store.rows import read_details

_C, _A, _S, _R, _P, _T = (
    schema.commitments.c,
    schema.agreements.c,
    schema.stages.c,
    schema.reports.c,
    schema.provisions.c,
    schema.attributions.c,
)
_STAGE = (
    *(_S.commitment, _P.report, _P.id, _P.area, _P.status, _P.parties, _P.role),
    *(_P.evidence_start, _P.evidence_end, _P.evidence, cast(_P.details, Text), _P.confidence),
    *(_R.outlet, _R.url, _R.published, _R.copy_of),
    *(_P.attribution, _T.parent, _T.speaker, _T.kind, _T.polarity),
)
_Item = TypeVar("_Item")
_BATCH = 200
DENIALS = ("refused", "suspended")  # stages that a denial is read as: who denies it asserts them
_NONE = Filters()


def find_commitments(
    connection: Connection, filters: Filters = _NONE, limit: int | None = None, offset: int = 0
) -> list[str]:
    """The ids of the commitments that *filters* let through, the latest reported first."""
    query = select(_C.id).where(filters.checked().condition()).order_by(_C.last.desc().nulls_last(), _C.id)
    return list(connection.execute(_page(query, limit, offset)).scalars())


def find_agreements(
    connection: Connection, filters: Filters = _NONE, limit: int | None = None, offset: int = 0
) -> list[str]:
    """The ids of the agreements that hold such a commitment, the latest reported first."""
    query = select(_A.id).order_by(_A.last.desc().nulls_last(), _A.id)
    if filters != _NONE:
        query = query.where(_A.id.in_(select(_C.agreement).where(filters.checked().condition())))
    return list(connection.execute(_page(query, limit, offset)).scalars())


def load_commitments(connection: Connection, ids: Sequence[str], today: date) -> Iterator[Commitment]:
    """The commitments of these ids, in this order, with all that their stages say as of *today*.

    One whose reports were all reviewed or read anew since the last merge is left out until the next.
    """
    for batch in _batches(ids):
        query = select(schema.commitments).where(_C.id.in_(batch))
        rows = {row["id"]: row for row in connection.execute(query).mappings()}
        stages = _stages(connection, batch)
        for id in batch:
            if id in rows and stages[id]:  # none: its reports were changed since, and the next merge decides
                row = rows[id]
                parties = tuple(row["parties"].split())
                yield build(id, row["agreement"], row["area"], parties, tuple(stages[id]), today)


def load_agreements(connection: Connection, ids: Sequence[str], today: date) -> Iterator[Agreement]:
    """The agreements of these ids, in this order, each with all its commitments."""
    for batch in _batches(ids):
        query = select(schema.agreements).where(_A.id.in_(batch))
        rows = {row["id"]: row for row in connection.execute(query).mappings()}
        parts = connection.execute(select(_C.id).where(_C.agreement.in_(batch)).order_by(_C.first, _C.id)).scalars()
        commitments: dict[str, list[Commitment]] = defaultdict(list)
        for commitment in load_commitments(connection, list(parts), today):
            commitments[commitment.agreement].append(commitment)
        reports = _reports(connection, batch)
        for id in batch:
            if id in rows and commitments[id]:
                row = rows[id]
                yield Agreement(
                    id, tuple(row["parties"].split()), tuple(commitments[id]), tuple(reports[id]), row["name"]
                )


def load_commitment(connection: Connection, id: str, today: date) -> Commitment:
    """One commitment; raises :class:`~mithaq.errors.QueryError` if it waits for the next merge."""
    return _one(load_commitments(connection, [id], today), id)


def load_agreement(connection: Connection, id: str, today: date) -> Agreement:
    """One agreement; raises :class:`~mithaq.errors.QueryError` if it waits for the next merge."""
    return _one(load_agreements(connection, [id], today), id)


def overdue(connection: Connection, today: date, filters: Filters = _NONE, limit: int | None = None) -> list[str]:
    """The ids of the commitments whose time has passed with no later report, the longest overdue first."""
    passed = today - timedelta(days=int(ledger_rules().limits["grace_days"]))
    query = select(_C.id).where(filters.checked().condition(), _C.due < passed).order_by(_C.due, _C.id)
    return list(connection.execute(_page(query, limit, 0)).scalars())


def agreement_of(connection: Connection, found: Found) -> str:
    """The id of the agreement that *found* is or belongs to.

    Raises :class:`~mithaq.errors.QueryError` for a stage that is not merged yet.
    """
    if found.kind == "agreement":
        return found.id
    query = select(_C.agreement)
    if found.kind == "commitment":
        query = query.where(_C.id == found.id)
    else:
        query = query.join(schema.stages).where(_S.report == found.id, _S.provision == found.provision)
    id: str | None = connection.execute(query).scalar()
    if id is None:
        raise QueryError(f"{found.id}/{found.provision} is not in the ledger yet", "run mithaq merge")
    return id


def pending(connection: Connection) -> int:
    """How many reports are kept and not merged yet."""
    return connection.execute(select(func.count()).where(~_R.merged)).scalar_one()


def _one(found: Iterator[_Item], id: str) -> _Item:
    if (item := next(found, None)) is None:
        raise QueryError(f"{id} is not in the ledger yet", "run mithaq merge")
    return item


def _page(query: Select[Any], limit: int | None, offset: int) -> Select[Any]:
    return query.limit(limit).offset(offset or None)


def _batches(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(ids), _BATCH):
        yield ids[start : start + _BATCH]


def _reports(connection: Connection, agreements: Sequence[str]) -> dict[str, list[str]]:
    """The reports of each agreement, by date."""
    told = schema.agreement_reports.c
    query = (
        select(told.agreement, told.report)
        .join(schema.reports, _R.id == told.report)
        .where(told.agreement.in_(agreements))
        .order_by(_R.published.nulls_last(), told.report)
    )
    found: dict[str, list[str]] = defaultdict(list)
    for agreement, report in connection.execute(query):
        found[agreement].append(report)
    return found


def _stages(connection: Connection, commitments: Sequence[str]) -> dict[str, list[Stage]]:
    """The stages of each commitment, in no order: what they are put together into sorts them."""
    query = (
        select(*_STAGE)
        .join_from(schema.stages, schema.provisions, (_P.report == _S.report) & (_P.id == _S.provision))
        .join(schema.reports, _R.id == _S.report)
        .outerjoin(schema.attributions, (_T.report == _P.report) & (_T.id == _P.attribution))
        .where(_S.commitment.in_(commitments))
    )
    rows = connection.execute(query).all()
    chains = _chains(connection, sorted({row.report for row in rows if row.parent}))
    found: dict[str, list[Stage]] = defaultdict(list)
    # By position: a page shows some 1,500 stages, and a look-up by name for each cell would take as long as the rest.
    for commitment, report, id, area, status, parties, role, start, end, words, details, confidence, *rest in rows:
        outlet, url, published, copy_of, attribution, parent, speaker, kind, polarity = rest
        chain = chains[report, attribution] if parent else (Voice(speaker, kind),) if kind else ()
        when, frequency, quantities = read_details(details)
        found[commitment].append(
            Stage(
                report,
                id,
                outlet,
                url,
                published,
                area,
                status,
                tuple(parties.split()),
                role,
                Span(start, end, words),
                chain,
                copy_of or report,
                when,
                frequency,
                quantities,
                confidence,
                polarity == "-" and status not in DENIALS,
            )
        )
    return found


def _chains(connection: Connection, reports: Sequence[str]) -> dict[tuple[str, str], tuple[Voice, ...]]:
    """(report, attribution) → the speakers, outermost first."""
    parents: dict[tuple[str, str], tuple[str | None, Voice]] = {}
    for batch in _batches(reports):
        query = select(_T.report, _T.id, _T.parent, _T.speaker, _T.kind).where(_T.report.in_(batch))
        for report, id, parent, speaker, kind in connection.execute(query):
            parents[report, id] = (parent, Voice(speaker, kind))
    chains: dict[tuple[str, str], tuple[Voice, ...]] = {}
    for report, id in parents:
        voices: list[Voice] = []
        seen: set[str] = set()
        at: str | None = id
        while at and at not in seen and (report, at) in parents:
            seen.add(at)
            at, voice = parents[report, at]
            voices.append(voice)
        chains[report, id] = tuple(reversed(voices))
    return chains
