"""A record as tables for people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from mithaq.cli.labels import area_label, label, party_label, status_label
from mithaq.cli.layout import Column, Layout
from mithaq.export.rows import shorten
from mithaq.model import Attribution, Frequency, Provision, Quantity, Record, Span, When

_CONTENT_SHOWN = 160
_NONE = "—"


class Renderer:
    """Prints records one after the other; *lang* is ``"en"`` or ``"ar"``."""

    def __init__(self, lang: str) -> None:
        self._lang = lang
        self._layout = Layout(right_to_left=lang == "ar")
        self._first = True

    def show(self, record: Record) -> None:
        """The attributions, provisions and conditions of one record."""
        self._header(record)
        if not record.attributions and not record.provisions:
            self._layout.line(self._label("nothing"))
            return
        self._attributions(record)
        provisions = [p for p in record.provisions if p.role == "provision"]
        conditions = [p for p in record.provisions if p.role == "condition"]
        if not record.provisions:
            self._layout.line(self._label("no_provision"))
        for title, items in (("provisions", provisions), ("conditions", conditions)):
            if items:
                self._provisions(record, title, items)

    def explain(self, record: Record) -> None:
        """Each cell of one record with the lexicon entry or construction that gave it."""
        self._header(record)
        if not record.attributions and not record.provisions:
            self._layout.line(self._label("nothing"))
        columns = (
            Column(self._label("id")),
            Column(self._label("cell")),
            Column(self._label("value"), arabic=True, share=3),
            Column(self._label("reason"), share=2),
        )
        for title, items in (("attributions", record.attributions), ("provisions", record.provisions)):
            if items:
                rows = [row for item in items for row in self._reasons(item)]
                self._layout.table(self._label(title), columns, rows)

    def _header(self, record: Record) -> None:
        if not self._first:
            self._layout.gap()
        self._first = False
        if record.title:
            self._layout.line(record.title, style="bold")
        published = record.published.isoformat() if record.published else ""
        self._layout.line(record.id, record.outlet or "", published)

    def _attributions(self, record: Record) -> None:
        if not record.attributions:
            self._layout.line(self._label("no_attribution"))
            return
        columns = (
            Column(self._label("id")),
            Column(self._label("chain"), arabic=True, share=3),
            Column(self._label("cue"), arabic=True),
            Column(self._label("content"), arabic=True, share=6),
            Column(self._label("how")),
        )
        rows = [
            (a.id, self._chain(record, a.id), a.cue.text, shorten(_joined(a.content), _CONTENT_SHOWN), self._how(a))
            for a in record.attributions
        ]
        self._layout.table(self._label("attributions"), columns, rows)

    def _provisions(self, record: Record, title: str, items: Sequence[Provision]) -> None:
        columns = (
            Column(self._label("id")),
            Column(self._label("area")),
            Column(self._label("status")),
            Column(self._label("parties")),
            Column(self._label("evidence"), arabic=True, share=4),
            Column(self._label("word"), arabic=True, share=3),
        )
        rows = [
            (
                p.id,
                area_label(p.area, self._lang),
                f"{status_label(p.status, self._lang)}\n{_sure(p)}",
                "\n".join(party_label(c, self._lang) for c in p.parties),
                "\n".join([shorten(p.evidence.text, _CONTENT_SHOWN), *self._details(p)]),
                self._chain(record, p.attribution),
            )
            for p in items
        ]
        self._layout.table(self._label(title), columns, rows)

    def _chain(self, record: Record, attribution: str | None) -> str:
        """Who reports whom, outermost first: the outlet ← a source ← the minister."""
        speakers = [a.speaker for a in record.chain(attribution)]
        chain = [record.outlet, *speakers] if record.outlet else speakers
        return " ← ".join(chain) or self._label("reporter")

    def _how(self, a: Attribution) -> str:
        lines = (*map(self._label, (a.mode, a.kind)), f"{self._label(a.certainty)} {a.polarity}", _sure(a))
        return "\n".join(lines)

    def _details(self, p: Provision) -> dict[str, None]:
        """When, how often and how much, each once."""
        frequency = [self._frequency(p.frequency)] if p.frequency else []
        return dict.fromkeys([*map(_when, p.when), *frequency, *map(_quantity, p.quantities)])

    def _frequency(self, f: Frequency) -> str:
        often = f"{f.minimum:g}" if f.minimum == f.maximum else f"{f.minimum:g}–{f.maximum:g}"
        return f"{often} {self._label('times')} {self._label(f.unit)}"

    def _reasons(self, item: Attribution | Provision) -> list[tuple[str, str, str, str]]:
        values = item.to_dict()
        anchor = "cue" if isinstance(item, Attribution) else "evidence"
        why = item.why if any(cell == anchor for cell, _ in item.why) else ((anchor, _NONE), *item.why)
        if not item.why:
            why = ((anchor, self._label("no_reason")),)
        return [
            ("" if n else item.id, self._label(cell), shorten(_shown(values.get(cell)), _CONTENT_SHOWN), reason)
            for n, (cell, reason) in enumerate(why)
        ]

    def _label(self, key: str) -> str:
        return label(key, self._lang)


def _sure(item: Attribution | Provision) -> str:
    """How likely the row is to be right."""
    return f"{item.confidence:.0%}"


def _joined(spans: Sequence[Span]) -> str:
    return " … ".join(s.text for s in spans)


def _when(w: When) -> str:
    days = [d.isoformat() for d in (w.start, w.end) if d]
    return " – ".join(dict.fromkeys(days)) or w.span.text


def _quantity(q: Quantity) -> str:
    return f"{int(q.value) if q.value.is_integer() else q.value:,} {q.unit}"


def _shown(value: Any) -> str:
    """A cell of a record's JSON as text."""
    if isinstance(value, dict):
        return str(value.get("text", ""))
    if isinstance(value, list):
        return " … ".join(map(_shown, value))
    return _NONE if value is None else str(value)
