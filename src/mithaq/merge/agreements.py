"""Dealings of reports → agreements: components of scored pairs, and groups within them by average linkage."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Container, Iterable, Mapping, Sequence
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


def nodes_of(reports: Sequence[ReportFeatures]) -> list[Node]:
    """All dealings; *reports* stand in their order, so that earlier ones come first."""
    return [Node(r, d) for r, report in enumerate(reports) for d in range(len(report.dealings))]


def edges(
    reports: Sequence[ReportFeatures], nodes: Sequence[Node], fresh: Container[int] | None = None
) -> dict[tuple[int, int], float]:
    """The scores of the pairs of *nodes* (by index) that may be joined; with *fresh* of those with one of these."""
    dealings = [reports[n.report].dealings[n.dealing] for n in nodes]
    days = [reports[n.report].published for n in nodes]
    least = settings().dealings.edge
    found = {}
    for a, b in candidates(dealings, days, fresh):
        if nodes[a].report != nodes[b].report:
            score = dealing_score(dealings[a], dealings[b], (days[a], days[b]))
            if score >= least:
                found[a, b] = score
    return found


def group(
    reports: Sequence[ReportFeatures],
    nodes: Sequence[Node],
    scores: Mapping[tuple[int, int], float],
    copies: Mapping[str, str],
    same: Collection[tuple[Node, Node]] = (),
    apart: Collection[tuple[Node, Node]] = (),
) -> list[list[list[int]]]:
    """The groups of *nodes* (by index), by connected component.

    Dealings of near-copies that are joined by an edge are one voice. *same* and *apart* are what a person judged.
    """
    index = {node: n for n, node in enumerate(nodes)}
    must = [(index[a], index[b]) for a, b in same if a in index and b in index]
    bonds = [pair for pair, score in scores.items() if score >= settings().dealings.bond]
    root = components(range(len(nodes)), [*bonds, *must])
    parts: dict[int, list[int]] = defaultdict(list)
    for n in range(len(nodes)):
        parts[root[n]].append(n)
    inner: dict[int, dict[tuple[int, int], float]] = defaultdict(dict)
    place = {n: i for members in parts.values() for i, n in enumerate(members)}
    for (a, b), score in scores.items():
        if root[a] == root[b]:
            inner[root[a]][place[a], place[b]] = score
    musts = _by_part(must, root, place)
    aparts = _by_part([(index[a], index[b]) for a, b in apart if a in index and b in index], root, place)
    found = []
    for part, members in parts.items():
        origin = [copies.get(reports[nodes[n].report].id, reports[nodes[n].report].id) for n in members]
        voices = [pair for pair in inner[part] if origin[pair[0]] == origin[pair[1]]]
        groups = linkage(len(members), inner[part], settings().dealings.join, [*musts[part], *voices], aparts[part])
        found.append([[members[i] for i in g] for g in groups])
    return found


def _by_part(
    pairs: Iterable[tuple[int, int]], root: Mapping[int, int], place: Mapping[int, int]
) -> dict[int, list[tuple[int, int]]]:
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for a, b in pairs:
        if root[a] == root[b] and a != b:
            found[root[a]].append((place[a], place[b]))
    return found
