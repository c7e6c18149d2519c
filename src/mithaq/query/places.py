"""What an id given by a user stands for."""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal, NamedTuple

from sqlalchemy import Connection, Table, select

from mithaq.errors import QueryError
from mithaq.store import schema
from mithaq.store.judgements import Anchor, Level
from mithaq.store.known import resolve_id

Kind = Literal["agreement", "commitment", "stage", "report"]


class Found(NamedTuple):
    """What an id stands for: an agreement, a commitment, a report, or a stage (``REPORT/PROVISION``)."""

    kind: Kind
    id: str
    provision: str = ""


def find(connection: Connection, id: str) -> Found:
    """What *id* stands for; raises :class:`~mithaq.errors.QueryError` if nothing has it."""
    kinds: tuple[tuple[Kind, Table], ...] = (("agreement", schema.agreements), ("commitment", schema.commitments))
    for kind, table in kinds:
        if connection.execute(select(table.c.id).where(table.c.id == id)).first():
            return Found(kind, id)
    if report := resolve_id(connection, id):
        return Found("report", report)
    before, _, provision = id.rpartition("/")
    if before and (report := resolve_id(connection, before)):
        columns = schema.provisions.c
        wanted = select(columns.id).where(columns.report == report, columns.id == provision)
        if connection.execute(wanted).first():
            return Found("stage", report, provision)
    raise QueryError(
        f"nothing has the id {id!r}",
        "give that of an agreement (a...), a commitment (c...), a report, or a stage (REPORT/PROVISION); "
        "mithaq agreements and mithaq commitments list them",
    )


def anchor(connection: Connection, id: str) -> tuple[Anchor, Level]:
    """The place in a report that a judgement is tied to, and whether it is one of commitments or of agreements.

    A stage's is its evidence; a commitment's and an agreement's that of its first stage. Raises
    :class:`~mithaq.errors.QueryError` for anything else.
    """
    found = find(connection, id)
    provision, stage, report = schema.provisions.c, schema.stages.c, schema.reports.c
    query = select(provision.report, provision.evidence_start, provision.evidence_end, provision.area)
    if found.kind == "report":
        raise QueryError(
            f"{id!r} is a report", "judge agreements (a...), commitments (c...) or stages (REPORT/PROVISION)"
        )
    if found.kind == "stage":
        query = query.where(provision.report == found.id, provision.id == found.provision)
        return Anchor(*connection.execute(query).one()), "commitment"
    commitment = schema.commitments.c
    query = (
        query.join(schema.stages, (stage.report == provision.report) & (stage.provision == provision.id))
        .join(schema.commitments, commitment.id == stage.commitment)
        .join(schema.reports, report.id == provision.report)
        .where((commitment.agreement if found.kind == "agreement" else commitment.id) == found.id)
        .order_by(report.published.nulls_last(), provision.report, provision.evidence_start)
        .limit(1)
    )
    level: Level = "agreement" if found.kind == "agreement" else "commitment"
    return Anchor(*connection.execute(query).one()), level


def beside(connection: Connection, found: Found) -> list[str]:
    """The other stages (``REPORT/PROVISION``) of the commitment that a stage belongs to, as things stand."""
    stage = schema.stages.c
    own = select(stage.commitment).where(stage.report == found.id, stage.provision == found.provision)
    rows = connection.execute(
        select(stage.report, stage.provision)
        .where(stage.commitment == own.scalar_subquery())
        .order_by(stage.report, stage.provision)
    )
    return [f"{report}/{provision}" for report, provision in rows if (report, provision) != (found.id, found.provision)]


def words_at(connection: Connection, anchors: Collection[Anchor]) -> dict[Anchor, str]:
    """The words that stand at these places, of those whose report is still there and long enough."""
    report = schema.reports.c
    query = select(report.id, report.text).where(report.id.in_({anchor.report for anchor in anchors}))
    texts: dict[str, str] = {row.id: row.text for row in connection.execute(query)}
    return {a: texts[a.report][a.start : a.end] for a in anchors if a.report in texts}
