"""Which predicted attribution or provision stands for which gold one.

The definitions are those of the shared scorer, number for number. They do not follow the lexicon's look-up keys, so
that a change there never moves the yardstick.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from mithaq.model import Attribution, Provision, Span

T = TypeVar("T")

SAME_CONTENT = 0.6
"""The least intersection over union of two contents that count as the same."""
SAME_EVIDENCE = 0.3
"""The least share of the shorter evidence that two provisions must have in common."""
_SAME_NAME = 0.6
_BARE_WORD = 4
_WORD = re.compile(r"\w+")
_MARKS = "".join(map(chr, (*range(0x610, 0x61B), *range(0x64B, 0x660), 0x670, 0x640)))
_FOLD = str.maketrans("أإآٱىةؤئ", "اااايهوي", _MARKS)
_ARTICLES = ("ال", "وال", "فال", "بال", "كال", "لال", "لل")


def overlap(a: Span, b: Span) -> int:
    """How many characters two spans have in common."""
    return max(0, min(a.end, b.end) - max(a.start, b.start))


def characters(spans: Iterable[Span]) -> set[int]:
    """The offsets that any of the spans covers."""
    return {i for s in spans for i in range(s.start, s.end)}


def iou(a: set[int], b: set[int]) -> float:
    """Intersection over union; 0 for two empty sets."""
    return len(a & b) / len(a | b) if a | b else 0.0


def same_speaker(a: str, b: str) -> bool:
    """Whether two names share most words of the shorter, articles and spelling variants aside."""
    x, y = _words(a), _words(b)
    return bool(x and y) and len(x & y) / min(len(x), len(y)) >= _SAME_NAME


def _words(name: str) -> set[str]:
    return {_bare(w) if len(w) > _BARE_WORD else w for w in _WORD.findall(name.translate(_FOLD))}


def _bare(word: str) -> str:
    return next((word.removeprefix(a) for a in _ARTICLES if word.startswith(a)), word)


def pair(gold: Sequence[T], predicted: Sequence[T], weight: Callable[[T, T], float]) -> list[tuple[T, T]]:
    """One-to-one pairs of positive weight, the heaviest first; of equal ones those that come first."""
    weighed = ((weight(g, p), i, j) for i, g in enumerate(gold) for j, p in enumerate(predicted))
    edges = sorted((e for e in weighed if e[0] > 0), key=lambda e: (-e[0], e[1], e[2]))
    free_gold, free_predicted = set(range(len(gold))), set(range(len(predicted)))
    pairs: list[tuple[T, T]] = []
    for _, i, j in edges:
        if i in free_gold and j in free_predicted:
            free_gold.remove(i)
            free_predicted.remove(j)
            pairs.append((gold[i], predicted[j]))
    return pairs


def pair_attributions(
    gold: Sequence[Attribution], predicted: Sequence[Attribution]
) -> list[tuple[Attribution, Attribution]]:
    """Pairs whose cues overlap; of several, those whose contents agree best."""

    def weight(g: Attribution, p: Attribution) -> float:
        return (overlap(g.cue, p.cue) > 0) * (1 + iou(characters(g.content), characters(p.content)))

    return pair(gold, predicted, weight)


def pair_provisions(gold: Sequence[Provision], predicted: Sequence[Provision]) -> list[tuple[Provision, Provision]]:
    """Pairs of the same area whose evidence overlaps; of several, those with the same status and parties."""

    def weight(g: Provision, p: Provision) -> float:
        share = evidence_share(g, p)
        if g.area != p.area or share < SAME_EVIDENCE:
            return 0
        return 1 + share + (g.status == p.status) + (set(g.parties) == set(p.parties))

    return pair(gold, predicted, weight)


def evidence_share(a: Provision, b: Provision) -> float:
    """How much of the shorter evidence both have in common, 0 to 1."""
    shorter = min(a.evidence.end - a.evidence.start, b.evidence.end - b.evidence.start) or 1
    return overlap(a.evidence, b.evidence) / shorter
