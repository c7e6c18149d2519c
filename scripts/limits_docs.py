"""The figures of ``docs/limits.md``: ``cog -r docs/limits.md`` writes them, from the table of ``docs/quality.md``."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

QUALITY = Path(__file__).parents[1] / "docs" / "quality.md"


@cache
def figures() -> dict[str, dict[str, float]]:
    """Metric → column → value, of the first table of the page; metrics and columns by their first word."""
    lines = QUALITY.read_text("utf-8").splitlines()
    start = next(n for n, line in enumerate(lines) if line.startswith("| metric |"))
    columns = [_first(cell) for cell in _cells(lines[start])[1:]]
    found: dict[str, dict[str, float]] = {}
    for line in lines[start + 2 :]:
        if not line.startswith("|"):
            break
        name, *values = _cells(line)
        found[_first(name)] = dict(zip(columns, map(float, values), strict=True))
    return found


def reach() -> str:
    """What can be expected of reports that nobody read while the rules were written: validation and test."""
    rows = [
        ("statements found, and not too many (F1)", "attribution.cue"),
        ("statements right in speaker and content as well (F1)", "attribution.full"),
        ("of the statements inside others, those with the right one around them", "attribution.parent"),
        ("provisions found, and not too many (F1)", "provision.area"),
        ("provisions right in status and parties as well (F1)", "provision.full"),
        ("of the provisions found, those with the right status", "provision.status"),
        ("of the provisions found, those with the right parties", "provision.parties"),
    ]
    lines = [f"| {what} | {_both(metric)} |" for what, metric in rows]
    return "\n".join(["| | validation, test |", "| --- | --- |", *lines])


def _both(metric: str) -> str:
    return f"{figures()[metric]['validation']:.2f}, {figures()[metric]['test']:.2f}"


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def _first(cell: str) -> str:
    return re.split(r"[ ,]", cell.removeprefix("the "))[0]
