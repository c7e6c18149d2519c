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
_LANE = 30.0
_BUCKET = 13.0
"""Marks of one kind that are nearer than this stand as one, with their number."""
_TICKS = 8
_LINES = ("wish", "promise", "deed", "stop")
_NAME = 32


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
    days = [m.day for lane in lanes for m in lane.marks if m.day]
    undated = any(m.day is None for lane in lanes for m in lane.marks)
    height = len(lanes) * _LANE + 78
    svg = Svg(WIDTH, height, words.title, lang, links)
    scale = _Scale(days, undated, lang == "ar")
    _axis(svg, scale, len(lanes) * _LANE + 8)
    for n, lane in enumerate(lanes):
        y = 8 + n * _LANE + _LANE / 2
        svg.shape("line", "rule", x1=_MARGIN, x2=WIDTH - _MARGIN, y1=y, y2=y, stroke_width=1)
        name = lane.name if len(lane.name) <= _NAME else f"{lane.name[: _NAME - 1]}…"
        svg.text(scale.flip(_MARGIN), y - 5, name, "right" if scale.mirrored else "left", size=13)
        _marks(svg, scale, lane, y, words)
    if undated:
        x = scale.flip(_LABELS + _UNDATED / 2)
        svg.text(x, len(lanes) * _LANE + 26, words.undated, "middle", "quiet", 12)
    _legend(svg, scale, words, len(lanes) * _LANE + 60)
    return str(svg)


class _Scale:
    """Day → place."""

    def __init__(self, days: Sequence[date], undated: bool, mirrored: bool) -> None:
        self.mirrored = mirrored
        self.first = min(days, default=date(2000, 1, 1))
        self.last = max(days, default=self.first)
        self.any = bool(days)
        self._begin = _LABELS + (_UNDATED if undated else 0) + _MARGIN
        self._end = WIDTH - _MARGIN - 18

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
        svg.shape("line", "rule", x1=x, x2=x, y1=6, y2=bottom, stroke_width=1)
        svg.text(x, bottom + 18, name, "middle", "quiet", 12)


def _marks(svg: Svg, scale: _Scale, lane: Lane, y: float, words: Words) -> None:
    heaps: dict[tuple[int, str, bool], list[Mark]] = defaultdict(list)
    for mark in lane.marks:
        heaps[round(scale.at(mark.day) / _BUCKET), mark.line, mark.denied].append(mark)
    taken: dict[int, int] = defaultdict(int)
    for (place, line, denied), marks in heaps.items():
        x = sum(scale.at(m.day) for m in marks) / len(marks) + 13 * taken[place]
        taken[place] += 1
        says = marks[0].says if len(marks) == 1 else f"{marks[0].says} (+{len(marks) - 1} {words.reports})"
        group = svg.link(marks[0].href, says)
        svg.shape("circle", "paper", group, cx=x, cy=y, r=11, opacity="0")
        draw_mark(svg, group, x, y, "denied" if denied else line, small=all(m.copy for m in marks))
        if len(marks) > 1:
            svg.text(x, y - 8, str(len(marks)), "middle", "quiet", 10)


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
