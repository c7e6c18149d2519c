"""Two records of one report, cell by cell: where they agree, where they differ, and by gold which of them is right.

What stands for what, and what counts as the same, is what evaluation says (``matching.py``): no other yardstick.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from mithaq.evaluation.matching import overlap, pair, pair_attributions, pair_provisions, same_speaker
from mithaq.evaluation.misses import (
    NOTHING,
    codes_text,
    dealing_text,
    joined_text,
    parent_text,
    same_content,
    same_place,
    statement_text,
)
from mithaq.model import Attribution, Provision, Record, Span

Kind = Literal["attribution", "provision"]
Same = Literal["same", "near", "other", "only_a", "only_b", "gold_only"]
"""``near``: not the same characters, but evaluation counts them as the same."""
Right = Literal["a", "b", "both", "neither", ""]
"""Which of both the gold record bears out; "" without one."""
Item = Attribution | Provision


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of both readings; *gold* is what the gold record has there, "" without one.

    The cell of a row that only one reading has is called as its kind is, and holds the whole of it.
    """

    name: str
    a: str
    b: str
    same: Same
    right: Right = ""
    gold: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """An attribution or provision of both readings, of one of them, or (both ``None``) of the gold record alone."""

    kind: Kind
    a: Item | None
    b: Item | None
    cells: tuple[Cell, ...]
    at: Span

    @property
    def agrees(self) -> bool:
        """Whether no cell differs by evaluation's measure."""
        return all(cell.same in ("same", "near") for cell in self.cells)


class _Field(NamedTuple):
    """A cell: how it is shown, and whether two of it are the same."""

    name: str
    show: Callable[[Record, Any], str]
    same: Callable[[Any, Any], Same]


def _equal(name: str) -> Callable[[Any, Any], Same]:
    def same(a: Any, b: Any) -> Same:
        return "same" if getattr(a, name) == getattr(b, name) else "other"

    return same


def _show(name: str) -> Callable[[Record, Any], str]:
    def show(record: Record, item: Any) -> str:
        value = getattr(item, name)
        return NOTHING if value is None else value.text if isinstance(value, Span) else str(value)

    return show


def _same_span(name: str) -> Callable[[Any, Any], Same]:
    def same(a: Any, b: Any) -> Same:
        one, other = getattr(a, name), getattr(b, name)
        if one == other:
            return "same"
        return "near" if one and other and overlap(one, other) else "other"

    return same


def _same_speaker(a: Attribution, b: Attribution) -> Same:
    return "same" if a.speaker == b.speaker else "near" if same_speaker(a.speaker, b.speaker) else "other"


def _same_content(a: Attribution, b: Attribution) -> Same:
    return "same" if a.content == b.content else "near" if same_content(a, b) else "other"


def _same_parties(a: Provision, b: Provision) -> Same:
    return "same" if set(a.parties) == set(b.parties) else "other"


_PARENT, _ATTRIBUTION = "parent", "attribution"
_PLAIN = ("mode", "kind", "certainty", "polarity")
_FIELDS: Mapping[Kind, Sequence[_Field]] = {
    "attribution": (
        _Field("cue", _show("cue"), _same_span("cue")),
        _Field("source", _show("source"), _same_span("source")),
        _Field("speaker", _show("speaker"), _same_speaker),
        _Field("content", lambda record, a: joined_text(a.content), _same_content),
        _Field(_PARENT, lambda record, a: parent_text(record, a), _equal(_PARENT)),
        *(_Field(name, _show(name), _equal(name)) for name in _PLAIN),
    ),
    "provision": (
        _Field("evidence", _show("evidence"), _same_span("evidence")),
        _Field("area", _show("area"), _equal("area")),
        _Field("status", _show("status"), _equal("status")),
        _Field("parties", lambda record, p: codes_text(p), _same_parties),
        _Field("role", _show("role"), _equal("role")),
        _Field(_ATTRIBUTION, lambda record, p: _standing(record, p), _equal(_ATTRIBUTION)),
    ),
}
CELLS: Mapping[Kind, tuple[str, ...]] = {kind: tuple(f.name for f in fields) for kind, fields in _FIELDS.items()}
"""The cells that are compared, by kind of row."""


class _Pairs(NamedTuple):
    """Which items of two records stand for each other, by kind, and the ids of attributions from the first's view.

    *partners* has both directions, by the identity of the item.
    """

    one: Record
    other: Record
    items: Mapping[Kind, list[tuple[Item, Item]]]
    partners: Mapping[int, Item]
    ids: Mapping[str, str]

    def partner(self, item: Item) -> Item | None:
        """What stands for an item of one record in the other one."""
        return self.partners.get(id(item))

    def same(self, field: _Field, a: Item, b: Item) -> Same:
        """Whether a cell is the same; references to attributions are, if these stand for each other."""
        if field.name in (_PARENT, _ATTRIBUTION):
            one, other = getattr(a, field.name), getattr(b, field.name)
            return "same" if (self.ids.get(one) if one else None) == other and bool(one) == bool(other) else "other"
        return field.same(a, b)


