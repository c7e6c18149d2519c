"""Groups from scored pairs: connected components, and average linkage under what a person has judged.

Average linkage keeps a chain of look-alikes from becoming one group: two groups are joined while the mean score over
all pairs between them, a pair without a score counting 0, is high enough. It is a greedy answer to correlation
clustering (Bansal, Blum and Chawla 2004). What comes out depends on the items, their ranks and their scores, not on
their order.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from heapq import heapify, heappop, heappush
from typing import TypeVar

Item = TypeVar("Item", bound=Hashable)


def components(items: Iterable[Item], edges: Iterable[tuple[Item, Item]]) -> dict[Item, Item]:
    """Item → an item that stands for its connected component."""
    parent = {item: item for item in items}

    def find(item: Item) -> Item:
        while parent[item] != item:
            parent[item] = parent[parent[item]]
            item = parent[item]
        return item

    for one, other in edges:
        a, b = find(one), find(other)
        if a != b:
            parent[b] = a
    return {item: find(item) for item in parent}


def linkage(
    count: int,
    scores: Mapping[tuple[int, int], float],
    join: float,
    same: Iterable[tuple[int, int]] = (),
    apart: Iterable[tuple[int, int]] = (),
) -> list[list[int]]:
    """The groups of the items 0 to *count* - 1, which stand in the order that breaks ties.

    *scores* has pairs (i, j) with i < j; pairs of *same* begin as one voice whatever their score, unless *apart*
    forbids it; a group never holds a pair of *apart*.
    """
    groups = {n: [n] for n in range(count)}
    of = list(range(count))
    enemies: dict[int, set[int]] = {n: set() for n in range(count)}
    for a, b in apart:
        enemies[a].add(b)
        enemies[b].add(a)

    def merge(a: int, b: int) -> None:
        for n in groups[b]:
            of[n] = a
        groups[a] = sorted(groups[a] + groups.pop(b))
        for enemy in enemies.pop(b):
            enemies[enemy].discard(b)
            enemies[enemy].add(a)
            enemies[a].add(enemy)

    for one, other in sorted((min(pair), max(pair)) for pair in same):
        a, b = sorted((of[one], of[other]))
        if a != b and b not in enemies[a]:
            merge(a, b)
    # What stands together from the start is one voice: its pair with another is the best of its members' pairs.
    size = dict.fromkeys(groups, 1)
    links: dict[int, dict[int, float]] = {n: {} for n in groups}
    for (one, other), score in scores.items():
        a, b = of[one], of[other]
        if a != b and score > links[a].get(b, 0.0):
            links[a][b] = links[b][a] = score
    heap = [(-score, a, b) for a, row in links.items() for b, score in row.items() if a < b and score >= join]
    heapify(heap)
    while heap:
        score, a, b = heappop(heap)
        if a not in groups or b not in groups or b in enemies[a]:
            continue
        if -score != links[a].get(b, 0.0) / (size[a] * size[b]):
            continue  # a stale entry: one of the two has grown
        merge(a, b)
        row = links[a]
        for n, total in links.pop(b).items():
            del links[n][b]
            if n != a:
                row[n] = links[n][a] = row.get(n, 0.0) + total
        size[a] += size.pop(b)
        for n, total in row.items():
            mean = total / (size[a] * size[n])
            if mean >= join:
                heappush(heap, (-mean, min(a, n), max(a, n)))
    return sorted(groups.values())
