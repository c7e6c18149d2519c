"""Near-copies: reports that several outlets took from one agency text, whole or cut short.

Candidates share a band (see :mod:`mithaq.merge.sketch`); two of them are copies if they resemble one another, or if
the shorter one is contained in the longer and both begin alike. That they must begin alike keeps a report that was
pasted together from two texts from making one group of both.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Sequence

from mithaq.merge.cluster import components
from mithaq.merge.items import ReportFeatures
from mithaq.merge.settings import settings


def copy_pairs(reports: Sequence[ReportFeatures]) -> list[tuple[int, int]]:
    """The pairs of near-copies, as indexes of *reports*."""
    blocks: dict[int, list[int]] = defaultdict(list)
    least = settings().copies.least
    for n, report in enumerate(reports):
        if report.sketch.length >= least:
            for key in report.sketch.bands:
                blocks[key].append(n)
    seen: set[tuple[int, int]] = set()
    found = []
    for block in blocks.values():
        for i, a in enumerate(block):
            for b in block[i + 1 :]:
                if (a, b) not in seen:
                    seen.add((a, b))
                    if is_copy(reports[a], reports[b]):
                        found.append((a, b))
    return found


def is_copy(one: ReportFeatures, other: ReportFeatures) -> bool:
    """Whether one of the two repeats the other's text."""
    limits = settings().copies
    if one.published and other.published and abs(one.published - other.published) > limits.days:
        return False
    a, b = one.sketch, other.sketch
    level = max(a.level, b.level)
    left, right = _at(a.hashes, a.level, level), _at(b.hashes, b.level, level)
    smaller = min(len(left), len(right))
    if not smaller or min(a.length, b.length) < limits.least:
        return False
    shared = len(left & right)
    if shared >= limits.resemblance * (len(left) + len(right) - shared):
        return True
    if shared < limits.containment * smaller:
        return False
    heads = set(a.lead), set(b.lead)
    return len(heads[0] & heads[1]) >= limits.lead * len(heads[0] | heads[1])


def copy_groups(reports: Sequence[ReportFeatures]) -> dict[str, str]:
    """Report → the first report of its group, for those that are not the first themselves."""
    return first_of_group(reports, copy_pairs(reports))


def first_of_group(reports: Sequence[ReportFeatures], pairs: Iterable[tuple[int, int]]) -> dict[str, str]:
    """The same from pairs that are known."""
    root = components(range(len(reports)), pairs)
    first: dict[int, ReportFeatures] = {}
    for n, r in root.items():
        if r not in first or reports[n].order < first[r].order:
            first[r] = reports[n]
    return {reports[n].id: first[r].id for n, r in root.items() if reports[n].id != first[r].id}


def _at(hashes: array[int], own: int, level: int) -> set[int]:
    """The hashes of a sketch that a sketch at a higher level would hold."""
    if own == level:
        return set(hashes)
    step = 1 << level
    return {h for h in hashes if h % step == 0}
