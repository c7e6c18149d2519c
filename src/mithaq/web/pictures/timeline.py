"""Stages in time: one lane a commitment, a status or an area, a mark where reports tell of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from xml.etree.ElementTree import Element

from mithaq.web.pictures.svg import Svg

WIDTH = 960.0
_LABELS = 230.0
"""Room for the names of the lanes."""
_UNDATED = 56.0
_MARGIN = 16.0
_TOP = 6.0
_HEAD, _STEP = 13.0, 15.0
"""From the top of a lane to its first mark, and from one mark to the next below it."""
_BUCKET = 22.0
"""Marks of one kind that are nearer than this stand as one, with their number."""
_TICKS = 8
_LINES = ("wish", "promise", "deed", "stop")
_NAME = 32
_RTL, _END = "\u2067", "\u2069"
"""Around words that begin at the right, with their number or dots."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A stage: its day (``None`` if unknown), its line (``wish`` ... ``stop``), words on it, and its page."""

    day: date | None
    line: str
    says: str
    href: str
    denied: bool = False
    copy: bool = False


@dataclass(frozen=True, slots=True)
class Lane:
    """A row of the picture."""

    name: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """What the picture says beside the lanes' names."""

    title: str
    undated: str
    legend: tuple[tuple[str, str], ...]
    """Line (or ``denied``) → its name."""
    reports: str


def timeline(lanes: Sequence[Lane], words: Words, lang: str, links: bool) -> str:
    """The picture as SVG; in Arabic time runs from right to left."""
    scale = _Scale(lanes, lang == "ar")
    heaps = [_heaps(lane, scale) for lane in lanes]
    heights = [_HEAD + _STEP * max((len(stack) for stack in lane.values()), default=1) for lane in heaps]
    bottom = _TOP + sum(heights)
    svg = Svg(WIDTH, bottom + 70, words.title, lang, links)
    _axis(svg, scale, bottom)
    top = _TOP
    for lane, stacks, height in zip(lanes, heaps, heights, strict=True):
        svg.shape("line", "rule", x1=_MARGIN, x2=WIDTH - _MARGIN, y1=top + height, y2=top + height, stroke_width=1)
        name = lane.name if len(lane.name) <= _NAME else f"{lane.name[: _NAME - 1]}…"
        if scale.mirrored:  # the picture itself runs from left to right
            name = f"{_RTL}{name}{_END}"
        svg.text(scale.flip(_MARGIN), top + 17, name, "right" if scale.mirrored else "left", size=13)
        for stack in stacks.values():
            for n, marks in enumerate(stack):
                _mark(svg, scale, marks, top + _HEAD + n * _STEP, words)
        top += height
    if scale.undated:
        svg.text(scale.at(None), bottom + 18, words.undated, "middle", "quiet", 12)
    _legend(svg, scale, words, bottom + 52)
    return str(svg)


def _heaps(lane: Lane, scale: _Scale) -> dict[int, list[list[Mark]]]:
    """Place → the marks there, those of one kind together, in the order of the legend."""
    found: dict[int, dict[tuple[int, bool], list[Mark]]] = defaultdict(lambda: defaultdict(list))
    for mark in lane.marks:
        kind = (_LINES.index(mark.line), mark.denied)
        found[round(scale.at(mark.day) / _BUCKET)][kind].append(mark)
    return {place: [kinds[kind] for kind in sorted(kinds)] for place, kinds in found.items()}


