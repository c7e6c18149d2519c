"""Who deals with whom: parties as discs, pairs as lines, both larger the more commitments they have."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import hypot, log, sqrt

import networkx

from mithaq.query.ties import Tie
from mithaq.web.pictures.svg import Svg

WIDTH, HEIGHT = 960.0, 680.0
_MARGIN = 56.0
_LETTER = 0.46
"""Mean width of a letter, as a share of the size of the type; Arabic and Latin are alike in it."""
_SEED = 7
_STEPS = 120


@dataclass(frozen=True, slots=True)
class Naming:
    """What the picture calls things, and where they lead."""

    title: str
    party: Callable[[str], str]
    tie: Callable[[Tie], str]
    """What is said of a pair."""
    party_page: Callable[[str], str]
    pair_page: Callable[[str, str], str]


def network(ties: Sequence[Tie], naming: Naming, lang: str, links: bool) -> str:
    """The picture of these pairs as SVG."""
    svg = Svg(WIDTH, HEIGHT, naming.title, lang, links)
    weights: dict[str, int] = {}
    for tie in ties:
        for party in (tie.one, tie.other):
            weights[party] = weights.get(party, 0) + tie.commitments
    places = _places(tuple((t.one, t.other, t.commitments) for t in ties))
    most = max((t.commitments for t in ties), default=1)
    for tie in reversed(ties):  # the strongest are drawn last, on top
        (x1, y1), (x2, y2) = places[tie.one], places[tie.other]
        group = svg.link(naming.pair_page(tie.one, tie.other), naming.tie(tie))
        width = 1 + 9 * sqrt(tie.commitments / most)
        svg.shape(
            "line", "tie", group, x1=x1, y1=y1, x2=x2, y2=y2, stroke_width=width, opacity=f"{0.25 + width / 20:.2f}"
        )
    heaviest = max(weights.values(), default=1)
    discs = {
        party: (*places[party], 5 + 15 * sqrt(weight / heaviest))
        for party, weight in sorted(weights.items(), key=lambda w: (-w[1], w[0]))
    }
    for party, (x, y, r) in discs.items():
        name = naming.party(party)
        group = svg.link(naming.party_page(party), f"{name}: {weights[party]}")
        svg.shape("circle", "paper", group, cx=x, cy=y, r=r + 1.5)
        svg.shape("circle", "node", group, cx=x, cy=y, r=r)
    for party, (x, y, size) in _labels(discs, naming.party).items():
        svg.text(x, y, naming.party(party), "middle", size=size)
    return str(svg)


@lru_cache(maxsize=64)
def _places(ties: tuple[tuple[str, str, int], ...]) -> dict[str, tuple[float, float]]:
    """Where each party stands: Fruchterman and Reingold's forces (1991), each part of the network by itself."""
    graph = networkx.Graph()
    for one, other, number in ties:
        graph.add_edge(one, other, weight=1 + log(number))
    if not graph:
        return {}
    found = networkx.spring_layout(graph, seed=_SEED, iterations=_STEPS, k=2.2 / sqrt(len(graph)), weight="weight")
    xs, ys = [p[0] for p in found.values()], [p[1] for p in found.values()]

    def fit(value: float, low: float, high: float, size: float) -> float:
        share = (value - low) / (high - low) if high > low else 0.5
        return _MARGIN + share * (size - 2 * _MARGIN)

    return _spread(
        {p: (fit(x, min(xs), max(xs), WIDTH), fit(y, min(ys), max(ys), HEIGHT)) for p, (x, y) in found.items()}
    )


def _spread(places: dict[str, tuple[float, float]]) -> dict[str, tuple[float, float]]:
    """The same places, none so near another that their discs or names would cover each other."""
    at = {party: [x, y] for party, (x, y) in places.items()}
    names = sorted(at)
    for _ in range(60):
        moved = False
        for n, one in enumerate(names):
            for other in names[n + 1 :]:
                dx, dy = at[other][0] - at[one][0], at[other][1] - at[one][1]
                # Names are wider than high, so rooms are ellipses.
                distance = hypot(dx / 1.7, dy) or 0.1
                if distance < 42:
                    push = (42 - distance) / 2 / distance
                    for party, way in ((one, -1), (other, 1)):
                        at[party][0] = min(WIDTH - _MARGIN, max(_MARGIN, at[party][0] + way * push * (dx or 0.1)))
                        at[party][1] = min(HEIGHT - _MARGIN / 2, max(_MARGIN / 2, at[party][1] + way * push * (dy or 0.1)))
                    moved = True
        if not moved:
            break
    return {party: (x, y) for party, (x, y) in at.items()}


def _labels(
    discs: dict[str, tuple[float, float, float]], name: Callable[[str], str]
) -> dict[str, tuple[float, float, float]]:
    """Where each name stands: below its disc, above it or beside it, where it covers least; the heaviest choose first."""
    taken = [(x - r, y - r, x + r, y + r) for x, y, r in discs.values()]
    found: dict[str, tuple[float, float, float]] = {}
    for party, (x, y, r) in discs.items():
        size = 12 + min(4.0, r / 5)
        half = len(name(party)) * size * _LETTER / 2
        spots = (
            (x, y + r + size),
            (x, y - r - size * 0.4),
            (x + r + half + 4, y + size / 3),
            (x - r - half - 4, y + size / 3),
        )

        def box(spot: tuple[float, float], half: float = half, size: float = size) -> tuple[float, float, float, float]:
            return (spot[0] - half, spot[1] - size * 0.8, spot[0] + half, spot[1] + size * 0.3)

        best = min(spots, key=lambda spot: _covered(box(spot), taken))
        taken.append(box(best))
        found[party] = (*best, size)
    return found


def _covered(box: tuple[float, float, float, float], taken: list[tuple[float, float, float, float]]) -> float:
    """How much of what is there a box would cover, and how much of it would stand outside the picture."""
    left, top, right, bottom = box
    area = sum(
        max(0.0, min(right, r) - max(left, x)) * max(0.0, min(bottom, b) - max(top, y)) for x, y, r, b in taken
    )
    outside = max(0.0, -left) + max(0.0, right - WIDTH) + max(0.0, -top) + max(0.0, bottom - HEIGHT)
    return area + 50 * outside
