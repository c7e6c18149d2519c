"""In which order lists are given."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, Select, case

from mithaq.errors import QueryError
from mithaq.lexicon.tables import nearest
from mithaq.ontology import areas, statuses
from mithaq.store import schema

_C, _A = schema.commitments.c, schema.agreements.c


def _place(column: ColumnElement[str], known: Mapping[str, object]) -> ColumnElement[int]:
    """A column's place in a list of the ontology."""
    return case({name: n for n, name in enumerate(known)}, value=column, else_=len(known))


COMMITMENT_ORDERS: dict[str, ColumnElement[Any]] = {
    "last": _C.last,
    "first": _C.first,
    "area": _place(_C.area, areas()),
    "status": _place(_C.status, statuses()),
    "parties": _C.parties,
    "reports": _C.reports,
    "outlets": _C.outlets,
    "contradictions": _C.contradictions,
    "confidence": _C.confidence,
}
AGREEMENT_ORDERS: dict[str, ColumnElement[Any]] = {
    "last": _A.last,
    "first": _A.first,
    "parties": _A.parties,
    "reports": _A.reports,
    "commitments": _A.commitments,
}
DEFAULT = "-last"


def ordered(
    query: Select[Any], order: str, orders: Mapping[str, ColumnElement[Any]], id: ColumnElement[str]
) -> Select[Any]:
    """*query* by the column that *order* names, from the top down if a minus stands before it; ties by *id*.

    Raises :class:`~mithaq.errors.QueryError` for a column that there is not.
    """
    name = order.removeprefix("-")
    if name not in orders:
        raise QueryError(f"lists have no order {order!r}", nearest(name, orders))
    column = orders[name]
    return query.order_by((column.desc() if order.startswith("-") else column.asc()).nulls_last(), id)
