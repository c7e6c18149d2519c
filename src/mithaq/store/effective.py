"""The reader's record and the reviews in effect → the record that counts. Pure: it touches no database.

Every row keeps the place at which the reader had it (its cue or evidence, and its area), whatever is corrected later:
reviews are tied to that place, so they find their row again when the report is read anew.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Literal, NamedTuple

from mithaq.model import Attribution, Provision, Record, Span

Kind = Literal["attribution", "provision", "report"]
Verdict = Literal["accept", "reject", "correct", "add"]
Item = Attribution | Provision


class Place(NamedTuple):
    """Which row of a report is meant: its kind, the characters of its cue or evidence, a provision's area."""

    kind: Kind
    start: int
    end: int
    area: str = ""

    @property
    def key(self) -> str:
        """The same as one word, for addresses and forms: ``provision-12-40-exercise``."""
        return "-".join(map(str, self)).rstrip("-")


WHOLE = Place("report", 0, 0)
"""The place of what is said of the record as a whole: accepted means that nothing is missing."""


@dataclass(frozen=True, slots=True)
class Review:
    """What *author* said of the row at *place*, where *words* stood. One with *undone* has no effect.

    *cells* holds what was corrected or added, by name: spans as ``[start, end]``, attributions as their cue's span.
    """

    id: int
    report: str
    place: Place
    words: str
    verdict: Verdict
    cells: Mapping[str, Any]
    author: str
    made: datetime
    undone: datetime | None = None
    undone_by: str | None = None


@dataclass(frozen=True, slots=True)
class ReviewedRow:
    """A row as the reader has it (*mine*, ``None`` if a person added it) and as it counts (``None``: rejected)."""

    place: Place
    mine: Item | None
    now: Item | None
    reviews: tuple[Review, ...] = ()

    @property
    def state(self) -> str:
        """The last verdict in effect, "" if nobody reviewed it."""
        return self.reviews[-1].verdict if self.reviews else ""


@dataclass(frozen=True, slots=True)
class Effective:
    """The record that counts, its rows with what was said of them, and the reviews whose row is not there any more."""

    record: Record
    rows: tuple[ReviewedRow, ...]
    lost: tuple[Review, ...] = ()
    complete: Review | None = None
    """The review that says that nothing is missing."""


@dataclass
class _Draft:
    place: Place
    mine: Item | None
    now: Item | None
    reviews: list[Review] = field(default_factory=list)


def apply(record: Record, text: str, reviews: Iterable[Review]) -> Record:
    """The record that counts: *record* as read from *text*, with those of *reviews* that are in effect."""
    return effective(record, text, reviews).record


def effective(record: Record, text: str, reviews: Iterable[Review]) -> Effective:
    """The same, row by row.

    An accepted, corrected or added row has a confidence of 1. Accepting or correcting a rejected row brings it back.
    What stood on a rejected attribution stands on the one that holds it. Added rows are called ``pr7`` or ``ar7``
    after the review that added them.
    """
    items: tuple[Item, ...] = (*record.attributions, *record.provisions)
    drafts = [_Draft(place_of(row), row, row) for row in items]
    groups: dict[Place, list[Review]] = defaultdict(list)
    complete: Review | None = None
    for review in sorted((r for r in reviews if r.undone is None), key=lambda r: r.id):
        if review.place.kind == "report":
            complete = review
        else:
            groups[review.place].append(review)
    lost: list[Review] = []
    found = _match(drafts, groups)
    for place, said in groups.items():
        draft = found.get(place)
        if text[place.start : place.end] != said[0].words:
            draft = None
        elif draft is None and said[0].verdict == "add":
            draft = _Draft(place, None, None)
            drafts.append(draft)
        if draft is None:
            lost += said
        else:
            _say(draft, said, record, text)
    _refer(drafts)
    rows = tuple(ReviewedRow(d.place, d.mine, d.now, tuple(d.reviews)) for d in drafts)
    return Effective(
        replace(
            record,
            attributions=tuple(r.now for r in rows if isinstance(r.now, Attribution)),
            provisions=tuple(r.now for r in rows if isinstance(r.now, Provision)),
        ),
        rows,
        tuple(sorted(lost, key=lambda r: r.id)),
        complete,
    )


def place_of(row: Item) -> Place:
    """The place of a row."""
    if isinstance(row, Attribution):
        return Place("attribution", row.cue.start, row.cue.end)
    return Place("provision", row.evidence.start, row.evidence.end, row.area)


