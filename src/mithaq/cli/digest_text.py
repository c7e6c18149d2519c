"""A digest on a terminal: a table of each kind of news."""

from __future__ import annotations

from collections.abc import Sequence

from mithaq.cli.labels import area_label, label, party_label, status_label
from mithaq.cli.layout import Column, Layout
from mithaq.export.rows import shorten
from mithaq.ledger import Contradiction, Stage, ledger_rules
from mithaq.query.digest import Change, Digest

SHOWN = 50
_EVIDENCE = 160


class DigestText:
    """A digest on a terminal."""

    def __init__(self, lang: str) -> None:
        self._lang = lang
        self._layout = Layout(right_to_left=lang == "ar")

    def show(self, digest: Digest) -> None:
        """Print it, at most ``SHOWN`` rows of each kind."""
        since = f"{label('digest_since', self._lang)} {digest.since:%Y-%m-%d %H:%M} UTC" if digest.since else ""
        self._layout.line(label("digest", self._lang), since, str(digest.day), style="bold")
        if not digest:
            self._layout.line(label("digest_nothing", self._lang))
        moved = [("digest_moved", digest.moved), ("digest_new", digest.new)]
        for key, changes in moved:
            self._table(
                key,
                ("id", "area", "parties", "status", "evidence*"),
                [self._change(c) for c in changes[:SHOWN]],
                changes,
            )
        clashes = [
            (
                c.commitment.id,
                ledger_rules().names["contradiction"][c.contradiction.kind][self._lang],
                self._parties(c.commitment.parties),
                self._said(c.contradiction.one, self._what(c.contradiction, 0)),
                self._said(c.contradiction.other, self._what(c.contradiction, 1)),
            )
            for c in digest.clashes[:SHOWN]
        ]
        columns = ("commitment", "contradiction", "parties", "digest_one*", "digest_other*")
        self._table("digest_clashes", columns, clashes, digest.clashes)
        due = [
            (
                c.id,
                f"{c.follow_up.due}\n{label(c.follow_up.kind, self._lang)}",
                area_label(c.area, self._lang),
                self._parties(c.parties),
                self._said(c.follow_up.stage),
            )
            for c in digest.due[:SHOWN]
            if c.follow_up
        ]
        self._table("digest_due", ("id", "due", "area", "parties", "evidence*"), due, digest.due)
        reports = [
            ("\n".join(str(x) for x in (r.published, r.outlet) if x), r.title or "", r.url or r.id)
            for r in digest.reports[:SHOWN]
        ]
        self._table("digest_reports", ("date", "title*", "report"), reports, digest.reports)
        if digest.repeated:
            self._layout.line(f"{label('digest_repeated', self._lang)}: {digest.repeated:,}")

    def _table(
        self, title: str, columns: tuple[str, ...], rows: Sequence[Sequence[str]], all_of_them: Sequence[object]
    ) -> None:
        if not rows:
            return
        self._layout.gap()
        heads = [
            Column(label(c.rstrip("*"), self._lang), c.endswith("*"), 3 if c.endswith("*") else 0) for c in columns
        ]
        self._layout.table(f"{label(title, self._lang)} ({len(all_of_them):,})", heads, rows)
        if len(all_of_them) > len(rows):
            self._layout.line(f"+{len(all_of_them) - len(rows):,} {label('digest_more', self._lang)}")

    def _change(self, change: Change) -> tuple[str, ...]:
        c = change.commitment
        status = status_label(c.status, self._lang)
        if change.before:
            status = f"{status}\n{label('digest_before', self._lang)}: {status_label(change.before, self._lang)}"
        area = area_label(c.area, self._lang)
        return (c.id, area, self._parties(c.parties), status, self._said(change.stages[0]))

    def _said(self, stage: Stage, what: str = "") -> str:
        where = " · ".join(str(x) for x in (stage.outlet, stage.published) if x)
        return "\n".join(filter(None, (shorten(stage.evidence.text, _EVIDENCE), what, where)))

    def _what(self, contradiction: Contradiction, side: int) -> str:
        what = contradiction.what[side]
        return status_label(what, self._lang) if contradiction.kind in ("status", "denial") else what

    def _parties(self, codes: tuple[str, ...]) -> str:
        return "\n".join(party_label(code, self._lang) for code in codes)
