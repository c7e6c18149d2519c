"""How ``mithaq evaluate`` shows what differs from gold: by cell (``--misses``) and by cause (``--errors``)."""

from __future__ import annotations

from collections.abc import Sequence

from mithaq.evaluation import CAUSES, Case, Cause, Miss

_SHOWN = 120


def show_misses(misses: Sequence[Miss], limit: int) -> None:
    """A table for each reason, the first *limit* of each, all if 0."""
    if not misses:
        return
    from mithaq.cli.layout import Column, Layout
    from mithaq.export.rows import shorten

    layout = Layout()
    columns = (
        Column("report"),
        Column("cue or evidence", arabic=True, share=2),
        Column("gold", arabic=True, share=3),
        Column("predicted", arabic=True, share=3),
    )
    groups: dict[tuple[str, str], list[Miss]] = {}
    for miss in misses:
        groups.setdefault((miss.kind, miss.reason), []).append(miss)
    for (kind, reason), group in sorted(groups.items(), key=lambda g: (g[0][0], -len(g[1]))):
        shown = group[: limit or None]
        layout.gap()
        rows = [(m.report, *(shorten(t, _SHOWN) for t in (m.text, m.gold, m.predicted))) for m in shown]
        layout.table(f"{kind}, {reason}: {len(group)}{_more(shown, group)}", columns, rows)


def show_causes(causes: Sequence[Cause], limit: int) -> None:
    """One table of all causes with their counts, then a table of examples for each, the first *limit*, all if 0."""
    if not causes:
        return
    from mithaq.cli.layout import Column, Layout
    from mithaq.export.rows import shorten

    layout = Layout()
    layout.gap()
    heads = (
        Column("what"),
        Column("cause"),
        Column("count"),
        Column("share"),
        Column("alone"),
        Column("meaning", share=1),
    )
    layout.table("Causes", heads, [(*_counts(c), CAUSES[c.kind][c.name]) for c in causes])
    columns = (
        Column("report"),
        Column("in the text", arabic=True, share=4),
        Column("gold", arabic=True, share=3),
        Column("predicted", arabic=True, share=3),
    )
    for cause in causes:
        shown = cause.cases[: limit or None]
        layout.gap()
        rows = [(c.report, _in_context(c), shorten(c.gold, _SHOWN), shorten(c.predicted, _SHOWN)) for c in shown]
        layout.table(f"{cause.kind}, {cause.name}: {len(cause.cases)}{_more(shown, cause.cases)}", columns, rows)


def markdown_table(causes: Sequence[Cause]) -> str:
    """All causes with their counts as a Markdown table; no example, since reports' texts belong to their outlets."""
    rows = [f"| {' | '.join(_counts(c))} | {CAUSES[c.kind][c.name]} |" for c in causes]
    return "\n".join(
        ["| what | cause | count | share | alone | meaning |", "| --- | --- | --: | --: | --: | --- |", *rows]
    )


def _counts(cause: Cause) -> tuple[str, str, str, str, str]:
    return cause.kind, cause.name, str(len(cause.cases)), f"{cause.share:.0%}", str(cause.alone)


def _in_context(case: Case) -> str:
    text = " ".join(case.text.split())
    return " ".join(part for part in (case.before, f"[[{text}]]", case.after) if part)


def _more(shown: Sequence[object], everything: Sequence[object]) -> str:
    return f" (the first {len(shown)})" if len(shown) < len(everything) else ""
