"""A person's review of a row, all the way: the record that counts is made anew, and so is what merging compares."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import Connection

from mithaq.errors import ConflictError, ReviewError
from mithaq.merge.features import features
from mithaq.model import Record, Report
from mithaq.query.reviewed import Reviewed, load_reviewed
from mithaq.store.effective import WHOLE, Place, Review, Verdict, effective
from mithaq.store.reports import replace_record
from mithaq.store.review_cells import check_cells
from mithaq.store.reviews import (
    add_review,
    keep_original,
    load_original,
    reviewed_among,
    reviews_of,
    undo_review,
)
from mithaq.store.rows import load_record


def review(
    connection: Connection, id: str, place: Place, verdict: Verdict, cells: Mapping[str, Any], author: str, seen: str
) -> int:
    """Keep a review of the row at *place* of a report, and have it take effect; the review's id.

    Call :func:`mithaq.merge.update.merge_pending` when the transaction is over. Raises
    :class:`~mithaq.errors.ConflictError` if somebody reviewed the row after *seen*, and
    :class:`~mithaq.errors.ReviewError` for a row that there is not, or cells that it cannot have.
    """
    found = _loaded(connection, id)
    report = found.report
    row = found.row(place)
    if place.kind == "report":
        if place != WHOLE or verdict != "accept" or cells:
            raise ReviewError("a record as a whole can only be accepted", "review its rows one by one")
    elif verdict == "add":
        check_cells(place.kind, cells, report.text, whole=True)
        if row is not None and found.seen(place) == seen:
            raise ConflictError("there is such a row already", "correct that one")
    else:
        if row is None:
            raise ReviewError("there is no such row any more", "the report was read anew meanwhile: load it again")
        if verdict == "correct" and not cells:
            raise ReviewError("nothing was changed", "accept the row, or change a cell of it")
        if verdict != "correct" and cells:
            raise ReviewError("cells go with a correction", "correct the row")
        check_cells(place.kind, cells, report.text)
    words = report.text[place.start : place.end]
    number = add_review(connection, report.id, place, words, verdict, cells, author, seen)
    if load_original(connection, report.id) is None:
        keep_original(connection, report.id, found.original)
    if place.kind != "report":
        _take_effect(connection, report, found.original)
    return number


def take_back(connection: Connection, number: int, author: str, seen: str | None = None) -> Review:
    """Undo a review, and have that take effect; the review. Raises as :func:`mithaq.store.reviews.undo_review` does."""
    taken = undo_review(connection, number, author, seen)
    found = load_reviewed(connection, taken.report)
    if found is not None and taken.place.kind != "report":
        _take_effect(connection, found.report, found.original)
    return taken


def accept_all(connection: Connection, id: str, author: str, seen: str) -> int:
    """Say that a record is complete: every row that nobody reviewed is accepted, and nothing is missing.

    Returns the number of the review that says so. Raises as :func:`review` does.
    """
    found = _loaded(connection, id)
    text = found.report.text
    for row in found.effective.rows:
        if not row.reviews:
            words = text[row.place.start : row.place.end]
            add_review(connection, found.report.id, row.place, words, "accept", {}, author, found.seen(row.place))
    number = review(connection, found.report.id, WHOLE, "accept", {}, author, seen)
    _take_effect(connection, found.report, found.original)
    return number


def read_again(connection: Connection, ids: Collection[str]) -> None:
    """Call this after reports were read anew, and stored: what persons said of them is applied to the new records."""
    for id in reviewed_among(connection, ids):
        loaded = load_record(connection, id)
        assert loaded, "the caller stored it in this transaction"
        report, original = loaded
        keep_original(connection, id, original)
        _take_effect(connection, report, original)


def _loaded(connection: Connection, id: str) -> Reviewed:
    found = load_reviewed(connection, id)
    if found is None:
        raise ReviewError(f"nothing has the id {id!r}", "the report was removed")
    return found


def _take_effect(connection: Connection, report: Report, original: Record) -> None:
    made = effective(original, report.text, reviews_of(connection, report.id)).record
    replace_record(connection, report.id, made, features(report, made).to_bytes())
