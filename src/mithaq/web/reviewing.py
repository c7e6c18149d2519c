"""A report as its reviewers see it: every row with what was said of it, also those that were rejected."""

from __future__ import annotations

from dataclasses import dataclass

from mithaq.model import Attribution, Provision, Record
from mithaq.query.reviewed import Reviewed
from mithaq.store.effective import WHOLE, Item, Review, ReviewedRow
from mithaq.web.labels import Labels
from mithaq.web.reading import shortened


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """A row of the review page.

    *item* is the row as it counts, or as it was before it was rejected; *history* all reviews of it, also those undone;
    *last* the one in effect that «undo» takes back; *seen* what a form about it carries.
    """

    key: str
    item: Item
    state: str
    rejected: bool
    spans: str
    quote: str
    chain: tuple[str, ...]
    seen: str
    history: tuple[Review, ...]
    last: Review | None

    @property
    def kind(self) -> str:
        """``provision`` or ``attribution``."""
        return "provision" if isinstance(self.item, Provision) else "attribution"


def items(found: Reviewed) -> list[ReviewItem]:
    """All rows: provisions, then attributions, each in the order of the text."""
    rows = [(row, _shown(row, found)) for row in found.effective.rows]
    made = [_item(row, item, found) for row, item in rows if item is not None]
    return sorted(made, key=lambda i: (i.kind == "attribution", _at(i.item)))


def undoable(found: Reviewed) -> Review | None:
    """The review in effect that says that the record is complete."""
    return next((r for r in reversed(found.reviews) if r.place == WHOLE and r.undone is None), None)


def chain_of(record: Record, outlet: str | None, item: Item) -> tuple[str, ...]:
    """Who reports whom, outermost first."""
    id = item.attribution if isinstance(item, Provision) else item.id
    speakers = [a.speaker for a in record.chain(id)]
    if isinstance(item, Attribution) and not speakers:
        speakers = [item.speaker]
    return tuple(dict.fromkeys([outlet, *speakers] if outlet else speakers))


def describe(review: Review, t: Labels) -> str:
    """What a review says, in a line: the cells that it gives."""
    said: list[str] = []
    for name, value in review.cells.items():
        if name == "area":
            shown = t.area(value)
        elif name == "status":
            shown = t.status(value)
        elif name == "parties":
            shown = t.parties(list(value))
        elif isinstance(value, str):
            shown = t(value) if value in ("+", "-") or name != "speaker" else value
        elif value is None:
            shown = t("none_of_them")
        else:
            pairs = value if value and isinstance(value[0], list) else [value]
            shown = " … ".join(f"{start}–{end}" for start, end in pairs)
        said.append(f"{t(f'cell_{name}')}: {shown}")
    return " · ".join(said)


def _item(row: ReviewedRow, item: Item, found: Reviewed) -> ReviewItem:
    if isinstance(item, Provision):
        spans, quote = [("evidence", item.evidence)], item.evidence.text
    else:
        source = [("source", item.source)] if item.source else []
        spans = [("cue", item.cue), *source, *(("content", c) for c in item.content)]
        quote = shortened(" … ".join(c.text for c in item.content))
    record = found.effective.record if row.now is not None else found.original
    return ReviewItem(
        row.place.key,
        item,
        row.state,
        row.now is None,
        " ".join(f"{kind}:{span.start}-{span.end}" for kind, span in spans),
        quote,
        chain_of(record, record.outlet, item),
        found.seen(row.place),
        tuple(r for r in found.reviews if r.place == row.place),
        row.reviews[-1] if row.reviews else None,
    )


def _shown(row: ReviewedRow, found: Reviewed) -> Item | None:
    """The row as it counts; a rejected one as the reader had it. One that was added and rejected is in the log only."""
    return row.now or row.mine


def _at(item: Item) -> tuple[int, int]:
    span = item.evidence if isinstance(item, Provision) else item.cue
    return span.start, span.end