class _Scale:
    """Day → place."""

    def __init__(self, lanes: Sequence[Lane], mirrored: bool) -> None:
        days = [m.day for lane in lanes for m in lane.marks if m.day]
        self.mirrored = mirrored
        self.undated = any(m.day is None for lane in lanes for m in lane.marks)
        self.first = min(days, default=date(2000, 1, 1))
        self.last = max(days, default=self.first)
        self.any = bool(days)
        self._begin = _LABELS + (_UNDATED if self.undated else 0) + _MARGIN
        self._end = WIDTH - 2.5 * _MARGIN

    def flip(self, x: float) -> float:
        return WIDTH - x if self.mirrored else x

    def at(self, day: date | None) -> float:
        if day is None:
            return self.flip(_LABELS + _UNDATED / 2)
        length = (self.last - self.first).days
        part = (day - self.first).days / length if length else 0.5
        return self.flip(self._begin + part * (self._end - self._begin))

    def ticks(self) -> list[tuple[date, str]]:
        """Days to name on the axis: of days, months or years, as many as there is room for."""
        length = (self.last - self.first).days
        if not self.any:
            return []
        if length <= 90:
            step = max(1, -(-length // _TICKS))
            found = [self.first + timedelta(n) for n in range(0, length + 1, step)]
            return [(day, day.isoformat()) for day in found]
        months = [
            date(y, m, 1)
            for y in range(self.first.year, self.last.year + 1)
            for m in range(1, 13)
            if self.first <= date(y, m, 1) <= self.last
        ]
        if len(months) <= 2 * _TICKS:
            return [(day, day.isoformat()[:7]) for day in months[:: -(-len(months) // _TICKS)]]
        years = [day for day in months if day.month == 1]
        return [(day, str(day.year)) for day in years[:: -(-len(years) // _TICKS)]]


def _axis(svg: Svg, scale: _Scale, bottom: float) -> None:
    for day, name in scale.ticks():
        x = scale.at(day)
        svg.shape("line", "rule", x1=x, x2=x, y1=_TOP, y2=bottom, stroke_width=1)
        svg.text(x, bottom + 18, name, "middle", "quiet", 12)


def _mark(svg: Svg, scale: _Scale, marks: Sequence[Mark], y: float, words: Words) -> None:
    """Marks of one kind at one place: drawn once, with their number."""
    first = marks[0]
    x = sum(scale.at(m.day) for m in marks) / len(marks)
    says = first.says if len(marks) == 1 else f"{first.says} (+{len(marks) - 1} {words.reports})"
    group = svg.link(first.href, says)
    svg.shape("circle", "paper", group, cx=x, cy=y, r=_STEP / 2, opacity="0")
    draw_mark(svg, group, x, y, "denied" if first.denied else first.line, small=all(m.copy for m in marks))
    if len(marks) > 1:
        svg.text(
            scale.flip(scale.flip(x) + 8), y + 3, str(len(marks)), "right" if scale.mirrored else "left", "quiet", 9
        )


def draw_mark(svg: Svg, parent: Element, x: float, y: float, line: str, small: bool = False) -> None:
    """A mark whose shape tells its line: a ring, a diamond, a disc, a cross; a crossed ring for a denial."""
    r = 3.5 if small else 5.5
    match line:
        case "wish":
            svg.shape("circle", "paper", parent, cx=x, cy=y, r=r)
            svg.shape("circle", "wish", parent, cx=x, cy=y, r=r, stroke_width=2)
        case "promise":
            d = r + 1.2
            svg.shape("path", "promise", parent, d=f"M{x - d:.1f} {y:.1f}l{d} {-d}l{d} {d}l{-d} {d}z")
        case "deed":
            svg.shape("circle", "deed", parent, cx=x, cy=y, r=r)
        case _:
            if line == "denied":
                svg.shape("circle", "stop", parent, cx=x, cy=y, r=r, stroke_width=1.5)
            cross = f"M{x - r:.1f} {y - r:.1f}l{2 * r} {2 * r}M{x - r:.1f} {y + r:.1f}l{2 * r} {-2 * r}"
            svg.shape("path", "stop", parent, d=cross, stroke_width=2.5 if line == "stop" else 1.5)


def _legend(svg: Svg, scale: _Scale, words: Words, y: float) -> None:
    x = _MARGIN + 8
    for line, name in words.legend:
        draw_mark(svg, svg.root, scale.flip(x), y, line)
        svg.text(scale.flip(x + 12), y + 5, name, "right" if scale.mirrored else "left", "quiet", 12)
        x += 38 + 6.4 * len(name)
