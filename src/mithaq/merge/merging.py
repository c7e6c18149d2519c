"""Reports and judgements → agreements with their commitments: what ``merge`` gives is a function of the two sets."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from mithaq.merge.agreements import Node, Part, edges, group, nodes_of
from mithaq.merge.anchors import Ruling, rulings
from mithaq.merge.copies import copy_groups
from mithaq.merge.items import Dealing, Judgement, Merged, MergedAgreement, MergedCommitment, ReportFeatures, Verdict
from mithaq.merge.resolve import commitments, identifier, rows_of
from mithaq.merge.settings import settings

_PAIR = 2  # parties of an agreement, at least


class Made(NamedTuple):
    """A group of dealings: the component that it was found in (its first dealing), and the agreement, if it has
    provisions.
    """

    component: Node
    nodes: tuple[Node, ...]
    agreement: MergedAgreement | None
    verdicts: tuple[Verdict, ...]
    settled: str | None = None
    """The id of the agreement that was made of these dealings before, and is left as it is."""


def merge(reports: Iterable[ReportFeatures], judgements: Iterable[Judgement] = ()) -> Merged:
    """What is the same across *reports*, as *judgements* of a person allow.

    The order of either does not matter. Of two reports with one id the last is taken.
    """
    ordered = in_order(reports)
    copies = copy_groups(ordered)
    nodes, ruling = nodes_of(ordered), rulings(ordered, judgements)
    parts = group(ordered, nodes, edges(ordered, nodes), copies, ruling.joined, ruling.parted)
    made = assemble(ordered, nodes, parts, copies, ruling)
    agreements = sorted((m.agreement for m in made if m.agreement), key=lambda a: a.id)
    return Merged(tuple(agreements), copies, tuple(sorted(v for m in made for v in m.verdicts)))


def in_order(reports: Iterable[ReportFeatures]) -> list[ReportFeatures]:
    """The reports, each once, earlier ones first: the order in which all of merging wants them."""
    return sorted({r.id: r for r in reports}.values(), key=lambda r: r.order)


def assemble(
    reports: Sequence[ReportFeatures],
    nodes: Sequence[Node],
    parts: Iterable[Part],
    copies: Mapping[str, str],
    ruling: Ruling,
    settled: Mapping[frozenset[Node], str] | None = None,
) -> list[Made]:
    """What is made of the groups of *parts*, by *nodes* (dealings of *reports*, both in order).

    A group that *settled* has, with the id of its agreement, is not looked into again.
    """
    found = []
    for part in parts:
        first = nodes[part.members[0]]
        for members in part.groups:
            group_nodes = [nodes[n] for n in members]
            before = settled.get(frozenset(group_nodes)) if settled else None
            if before:
                found.append(Made(first, tuple(group_nodes), None, (), before))
            else:
                found.append(_made(reports, first, group_nodes, copies, ruling))
    return found


def _made(
    reports: Sequence[ReportFeatures], component: Node, nodes: Sequence[Node], copies: Mapping[str, str], ruling: Ruling
) -> Made:
    rows = sorted((r for n in nodes for r in rows_of(reports[n.report], n.dealing)), key=lambda r: r.order)
    if not rows:
        return Made(component, tuple(nodes), None, ())
    found, verdicts = commitments(rows, copies, ruling.same, ruling.different, ruling.unsure)
    told = sorted({n.report for n in nodes})
    agreement = MergedAgreement(
        identifier("a", rows[0]),
        _parties(found),
        tuple(reports[n].id for n in told),
        tuple(found),
        _name([reports[n.report] for n in nodes], [reports[n.report].dealings[n.dealing] for n in nodes], copies),
    )
    return Made(component, tuple(nodes), agreement, tuple(verdicts))


def _name(reports: Sequence[ReportFeatures], dealings: Sequence[Dealing], copies: Mapping[str, str]) -> str | None:
    """The instrument that most independent reports name in quotation marks, as they write it; two at least."""
    voices: dict[str, set[str]] = defaultdict(set)
    written: dict[str, Counter[str]] = defaultdict(Counter)
    for report, dealing in zip(reports, dealings, strict=True):
        for key, name in dealing.names.items():
            voices[key].add(copies.get(report.id, report.id))
            written[key][name] += 1
    key = max(voices, key=lambda k: (len(voices[k]), k), default="")
    if len(voices[key]) < _PAIR:
        return None
    return max(written[key], key=lambda n: (written[key][n], n))


def _parties(found: Sequence[MergedCommitment]) -> tuple[str, ...]:
    """The parties that enough of the commitments name, by the number of their stages."""
    weights: Counter[str] = Counter()
    for c in found:
        weights.update(dict.fromkeys(c.parties, len(c.members)))
    whole = sum(len(c.members) for c in found)
    kept = tuple(sorted(p for p, w in weights.items() if w >= settings().cells.party * whole))
    return kept if len(kept) >= _PAIR else max(found, key=lambda c: (len(c.members), c.parties)).parties
