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
Step = tuple[float, int, int]  # minus the mean score of two groups, and the two, the first before the second


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

    def nearest(a: int) -> Step | None:
        """What *a* would best be joined with among the groups after it."""
        own, enemy = size[a], enemies[a]
        found = max(
            [(total / (own * size[n]), -n) for n, total in links[a].items() if n > a and n not in enemy], default=None
        )
        return (-found[0], a, -found[1]) if found and found[0] >= join else None

    # Each group has one entry that counts, its best; others that are still in the heap are of the past.
    best = {a: step for a in groups if (step := nearest(a))}
    heap = list(best.values())
    heapify(heap)
    while heap:
        step = heappop(heap)
        _, a, b = step
        if best.get(a) != step:
            continue
        merge(a, b)
        row, own, enemy = links[a], size[a] + size.pop(b), enemies[a]
        best.pop(b, None)
        size[a] = own
        for n, total in links.pop(b).items():
            del links[n][b]
            if n != a:
                row[n] = links[n][a] = row.get(n, 0.0) + total
        changed = [a]
        for n, total in row.items():
            held = best.get(n)
            if held and held[2] in (a, b):
                changed.append(n)
            elif n < a and n not in enemy:
                now = (-total / (own * size[n]), n, a)
                if -now[0] >= join and (not held or now < held):
                    best[n] = now
                    heappush(heap, now)
        for n in changed:
            found = nearest(n)
            if found:
                best[n] = found
                heappush(heap, found)
            else:
                best.pop(n, None)
    return sorted(groups.values())
