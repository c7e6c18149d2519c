"""How much speaks for two dealings being of one agreement, and for two provisions being one commitment: 0 to 1.

A score depends on the two alone: on no order, and on no count over the reports that are merged.
"""

from __future__ import annotations

from functools import lru_cache

from mithaq.merge.items import Dealing, ProvisionFeatures
from mithaq.merge.settings import settings

_PAIR = 2  # parties that two dealings must share


def text_score(one: Dealing, other: Dealing) -> float:
    """The cosine of two dealings' words."""
    a, b = one.words, other.words
    if len(a) > len(b):
        a, b = b, a
    product = sum([w * b[k] for k, w in a.items() if k in b])
    return product / (one.norm * other.norm) if product else 0.0


def instrument_score(one: Dealing, other: Dealing) -> float:
    """The weight of the most telling instrument that both name, 0 if there is none."""
    a, b = one.instruments, other.instruments
    least = settings().dealings.instrument
    return max((min(w, b[k]) for k, w in a.items() if k in b and min(w, b[k]) >= least), default=0.0)


def party_score(one: Dealing, other: Dealing) -> float:
    """The parties that two dealings share, of all that they have, by weight; 0 if they share fewer than two."""
    a, b = one.parties, other.parties
    shared = [min(w, b[p]) for p, w in a.items() if p in b]
    if len(shared) < _PAIR:
        return 0.0
    return sum(shared) / (sum(a.values()) + sum(b.values()) - sum(shared))


def announced(days: tuple[int, int], one: Dealing, other: Dealing) -> bool:
    """Whether the earlier of two reports announces something for the day of the later; *days* are theirs (ordinals)."""
    if not all(days):
        return False
    ahead, day = (one.ahead, days[1]) if days[0] < days[1] else (other.ahead, days[0])
    around = settings().dealings.around
    return ahead is not None and ahead[0] - around <= day <= ahead[1] + around


def dealing_score(one: Dealing, other: Dealing, days: tuple[int, int] = (0, 0)) -> float:
    """How much speaks for one agreement; *days* are those of the two reports (ordinals), 0 where one has none.

    A report of the day that another announced something for counts as near to it, however long ago that was.
    """
    limits = settings().dealings
    parties = party_score(one, other)
    if parties < limits.parties:
        return 0.0
    named = instrument_score(one, other)
    apart = abs(days[0] - days[1]) if all(days) else 0
    expected = announced(days, one, other)
    if expected:
        apart = min(apart, limits.around)
    if apart > (limits.instrument_days if named else limits.days):
        return 0.0
    text = min(1.0, text_score(one, other) / limits.full)
    # Each may speak for it, and adds to the others.
    score = 1.0 - (1.0 - text) * (1.0 - limits.named * named) * (1.0 - limits.expected * expected)
    decay = 0.5 ** (apart / (limits.decay * (2 if named else 1)))
    return float(score * decay * parties**0.5)


def overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of words that two sets have in common (Dice)."""
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0


def provision_score(one: ProvisionFeatures, other: ProvisionFeatures) -> float:
    """How much speaks for one commitment, in two provisions of one agreement."""
    limits = settings().provisions
    words = overlap(one.words, other.words)
    if one.area != other.area:
        return words if words >= limits.copied else 0.0
    score = limits.area + limits.words * words + limits.context * overlap(one.context, other.context)
    if one.when and other.when:
        apart = max(one.when[0], other.when[0]) > min(one.when[1], other.when[1])
        score += -limits.other_day if apart else limits.same_day
    return max(0.0, min(1.0, score)) * (0.5 + 0.5 * _parties_alike(one.parties, other.parties))


@lru_cache(maxsize=1 << 14)
def _parties_alike(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    """The share of parties that two provisions have in common, of all that they have."""
    a, b = set(one), set(other)
    return len(a & b) / len(a | b)
