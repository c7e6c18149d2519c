"""Who deals with whom: parties as discs, pairs as lines, both larger the more commitments they have."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from math import ceil, hypot, log, sqrt

import networkx

from mithaq.query.ties import Tie
from mithaq.web.pictures.svg import Svg

WIDTH = 960.0
_MAIN = 640.0
"""The most height that the largest connected part takes."""
_ROW, _ROOM = 110.0, 74.0
"""Height of a row of small parts, and how much one party makes a part wider."""
_FLAT = 70.0
"""Height of a row of single pairs."""
_MARGIN = 56.0
_LETTER = 0.46
"""Mean width of a letter, as a share of the size of the type; Arabic and Latin are alike in it."""
_PAIR = 2
_SEED = 7
_STEPS = 150
_SPRING = 2.4
_PUSHES = 80
_APART = 54.0
_WIDER = 1.9


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
    places, height = _places(tuple((t.one, t.other, t.commitments) for t in ties))
    svg = Svg(WIDTH, height, naming.title, lang, links)
    weights: dict[str, int] = {}
    for tie in ties:
        for party in (tie.one, tie.other):
            weights[party] = weights.get(party, 0) + tie.commitments
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
    for party, (x, y, size) in _labels(discs, naming.party, height).items():
        svg.text(x, y, naming.party(party), "middle", size=size)
    return str(svg)


@lru_cache(maxsize=64)
def _places(ties: tuple[tuple[str, str, int], ...]) -> tuple[dict[str, tuple[float, float]], float]:
    """Where each party stands, and how high the picture is.

    The largest part of the network has the most room; those that nothing connects with it stand in rows below.
    """
    graph = networkx.Graph()
    for one, other, number in ties:
        graph.add_edge(one, other, weight=1 + log(number))
    parts = sorted((sorted(part) for part in networkx.connected_components(graph)), key=lambda p: (-len(p), p))
    if not parts:
        return {}, _ROW
    main, *rest = parts
    height = min(_MAIN, 200.0 + 34 * len(main))
    places = _layout(graph.subgraph(main), (0, 0, WIDTH, height))
    left, top, row = 0.0, height, 0.0
    for part in rest:
        size = min(WIDTH, _ROOM * ceil(sqrt(len(part))) + 50)
        if left + size > WIDTH:
            left, top, row = 0.0, top + row, 0.0
        if not row:
            row = _ROW if len(part) > _PAIR else _FLAT
        places |= _layout(graph.subgraph(part), (left, top, size, row))
        left += size
    return places, top + row


def _layout(graph: networkx.Graph, box: tuple[float, float, float, float]) -> dict[str, tuple[float, float]]:
    """A connected part of the network in its box: Fruchterman and Reingold's forces (1991)."""
    left, top, width, height = box
    number = len(graph)
    if number == _PAIR:
        one, other = sorted(graph)
        side = min(_MARGIN, width / 4)
        return {one: (left + side, top + height / 2), other: (left + width - side, top + height / 2)}
    found = networkx.spring_layout(graph, seed=_SEED, iterations=_STEPS, k=_SPRING / sqrt(number), weight=None)
    xs, ys = [p[0] for p in found.values()], [p[1] for p in found.values()]
    side, edge = min(_MARGIN, width / 4), min(34.0, height / 4)

    def fit(value: float, low: float, high: float, size: float, margin: float) -> float:
        share = (value - low) / (high - low) if high > low else 0.5
        return margin + share * (size - 2 * margin)

    places = {
        party: [left + fit(x, min(xs), max(xs), width, side), top + fit(y, min(ys), max(ys), height, edge)]
        for party, (x, y) in sorted(found.items())
    }
    limits = (left + side, top + edge, left + width - side, top + height - edge)
    _spread(places, limits)
    return {party: (x, y) for party, (x, y) in places.items()}


def _spread(places: dict[str, list[float]], limits: tuple[float, float, float, float]) -> None:
    """Move places apart until no disc or name covers another, as far as there is room."""
    left, top, right, bottom = limits
    for _ in range(_PUSHES):
        moved = False
        for one, other in combinations(places.values(), 2):
            dx, dy = other[0] - one[0], other[1] - one[1]
            # Names are wider than high, so the room around a place is an ellipse.
            distance = hypot(dx / _WIDER, dy) or 0.1
            if distance < _APART:
                push = (_APART - distance) / 2 / distance
                for place, way in ((one, -1), (other, 1)):
                    place[0] = min(right, max(left, place[0] + way * push * (dx or 0.1)))
                    place[1] = min(bottom, max(top, place[1] + way * push * (dy or 0.1)))
                moved = True
        if not moved:
            break


def _labels(
    discs: dict[str, tuple[float, float, float]], name: Callable[[str], str], height: float
) -> dict[str, tuple[float, float, float]]:
    """Where each name stands: below its disc, above or beside it, where it covers least; the heaviest choose first."""
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

        best = min(spots, key=lambda spot: _covered(box(spot), taken, height))
        taken.append(box(best))
        found[party] = (*best, size)
    return found


def _covered(
    box: tuple[float, float, float, float], taken: list[tuple[float, float, float, float]], height: float
) -> float:
    """How much of what is there a box would cover, and how much of it would stand outside the picture."""
    left, top, right, bottom = box
    area = sum(max(0.0, min(right, r) - max(left, x)) * max(0.0, min(bottom, b) - max(top, y)) for x, y, r, b in taken)
    outside = max(0.0, -left) + max(0.0, right - WIDTH) + max(0.0, -top) + max(0.0, bottom - height)
    return area + 50 * outside
