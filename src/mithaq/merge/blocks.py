"""Which dealings are compared at all: those between the same two parties that share two of their heaviest words, or
name the same instrument, within some weeks.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Container, Iterator, Sequence
from itertools import combinations
from zlib import crc32

from mithaq.merge.items import Dealing
from mithaq.merge.settings import settings

_PARTIES = 3  # of a dealing's core whose pairs are looked under
_SHARE = 0.34  # of the provisions that such a party stands in


def party_pairs(dealing: Dealing) -> list[str]:
    """The pairs of parties that a dealing is looked for under: ``"EGY RUS"``."""
    found = [p for p in dealing.core if dealing.parties[p] >= _SHARE][:_PARTIES]
    return [" ".join(pair) for pair in combinations(sorted(found), 2)]


def keys(dealing: Dealing) -> list[int]:
    """The blocks that a dealing belongs to."""
    limits = settings().dealings
    marks = [mark.encode() for mark in dealing.salient[: limits.words]]
    marks += [f"= {name}".encode() for name, weight in dealing.instruments.items() if weight >= limits.instrument]
    starts = [crc32(f"{pair}|".encode()) for pair in party_pairs(dealing)]
    return [crc32(mark, start) for start in starts for mark in marks]


def candidates(
    dealings: Sequence[Dealing], days: Sequence[int], fresh: Container[int] | None = None
) -> Iterator[tuple[int, int]]:
    """The pairs (i, j), i < j, that share a block and are near in time; each once. *days* are ordinals, 0 for none.

    With *fresh* only those that hold one of these dealings.
    """
    blocks: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for n, dealing in enumerate(dealings):
        # Under its own day, and under those that it announces something for.
        entries = [(day, n) for day in {days[n], *(dealing.ahead or ())}]
        for key in keys(dealing):
            blocks[key] += entries
    near: dict[int, set[int]] = defaultdict(set)
    furthest = settings().dealings.instrument_days
    for block in blocks.values():
        if len(block) == 1 or (fresh is not None and not any(n in fresh for _, n in block)):
            continue
        # Those without a date stand first, and are compared with all.
        block.sort()
        dates, names = [day for day, _ in block], [n for _, n in block]
        undated = bisect_right(dates, 0)
        for i, (day, a) in enumerate(block):
            end = bisect_right(dates, day + furthest) if day else len(block)
            if fresh is None:
                near[a].update(names[i + 1 : end])
            elif a in fresh:
                near[a].update(names[:undated])
                near[a].update(names[bisect_left(dates, day - furthest) if day else 0 : end])
    yield from sorted({(min(a, b), max(a, b)) for a, others in near.items() for b in others if a != b})