def _paired(one: Record, other: Record) -> _Pairs:
    attributions = pair_attributions(one.attributions, other.attributions)
    same_area = pair_provisions(one.provisions, other.provisions)
    taken = {id(item) for both in same_area for item in both}
    left, right = ([p for p in r.provisions if id(p) not in taken] for r in (one, other))
    items: dict[Kind, list[tuple[Item, Item]]] = {
        "attribution": [*attributions],
        "provision": [*same_area, *pair(left, right, same_place)],
    }
    partners = {id(item): partner for both in items.values() for x, y in both for item, partner in ((x, y), (y, x))}
    return _Pairs(one, other, items, partners, {a.id: b.id for a, b in attributions})


def compare_records(a: Record, b: Record, gold: Record | None = None) -> list[Row]:
    """The rows of both records in the order of the text; with *gold* each cell says which of both is right."""
    pairs = _paired(a, b)
    judges = (_paired(gold, a), _paired(gold, b)) if gold else None
    rows: list[Row] = []
    for kind, fields in _FIELDS.items():
        matched = pairs.items[kind]
        rows += (_both(kind, fields, x, y, pairs, judges) for x, y in matched)
        for side, record in enumerate((a, b)):
            rows += (_single(kind, item, side, judges) for item in _items(record, kind) if not pairs.partner(item))
        rows += _lost(kind, judges)
    return sorted(rows, key=lambda row: (row.kind, row.at))


def _items(record: Record, kind: Kind) -> Sequence[Item]:
    return record.attributions if kind == "attribution" else record.provisions


def _at(item: Item) -> Span:
    return item.cue if isinstance(item, Attribution) else item.evidence


def _whole(item: Item | None) -> str:
    if item is None:
        return NOTHING
    if isinstance(item, Attribution):
        return statement_text(item)
    return f"{dealing_text(item)} | {item.evidence.text}"


_Judges = tuple[_Pairs, _Pairs] | None


def _both(kind: Kind, fields: Sequence[_Field], a: Item, b: Item, pairs: _Pairs, judges: _Judges) -> Row:
    cells = []
    for field in fields:
        right, gold = _judged(field, (a, b), judges)
        shown = field.show(pairs.one, a), field.show(pairs.other, b)
        cells.append(Cell(field.name, *shown, pairs.same(field, a, b), right, gold))
    return Row(kind, a, b, tuple(cells), _at(a))


def _judged(field: _Field, items: tuple[Item, Item], judges: _Judges) -> tuple[Right, str]:
    """Which of two items that stand for each other has the cell right, and what the gold record has there."""
    if judges is None:
        return "", ""
    partners = [judge.partner(item) for judge, item in zip(judges, items, strict=True)]
    wanted = partners[0] or partners[1]  # one for both, so that what is the same in both is right in both or in neither
    if wanted is None:
        return "neither", NOTHING
    a, b = (judge.same(field, wanted, item) in ("same", "near") for judge, item in zip(judges, items, strict=True))
    return _right(a, b), field.show(judges[0].one, wanted)


def _right(a: bool, b: bool) -> Right:
    return "both" if a and b else "a" if a else "b" if b else "neither"


def _single(kind: Kind, item: Item, side: int, judges: _Judges) -> Row:
    """What only one reading has: it is right to have it, or the other is right not to."""
    right: Right = ""
    gold = ""
    if judges:
        wanted = judges[side].partner(item)
        right = "a" if (side == 0) == (wanted is not None) else "b"
        gold = _whole(wanted)
    a, b = (item, None) if side == 0 else (None, item)
    cell = Cell(kind, _whole(a), _whole(b), "only_b" if side else "only_a", right, gold)
    return Row(kind, a, b, (cell,), _at(item))


def _lost(kind: Kind, judges: _Judges) -> Iterator[Row]:
    """What the gold record has and neither reading found."""
    if judges:
        for wanted in _items(judges[0].one, kind):
            if not any(judge.partner(wanted) for judge in judges):
                cell = Cell(kind, NOTHING, NOTHING, "gold_only", "neither", _whole(wanted))
                yield Row(kind, None, None, (cell,), _at(wanted))


def _standing(record: Record, provision: Provision) -> str:
    """The attribution that a provision stands on, as cue and speaker."""
    found = next((a for a in record.attributions if a.id == provision.attribution), None)
    return f"{found.cue.text}: {found.speaker}" if found else NOTHING
