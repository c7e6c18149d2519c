"""Pairs of sides that are at odds: how a contradiction is made of the stages on either side."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from itertools import combinations
from typing import TypeVar

from mithaq.ledger.items import Contradiction, ContradictionKind, Stage
from mithaq.ledger.voices import order, outlet, voice

K = TypeVar("K")
Test = Callable[[Stage, Stage], bool]


def apart(one: Stage, other: Stage) -> int | None:
    """Days between the reports of two stages; ``None`` if one has no date. A report is no day apart from itself."""
    if one.report == other.report:
        return 0
    if one.published is None or other.published is None:
        return None
    return abs((one.published - other.published).days)


def within(days: float) -> Test:
    """Whether two stages were published within so many days; undated ones never are."""

    def test(one: Stage, other: Stage) -> bool:
        gap = apart(one, other)
        return gap is not None and gap <= days

    return test


def clash(
    kind: ContradictionKind, ones: Sequence[Stage], others: Sequence[Stage], what: tuple[str, str], test: Test
) -> list[Contradiction]:
    """The contradictions between two sides: one across voices, and one for each report that is at odds with itself.

    Copies never contradict each other. *test* says whether two stages are at odds at all (their times, mostly).
    """
    found: list[Contradiction] = []
    both = {s.report for s in ones} & {s.report for s in others}
    pair = next(((a, b) for a in ones for b in others if voice(a) != voice(b) and test(a, b)), None)
    if pair is not None:
        left = tuple(a for a in ones if any(voice(a) != voice(b) and test(a, b) for b in others))
        right = tuple(b for b in others if any(voice(a) != voice(b) and test(a, b) for a in left))
        found.append(_made(kind, *pair, what, (left, right)))
    for report in sorted(both):
        left = tuple(a for a in ones if a.report == report)
        right = tuple(b for b in others if b.report == report)
        pair = next(((a, b) for a in left for b in right if test(a, b)), None)
        if pair is not None:
            found.append(_made(kind, *pair, what, (left, right)))
    return found


def pairs(groups: list[tuple[K, list[Stage]]], most: float) -> Iterable[tuple[tuple[K, list[Stage]], ...]]:
    """Every two of the groups, in their order; of more than *most*, each with the one that most outlets stand behind.

    Ties go to the group whose first report is the earliest.
    """
    if len(groups) <= most:
        return combinations(groups, 2)
    backed = [(-len({outlet(s) for s in stages}), min(map(order, stages))) for _, stages in groups]
    best = backed.index(min(backed))
    return [(g, groups[best]) if n < best else (groups[best], g) for n, g in enumerate(groups) if n != best]


def _made(
    kind: ContradictionKind, one: Stage, other: Stage, what: tuple[str, str], backing: tuple[tuple[Stage, ...], ...]
) -> Contradiction:
    """The earlier stage first."""
    if order(other) < order(one):
        return Contradiction(kind, other, one, (what[1], what[0]), (backing[1], backing[0]))
    return Contradiction(kind, one, other, what, (backing[0], backing[1]))


def episodes(ones: Iterable[Stage], others: Iterable[Stage], days: float) -> list[tuple[list[Stage], list[Stage]]]:
    """The stages of two sides, cut where nothing was published for more than so many days, without undated ones."""
    sides = [(s, 0) for s in ones if s.published] + [(s, 1) for s in others if s.published]
    sides.sort(key=lambda item: order(item[0]))
    found: list[tuple[list[Stage], list[Stage]]] = []
    last = date.min
    for stage, side in sides:
        assert stage.published is not None
        if not found or (stage.published - last).days > days:
            found.append(([], []))
        found[-1][side].append(stage)
        last = stage.published
    return [pair for pair in found if pair[0] and pair[1]]
