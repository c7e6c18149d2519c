"""The pictures of ``docs/throughput.md``, from the figures of ``corpora.py``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import vl_convert

_WIDTH, _HEIGHT = 640, 180
_STYLE = {
    "background": "white",
    "font": "sans-serif",
    "axis": {"labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": "normal", "gridColor": "#e4e1d8"},
    "view": {"stroke": None},
}
_INK = "#0f5c57"


def draw(figures: dict[str, Any], folder: Path) -> None:
    """Write ``throughput-time.svg``, ``throughput-growth.svg``, ``throughput-stages.svg`` for the figures there are."""
    if "whole" in figures:
        rows = [
            {"minutes": seconds / 60, "reports": reports, "mb": mb, "series": f"{jobs} worker{'s' * (jobs != '1')}"}
            for jobs, runs in figures["whole"]["runs"].items()
            for seconds, reports, mb in runs[-1]["curve"]
            if mb  # the workers have begun, and not yet ended
        ]
        done = _line("minutes", "reports", "reports written")
        _write(folder / "throughput-time.svg", rows, [done, _memory("minutes")])
    if "growth" in figures:
        rows = [
            {"reports": reports, "mb": mb, "rate": reports / seconds, "series": f"{size['reports']:,}"}
            for size in figures["growth"]["sizes"]
            for seconds, reports, mb in size["curve"]
            if reports and seconds
        ]
        log = {"type": "log"}
        rate = _line("reports", "rate", "reports/s since the start", log)
        _write(folder / "throughput-growth.svg", rows, [rate, _memory("reports", log)])
    if "stages" in figures:
        rows = [{"stage": name, "ms": ms} for name, ms in figures["stages"]["milliseconds"].items()]
        _write(folder / "throughput-stages.svg", rows, [_bars()])


def _line(x: str, y: str, title: str, scale: dict[str, Any] | None = None) -> dict[str, Any]:
    colours = {"range": [_INK, "#8a5a00", "#9c1c1c"]}
    return {
        "width": _WIDTH,
        "height": _HEIGHT,
        "mark": {"type": "line", "strokeWidth": 2, "interpolate": "step-after"},
        "encoding": {
            "x": {
                "field": x,
                "type": "quantitative",
                "title": x,
                **({"scale": scale, "axis": {"tickCount": 4}} if scale else {}),
            },
            "y": {"field": y, "type": "quantitative", "title": title},
            "color": {"field": "series", "type": "nominal", "title": None, "scale": colours},
        },
    }


def _memory(x: str, scale: dict[str, Any] | None = None) -> dict[str, Any]:
    return _line(x, "mb", "MB, largest worker", scale)


def _bars() -> dict[str, Any]:
    return {
        "width": _WIDTH,
        "mark": {"type": "bar", "color": _INK},
        "encoding": {
            "x": {"field": "ms", "type": "quantitative", "title": "milliseconds of processor time a report"},
            "y": {"field": "stage", "type": "nominal", "title": None, "sort": None},
        },
    }


def _write(path: Path, rows: list[dict[str, Any]], views: list[dict[str, Any]]) -> None:
    spec = {"data": {"values": rows}, "vconcat": views, "config": _STYLE}
    path.write_text(vl_convert.vegalite_to_svg(json.dumps(spec)) + "\n", "utf-8")
