"""Reviews in the database: kept apart from the records, never deleted, only undone; and no one overwrites another."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, delete, func, insert, select, update

from mithaq.errors import ConflictError, ReviewError
from mithaq.model import Record
from mithaq.store import schema
from mithaq.store.effective import Place, Review, Verdict

_COLUMNS = schema.reviews.c


def add_review(
    connection: Connection,
    report: str,
    place: Place,
    words: str,
    verdict: Verdict,
    cells: Mapping[str, Any],
    author: str,
    seen: str,
) -> int:
    """Keep a review; its id. *seen* is what :func:`state_of` gave for the row when the author looked at it.

    Raises :class:`~mithaq.errors.ConflictError` if somebody reviewed the row since then; nothing is written.
    """
    _check_seen(connection, report, place, seen)
    row = connection.execute(
        insert(schema.reviews).values(
            report=report,
            kind=place.kind,
            at_start=place.start,
            at_end=place.end,
            at_area=place.area,
            words=words,
            verdict=verdict,
            cells=dict(cells),
            author=author,
            made=_now(),
        )
    )
    assert row.inserted_primary_key
    id: int = row.inserted_primary_key[0]
    return id


def undo_review(connection: Connection, id: int, author: str, seen: str | None = None) -> Review:
    """Take back a review; the review as it was. *author* is who takes it back, *seen* as for :func:`add_review`.

    Raises :class:`~mithaq.errors.ReviewError` if there is none in effect, or somebody reviewed the row since.
    """
    row = connection.execute(select(schema.reviews).where(_COLUMNS.id == id)).mappings().first()
    if row is None:
        raise ReviewError(f"there is no review {id}", "the log of reviews lists them")
    review = to_review(row)
    if review.undone is not None:
        raise ConflictError(f"review {id} was taken back by {review.undone_by} on {_at(review.undone)}")
    if seen is not None:
        _check_seen(connection, review.report, review.place, seen)
    connection.execute(update(schema.reviews).where(_COLUMNS.id == id).values(undone=_now(), undone_by=author))
    return review


def reviews_of(connection: Connection, report: str) -> list[Review]:
    """All reviews of a report, oldest first, also those undone."""
    query = select(schema.reviews).where(_COLUMNS.report == report).order_by(_COLUMNS.id)
    return [to_review(row) for row in connection.execute(query).mappings()]


def reviewed_among(connection: Connection, reports: Collection[str]) -> list[str]:
    """Those of the *reports* that were reviewed, in the order of their ids."""
    found = select(_COLUMNS.report).where(_COLUMNS.report.in_(reports)).distinct()
    return sorted(connection.execute(found).scalars())


def latest_reviews(connection: Connection, limit: int, offset: int = 0) -> list[Review]:
    """Reviews of all reports, the last first, also those undone."""
    query = select(schema.reviews).order_by(_COLUMNS.id.desc()).limit(limit).offset(offset or None)
    return [to_review(row) for row in connection.execute(query).mappings()]


def count_reviews(connection: Connection) -> int:
    """How many reviews there are, also those undone."""
    return connection.execute(select(func.count()).select_from(schema.reviews)).scalar_one()


def state_of(reviews: Iterable[Review], place: Place) -> str:
    """What tells whether a row was reviewed since: the last review of it, and how many were taken back."""
    here = [r for r in reviews if r.place == place]
    return f"{max((r.id for r in here), default=0)}-{sum(r.undone is not None for r in here)}"


def changes_since(reviews: Iterable[Review], place: Place, seen: str) -> list[Review]:
    """The reviews of a row that were made or taken back after the state *seen*, oldest first."""
    here = [r for r in reviews if r.place == place]
    last, _, undone = seen.partition("-")
    later = [r for r in here if not last.isdecimal() or r.id > int(last)]
    taken = sorted((r for r in here if r.undone is not None and r not in later), key=lambda r: r.undone or r.made)
    return taken[int(undone) if undone.isdecimal() else 0 :] + later


def keep_original(connection: Connection, report: str, record: Record) -> None:
    """Keep what the reader itself found in a report, in place of what was kept before."""
    connection.execute(delete(schema.originals).where(schema.originals.c.report == report))
    connection.execute(insert(schema.originals).values(report=report, record=record.to_dict()))


def load_original(connection: Connection, report: str) -> Record | None:
    """What the reader itself found in a report, ``None`` if that is what the other tables hold."""
    query = select(schema.originals.c.record).where(schema.originals.c.report == report)
    found = connection.execute(query).scalar()
    return None if found is None else Record.from_dict(found)


def to_review(row: RowMapping) -> Review:
    """A row of ``reviews``."""
    place = Place(row["kind"], row["at_start"], row["at_end"], row["at_area"])
    return Review(
        row["id"],
        row["report"],
        place,
        row["words"],
        row["verdict"],
        row["cells"],
        row["author"],
        row["made"],
        row["undone"],
        row["undone_by"],
    )


def _check_seen(connection: Connection, report: str, place: Place, seen: str) -> None:
    found = reviews_of(connection, report)
    if state_of(found, place) == seen:
        return
    changes = changes_since(found, place, seen)
    what = "; ".join(
        f"{r.undone_by} took back «{r.verdict}» on {_at(r.undone)}"
        if r.undone is not None
        else f"{r.author} said «{r.verdict}» on {_at(r.made)}"
        for r in changes
    )
    raise ConflictError(
        f"somebody changed this row meanwhile: {what or 'see the log'}", "nothing was written: look at it again"
    )


def _at(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