def _match(drafts: Sequence[_Draft], groups: Mapping[Place, Sequence[Review]]) -> dict[Place, _Draft]:
    """The row that each place leads to: the one at it, else the one that overlaps it most; no row for two places."""
    offers: list[tuple[bool, int, int, int, Place]] = []
    for place, said in groups.items():
        # A row whose area a person corrected may come back from the next reading with that area.
        areas = {place.area, *(r.cells["area"] for r in said if "area" in r.cells)}
        for n, draft in enumerate(drafts):
            at = draft.place
            common = min(place.end, at.end) - max(place.start, at.start)
            if at.kind == place.kind and common > 0 and at.area in areas:
                offers.append((at == place, common, -abs(at.start - place.start), -n, place))
    found: dict[Place, _Draft] = {}
    taken: set[int] = set()
    for _, _, _, n, place in sorted(offers, reverse=True):
        if place not in found and -n not in taken:
            found[place] = drafts[-n]
            taken.add(-n)
    return found


def _say(draft: _Draft, said: Sequence[Review], record: Record, text: str) -> None:
    """Apply the reviews of one row, in order."""
    standing = draft.mine
    # The reviews' own place, so that the next review of the row is of the same one.
    draft.place = said[0].place
    for review in said:
        draft.reviews.append(review)
        if review.verdict == "reject":
            draft.now = None
            continue
        if review.cells:
            standing = _with(standing, review, record, text)
        if standing is not None:
            standing = replace(standing, confidence=1.0)
        draft.now = standing


def _with(row: Item | None, review: Review, record: Record, text: str) -> Item:
    """*row* with the cells of a review, or a new row of them. References are left to :func:`_refer`."""
    cells: dict[str, Any] = {k: v for k, v in review.cells.items() if k not in ("attribution", "parent")}
    for name in ("evidence", "cue", "source"):
        if cells.get(name) is not None:
            cells[name] = Span.of(text, *cells[name])
    if "content" in cells:
        cells["content"] = tuple(Span.of(text, *pair) for pair in cells["content"])
    if "parties" in cells:
        cells["parties"] = tuple(cells["parties"])
    if "speaker" in cells:
        cells["entity"] = next((e.id for e in record.entities if e.name == cells["speaker"]), None)
    if row is not None:
        return replace(row, **cells)
    if review.place.kind == "attribution":
        return Attribution(id=f"ar{review.id}", parent=None, **{"source": None, **cells})
    return Provision(id=f"pr{review.id}", attribution=None, **cells)


def _refer(drafts: Sequence[_Draft]) -> None:
    """Have the rows point to the attributions that reviews named, and to none that is gone."""
    attributions = [d for d in drafts if d.place.kind == "attribution"]
    parents: dict[str, str | None] = {}
    kept: set[str] = set()
    for draft in attributions:
        row = draft.now or draft.mine
        if not isinstance(row, Attribution):  # added, and rejected since
            continue
        parents[row.id] = _named(draft, "parent", row.parent, attributions)
        if draft.now:
            kept.add(row.id)

    def holding(id: str | None, below: str | None = None) -> str | None:
        """The nearest kept attribution from *id* upwards; ``None`` rather than *below* itself: no chain is a ring."""
        seen = {below}
        while id is not None and id not in kept and id not in seen:
            seen.add(id)
            id = parents.get(id)
        return None if id in seen else id

    for draft in drafts:
        if isinstance(draft.now, Attribution):
            draft.now = replace(draft.now, parent=holding(parents[draft.now.id], draft.now.id))
        elif isinstance(draft.now, Provision):
            id = _named(draft, "attribution", draft.now.attribution, attributions)
            draft.now = replace(draft.now, attribution=holding(id))
    _cut_rings(attributions)


def _named(draft: _Draft, cell: str, default: str | None, attributions: Sequence[_Draft]) -> str | None:
    """The id of the attribution that the last review with this cell names by the span of its cue."""
    spans = [r.cells[cell] for r in draft.reviews if cell in r.cells]
    if not spans:
        return default
    if spans[-1] is None:
        return None
    start, end = spans[-1]
    best: tuple[int, str] | None = None
    for other in attributions:
        row = other.now or other.mine
        if not isinstance(row, Attribution):
            continue
        for a, b in ((other.place.start, other.place.end), (row.cue.start, row.cue.end)):
            common = min(b, end) - max(a, start)
            if common > 0 and other is not draft:
                best = max(best or (0, ""), (common, row.id))
    return best[1] if best else default


def _cut_rings(attributions: Sequence[_Draft]) -> None:
    """Two reviewers may each make one attribution the parent of the other: the later row loses its parent."""
    by_id = {d.now.id: d for d in attributions if isinstance(d.now, Attribution)}
    for draft in reversed(list(by_id.values())):
        seen: set[str] = set()
        at: str | None = draft.now.id if draft.now else None
        while at is not None and at in by_id:
            if at in seen:
                row = draft.now
                assert isinstance(row, Attribution)
                draft.now = replace(row, parent=None)
                break
            seen.add(at)
            holder = by_id[at].now
            at = holder.parent if isinstance(holder, Attribution) else None
