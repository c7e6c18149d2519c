"""The rows of the ledger: agreements, commitments and stages, taken out and written again."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, update

from mithaq.ledger import Commitment
from mithaq.merge.agreements import Node
from mithaq.merge.items import MergedAgreement, ReportFeatures, Verdict
from mithaq.merge.merging import Made
from mithaq.query.ledger import load_commitments
from mithaq.store import schema

_AUTHOR = "mithaq"
_BATCH = 500


def erase(
    connection: Connection,
    reports: Collection[str],
    dealings: Mapping[tuple[str, int], str | None],
    settled: Collection[str],
) -> None:
    """Take out these dealings and all of *reports*, with the agreements that they were put in but those *settled*."""
    agreements = sorted({a for a in dealings.values() if a and a not in settled})
    for column in (schema.judgements.c.agreement, schema.agreements.c.id):
        _delete(connection, column, agreements)
    _delete(connection, schema.dealings.c.report, sorted(reports))
    left = [{"r": r, "n": n} for r, n in dealings if r not in reports]
    if left:
        columns = schema.dealings.c
        place = (columns.report == bindparam("r")) & (columns.number == bindparam("n"))
        connection.execute(delete(schema.dealings).where(place), left)


def write(connection: Connection, reports: Sequence[ReportFeatures], made: Iterable[Made]) -> None:
    """Write what was made of some components; *reports* are those that their nodes point into."""
    rows: dict[str, list[dict[str, Any]]] = {
        name: []
        for name in (
            "agreements",
            "agreement_reports",
            "commitments",
            "commitment_parties",
            "stages",
            "dealings",
            "judgements",
        )
    }
    now = datetime.now(UTC).replace(tzinfo=None)
    published = {r.id: date.fromordinal(r.published) if r.published else None for r in reports}
    for group in made:
        component = component_name(reports, group.component)
        id = group.agreement.id if group.agreement else group.settled
        rows["dealings"] += [
            {"report": reports[n.report].id, "number": n.dealing, "component": component, "agreement": id}
            for n in group.nodes
        ]
        if group.agreement:
            _agreement(rows, group.agreement, published)
            rows["judgements"] += [_verdict(v, group.agreement.id, now) for v in group.verdicts]
    for name, values in rows.items():
        if values:
            connection.execute(schema.metadata.tables[name].insert(), values)
    _decide(connection, [row["id"] for row in rows["commitments"]])


def component_name(reports: Sequence[ReportFeatures], first: Node) -> str:
    """What a component is called: after its first dealing."""
    return f"{reports[first.report].id}#{first.dealing}"


def _agreement(rows: dict[str, list[dict[str, Any]]], a: MergedAgreement, published: Mapping[str, date | None]) -> None:
    days = sorted(day for r in a.reports if (day := published[r]))
    rows["agreements"].append(
        {
            "id": a.id,
            "parties": " ".join(a.parties),
            "name": a.name,
            "first": days[0] if days else None,
            "last": days[-1] if days else None,
            "reports": len(a.reports),
            "commitments": len(a.commitments),
        }
    )
    rows["agreement_reports"] += [{"agreement": a.id, "report": r} for r in a.reports]
    for c in a.commitments:
        # What the ledger says of it is decided from its stages, which have to stand there first.
        unset = {"status": "", "rule": "", "reports": 0, "outlets": 0, "speakers": 0, "contradictions": 0}
        rows["commitments"].append(
            {"id": c.id, "agreement": a.id, "area": c.area, "parties": " ".join(c.parties), "role": c.role}
            | {**unset, "confidence": 0.0}
        )
        rows["commitment_parties"] += [{"commitment": c.id, "party": p} for p in c.parties]
        rows["stages"] += [{"report": m.report, "provision": m.provision, "commitment": c.id} for m in c.members]


def _verdict(v: Verdict, agreement: str, now: datetime) -> dict[str, Any]:
    row = {
        "judgement": v.opinion,
        "level": "commitment",
        "machine": True,
        "author": _AUTHOR,
        "score": v.score,
        "made": now,
        "agreement": agreement,
        "reasons": "; ".join(v.reasons),
    }
    for side, anchor in (("one", v.one), ("other", v.other)):
        row |= {f"{side}_{name}": value for name, value in anchor._asdict().items()}
    return row


def _decide(connection: Connection, ids: Sequence[str]) -> None:
    """Fill in what the ledger finds in the stages of these commitments."""
    values = [_decided(c) for c in load_commitments(connection, ids, date.max)]
    if values:
        statement = update(schema.commitments).where(schema.commitments.c.id == bindparam("which"))
        connection.execute(statement.values({k: bindparam(k) for k in values[0] if k != "which"}), values)


def _decided(c: Commitment) -> dict[str, Any]:
    return {
        "which": c.id,
        "status": c.status,
        "rule": c.rule,
        "first": c.first,
        "last": c.last,
        "reports": len({s.report for s in c.stages}),
        "outlets": len(c.outlets),
        "speakers": len(c.speakers),
        "contradictions": len(c.contradictions),
        # As of the last day there is: every time that was given has passed by then.
        "due": c.follow_up and c.follow_up.due,
        "confidence": max(s.confidence for s in c.stages),
    }


def _delete(connection: Connection, column: Any, values: Sequence[str]) -> None:
    for start in range(0, len(values), _BATCH):
        connection.execute(delete(column.table).where(column.in_(values[start : start + _BATCH])))
