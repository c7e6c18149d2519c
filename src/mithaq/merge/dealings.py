"""The provisions of one report, put together by parties: the report's dealings.

The reader may miss a party of one provision or see one too many, so that a dealing has a core of parties, and a
provision joins the dealing with which it shares two.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from mithaq.model import Provision

_PAIR = 2  # parties that make a dealing
_OPENERS = 3  # states of an opening without provisions that are taken


@dataclass
class Group:
    """Provisions of one report between the same parties; none if only its opening tells of them."""

    core: frozenset[str]
    provisions: list[Provision] = field(default_factory=list)

    @property
    def weight(self) -> float:
        """How much of the report is about it: the sum of confidences."""
        return sum(p.confidence for p in self.provisions)

    @property
    def first(self) -> int:
        """Where its first evidence begins."""
        return min((p.evidence.start for p in self.provisions), default=0)

    def shares(self) -> dict[str, float]:
        """Each party with the share of the provisions' confidence that names it."""
        if not self.provisions:
            return dict.fromkeys(sorted(self.core), 1.0)
        sums: dict[str, float] = defaultdict(float)
        for p in self.provisions:
            for party in p.parties:
                sums[party] += p.confidence
        return {party: sums[party] / (self.weight or 1.0) for party in sorted(sums)}


def group(provisions: Iterable[Provision], opening: Sequence[str]) -> list[Group]:
    """The dealings of a report, by the place of their first evidence.

    *opening* are the states that it opens with: two that no dealing has together make one of their own.
    """
    by_parties: dict[frozenset[str], list[Provision]] = defaultdict(list)
    for p in provisions:
        if len(p.parties) >= _PAIR:
            by_parties[frozenset(p.parties)].append(p)
    groups: list[Group] = []
    for parties, found in sorted(
        by_parties.items(), key=lambda e: (-sum(p.confidence for p in e[1]), len(e[0]), sorted(e[0]))
    ):
        fits = [g for g in groups if _fits(g.core, parties)]
        if fits:
            # The core that the set is most like; of equals the heavier, which stands first.
            max(fits, key=lambda g: len(g.core & parties) / len(g.core | parties)).provisions.extend(found)
        else:
            groups.append(Group(parties, found))
    for g in groups:
        g.provisions.sort(key=lambda p: (p.evidence.start, p.id))
    openers = frozenset(opening[:_OPENERS])
    if len(openers) >= _PAIR and not any(len(g.core & openers) >= _PAIR for g in groups):
        groups.append(Group(openers))
    return sorted(groups, key=lambda g: (g.first, sorted(g.core)))


def _fits(core: frozenset[str], parties: frozenset[str]) -> bool:
    """Whether a set of parties is the core's with one missing or one too many, or shares most of it."""
    shared = len(core & parties)
    return shared >= _PAIR and (shared == min(len(core), len(parties)) or 2 * shared > len(core | parties))
