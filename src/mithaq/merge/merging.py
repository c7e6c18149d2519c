"""Reports and judgements → agreements with their commitments: what ``merge`` gives is a function of the two sets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from mithaq.merge.agreements import Node, edges, group, nodes_of
from mithaq.merge.anchors import Found, Ruling, rulings
from mithaq.merge.copies import copy_groups
from mithaq.merge.items import Judgement, Merged, MergedAgreement, MergedCommitment, ReportFeatures, Verdict
from mithaq.merge.resolve import Row, commitments, identifier, row
from mithaq.merge.settings import settings

_PAIR = 2  # parties of an agreement, at least


def merge(reports: Iterable[ReportFeatures], judgements: Iterable[Judgement] = ()) -> Merged:
    """What is the same across *reports*, as *judgements* of a person allow.

    The order of either does not matter. Of two reports with one id the last is taken.
    """
    ordered = sorted({r.id: r for r in reports}.values(), key=lambda r: r.order)
    copies = copy_groups(ordered)
    ruling = rulings(ordered, judgements)
    nodes = nodes_of(ordered)
    agreements: list[MergedAgreement] = []
    verdicts: list[Verdict] = []
    for part in group(ordered, nodes, edges(ordered, nodes), copies, ruling.joined, ruling.parted):
        for members in part:
            made = _agreement(ordered, [nodes[n] for n in members], copies, ruling)
            if made:
                agreements.append(made[0])
                verdicts += made[1]
    agreements.sort(key=lambda a: a.id)
    return Merged(tuple(agreements), copies, tuple(sorted(verdicts)))


def _agreement(
    reports: Sequence[ReportFeatures], nodes: Sequence[Node], copies: dict[str, str], ruling: Ruling
) -> tuple[MergedAgreement, list[Verdict]] | None:
    """The agreement of some dealings, None if no provision stands in them."""
    rows: list[Row] = []
    for node in nodes:
        report = reports[node.report]
        rows += [row(report, p) for p in report.provisions if p.dealing == node.dealing]
    if not rows:
        return None
    rows.sort(key=lambda r: r.order)
    found, verdicts = commitments(rows, copies, ruling.same, ruling.different, ruling.unsure)
    told = sorted({n.report for n in nodes})
    agreement = MergedAgreement(
        identifier("a", rows[0]), _parties(found), tuple(reports[n].id for n in told), tuple(found)
    )
    return agreement, verdicts


def _parties(found: Sequence[MergedCommitment]) -> tuple[str, ...]:
    """The parties that enough of the commitments name, by the number of their stages."""
    weights: dict[str, int] = defaultdict(int)
    for c in found:
        for party in c.parties:
            weights[party] += len(c.members)
    whole = sum(len(c.members) for c in found)
    kept = tuple(sorted(p for p, w in weights.items() if w >= settings().cells.party * whole))
    return kept if len(kept) >= _PAIR else max(found, key=lambda c: (len(c.members), c.parties)).parties
