"""How much there is."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, Table, func, select

from mithaq.store import schema


class Counts(NamedTuple):
    """Rows of the tables, outlets, and reports that are not merged yet."""

    reports: int
    outlets: int
    agreements: int
    commitments: int
    contradicted: int
    pending: int


def counts(connection: Connection) -> Counts:
    """What the database holds."""
    reports, commitments = schema.reports.c, schema.commitments.c

    def rows(table: Table, *conditions: ColumnElement[bool]) -> int:
        query = select(func.count()).select_from(table).where(*conditions)
        return connection.execute(query).scalar_one()

    return Counts(
        rows(schema.reports),
        connection.execute(select(func.count(reports.outlet.distinct()))).scalar_one(),
        rows(schema.agreements),
        rows(schema.commitments),
        rows(schema.commitments, commitments.contradictions > 0),
        rows(schema.reports, ~reports.merged),
    )
