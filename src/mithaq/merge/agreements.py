"""Dealings of reports → agreements: components of scored pairs, and groups within them by average linkage."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Container, Hashable, Iterable, Mapping, Sequence
from typing import NamedTuple

from mithaq.merge.blocks import candidates
from mithaq.merge.cluster import components, linkage
from mithaq.merge.items import ReportFeatures
from mithaq.merge.score import dealing_score
from mithaq.merge.settings import settings


class Node(NamedTuple):
    """A dealing of a report: the index of the report, and its own in it."""

    report: int
    dealing: int


class Part(NamedTuple):
    """A connected component: its nodes and its groups of them (by index), the scores of its pairs (by place in it)."""

    members: list[int]
    groups: list[list[int]]
    scores: dict[tuple[int, int], float]


def nodes_of(reports: Sequence[ReportFeatures]) -> list[Node]:
    """All dealings; *reports* stand in their order, so that earlier ones come first."""
    return [Node(r, d) for r, report in enumerate(reports) for d in range(len(report.dealings))]


def edges(
    reports: Sequence[ReportFeatures],
    nodes: Sequence[Node],
    fresh: Container[int] | None = None,
    known: Sequence[Hashable] | None = None,
) -> dict[tuple[int, int], float]:
    """The scores of the pairs of *nodes* (by index) that may be joined; with *fresh* of those with one of these.

    With *known*, a label for each node, the pairs of one label are left out.
    """
    dealings = [reports[n.report].dealings[n.dealing] for n in nodes]
    days = [reports[n.report].published for n in nodes]
    least = settings().dealings.edge
    found = {}
    for a, b in candidates(dealings, days, fresh):
        if nodes[a].report != nodes[b].report and (known is None or known[a] != known[b]):
            score = dealing_score(dealings[a], dealings[b], (days[a], days[b]))
            if score >= least:
                found[a, b] = score
    return found


def bridges(
    reports: Sequence[ReportFeatures],
    nodes: Sequence[Node],
    scores: Mapping[tuple[int, int], float],
    before: Sequence[Hashable],
    same: Collection[tuple[Node, Node]] = (),
) -> dict[tuple[int, int], float]:
    """The scores that *scores* lacks: those between old components (*before*) that have become one.

    *before* has the component that each node was in, ``None`` for one whose scores are all known. No two of old
    components were near enough to bring these together, so that *scores* says which of them have come together.
    """
    root = components(range(len(nodes)), [*_bonds(scores), *_indexes(nodes, same)])
    parts: dict[int, dict[Hashable, list[int]]] = defaultdict(lambda: defaultdict(list))
    for n, label in enumerate(before):
        if label is not None:
            parts[root[n]][label].append(n)
    found = {}
    for olds in parts.values():
        if len(olds) > 1:
            largest = max(olds, key=lambda label: len(olds[label]))
            members = sorted(n for own in olds.values() for n in own)
            fresh = {i for i, n in enumerate(members) if before[n] != largest}
            new = edges(reports, [nodes[n] for n in members], fresh, [before[n] for n in members])
            found.update({(members[a], members[b]): score for (a, b), score in new.items()})
    return found


def group(
    reports: Sequence[ReportFeatures],
    nodes: Sequence[Node],
    scores: Mapping[tuple[int, int], float],
    copies: Mapping[str, str],
    same: Collection[tuple[Node, Node]] = (),
    apart: Collection[tuple[Node, Node]] = (),
) -> list[Part]:
    """The groups of *nodes*, by connected component.

    Dealings of near-copies that are joined by an edge are one voice. *same* and *apart* are what a person judged.
    """
    must = _indexes(nodes, same)
    root = components(range(len(nodes)), [*_bonds(scores), *must])
    parts: dict[int, list[int]] = defaultdict(list)
    for n in range(len(nodes)):
        parts[root[n]].append(n)
    place = [0] * len(nodes)
    for members in parts.values():
        for i, n in enumerate(members):
            place[n] = i
    inner: dict[int, dict[tuple[int, int], float]] = {part: {} for part in parts}
    for (a, b), score in scores.items():
        if root[a] == root[b]:
            inner[root[a]][place[a], place[b]] = score
    musts, aparts = _by_part(must, root, place), _by_part(_indexes(nodes, apart), root, place)
    join = settings().dealings.join
    found = []
    for part, members in parts.items():
        if len(members) == 1:
            found.append(Part(members, [members], {}))
            continue
        origin = [copies.get(reports[nodes[n].report].id, reports[nodes[n].report].id) for n in members]
        voices = [(a, b) for a, b in inner[part] if origin[a] == origin[b]]
        groups = linkage(len(members), inner[part], join, [*musts[part], *voices], aparts[part])
        found.append(Part(members, [[members[i] for i in g] for g in groups], inner[part]))
    return found


def _bonds(scores: Mapping[tuple[int, int], float]) -> list[tuple[int, int]]:
    bond = settings().dealings.bond
    return [pair for pair, score in scores.items() if score >= bond]


def _indexes(nodes: Sequence[Node], pairs: Iterable[tuple[Node, Node]]) -> list[tuple[int, int]]:
    """The pairs whose nodes are both there, by index."""
    index = {node: n for n, node in enumerate(nodes)}
    return [(index[a], index[b]) for a, b in pairs if a in index and b in index]


def _by_part(
    pairs: Iterable[tuple[int, int]], root: Mapping[int, int], place: Sequence[int]
) -> dict[int, list[tuple[int, int]]]:
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for a, b in pairs:
        if root[a] == root[b] and a != b:
            found[root[a]].append((place[a], place[b]))
    return found
