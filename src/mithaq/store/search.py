"""Full-text search over the reports: the same reports on SQLite (FTS5) and PostgreSQL (tsvector).

Both hold search keys (:mod:`mithaq.arabic.search_keys`), made here; neither looks at the text itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple
from zlib import crc32

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    bindparam,
    cast,
    column,
    delete,
    func,
    literal,
    literal_column,
    select,
    table,
    text,
)
from sqlalchemy.dialects.postgresql import TSQUERY, TSVECTOR, insert

from mithaq.arabic.search_keys import search_keys
from mithaq.errors import QueryError
from mithaq.model import Span
from mithaq.store import schema
from mithaq.store.highlight import highlight
from mithaq.store.search_query import Query, parse_query

TITLE_WORDS = 300
TEXT_WORDS = 16_000
"""Words that are indexed; PostgreSQL counts no position above 16,383."""

_GAP = 2  # positions between title and text, so that no phrase runs from one into the other
_TITLE_WEIGHT = 5.0  # a hit in the title counts as much as this many in the text
_WORDS = table("search_words", column("rowid"))
_INDEX, _REPORTS = schema.search_index, schema.reports
_BATCH = 500


@dataclass(frozen=True, slots=True)
class ReportFilters:
    """Which reports are searched: of one of the *outlets* (any if empty), published from *since* to *until*."""

    outlets: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None

    def conditions(self) -> list[ColumnElement[bool]]:
        """Conditions on a row of ``reports``; a report without a day is left out where days are asked for."""
        found: list[ColumnElement[bool]] = []
        if self.outlets:
            found.append(_REPORTS.c.outlet.in_(self.outlets))
        if self.since is not None:
            found.append(_REPORTS.c.published >= self.since)
        if self.until is not None:
            found.append(_REPORTS.c.published <= self.until)
        return found


@dataclass(frozen=True, slots=True)
class Hit:
    """A report that was found. Spans are of its text (``title_hits``: of its title); offsets count code points.

    *rank* is higher for what fits better; its scale is the database's own, so compare it within one search only.
    """

    report: str
    rank: float
    outlet: str | None
    published: date | None
    title: str | None
    snippet: Span
    hits: tuple[Span, ...]
    title_hits: tuple[Span, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready."""
        return {
            "report": self.report,
            "rank": self.rank,
            "outlet": self.outlet,
            "date": self.published and self.published.isoformat(),
            "title": self.title,
            "snippet": self.snippet.to_dict(),
            "hits": [hit.to_dict() for hit in self.hits],
            "title_hits": [hit.to_dict() for hit in self.title_hits],
        }

    @property
    def marks(self) -> tuple[Span, ...]:
        """The hits within the snippet, with offsets from its start."""
        begin, end = self.snippet.start, self.snippet.end
        return tuple(
            Span(h.start - begin, h.end - begin, h.text) for h in self.hits if begin <= h.start and h.end <= end
        )


class _Keys(NamedTuple):
    title: list[str]
    text: list[str]

    @property
    def joined(self) -> tuple[str, str]:
        return " ".join(self.title), " ".join(self.text)

    @property
    def checksum(self) -> int:
        return crc32("\n".join(self.joined).encode())

    @property
    def tsvector(self) -> str:
        """The text of a ``tsvector``: each key with its positions, those of the title with weight A."""
        places: dict[str, list[str]] = {}
        for i, key in enumerate(self.title, 1):
            places.setdefault(key, []).append(f"{i}A")
        for i, key in enumerate(self.text, len(self.title) + _GAP):
            places.setdefault(key, []).append(str(i))
        return " ".join(f"'{key}':{','.join(at)}" for key, at in places.items())


def index_all(connection: Connection, reports: Iterable[tuple[str, str | None, str]]) -> None:
    """Have reports (id, title, text) of ``reports`` found by their words; by these only, if one was indexed before."""
    made = [(id, _keys(title, text)) for id, title, text in reports]
    if connection.dialect.name == "postgresql":
        adding = insert(_INDEX).values(
            report=bindparam("id"), checksum=bindparam("sum"), keys=cast(bindparam("vector"), TSVECTOR)
        )
        adding = adding.on_conflict_do_update(
            index_elements=["report"], set_={"checksum": adding.excluded.checksum, "keys": adding.excluded["keys"]}
        )
        if made:
            rows = [{"id": id, "sum": keys.checksum, "vector": keys.tsvector} for id, keys in made]
            connection.execute(adding, rows)
        return
    words: list[tuple[int, str, str]] = []
    for id, keys in made:
        # The row that is replaced leaves its number behind, which no report has any more.
        number = connection.exec_driver_sql(
            "INSERT OR REPLACE INTO search_index (report, checksum) VALUES (?, ?)", (id, keys.checksum)
        ).lastrowid
        words.append((number, *keys.joined))
    if words:
        connection.exec_driver_sql("INSERT INTO search_words (rowid, title, text) VALUES (?, ?, ?)", words)


def unindex(connection: Connection, report_id: str) -> None:
    """Have a report found no more; call it while its text still stands in ``reports``, or SQLite frees no room.

    A report that is not indexed is left alone.
    """
    if connection.dialect.name == "sqlite":
        found = connection.execute(
            select(_INDEX.c.number, _INDEX.c.checksum, _REPORTS.c.title, _REPORTS.c.text)
            .join(_REPORTS)
            .where(_INDEX.c.report == report_id)
        ).one_or_none()
        if found is not None:
            keys = _keys(found.title, found.text)
            # FTS5 has to be told what it was given. If that can't be known any more (keys are made otherwise now),
            # the words stay, and point to a number that no report has.
            if keys.checksum == found.checksum:
                connection.exec_driver_sql(
                    "INSERT INTO search_words (search_words, rowid, title, text) VALUES ('delete', ?, ?, ?)",
                    (found.number, *keys.joined),
                )
    connection.execute(delete(_INDEX).where(_INDEX.c.report == report_id))


def rebuild(connection: Connection) -> int:
    """Index all reports anew, as after a change of how keys are made; returns how many."""
    connection.execute(delete(_INDEX))
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("INSERT INTO search_words (search_words) VALUES ('delete-all')")
    ids = list(connection.execute(select(_REPORTS.c.id).order_by(_REPORTS.c.id)).scalars())
    for i in range(0, len(ids), _BATCH):
        index_all(connection, ((row.id, row.title, row.text) for row in _reports(connection, ids[i : i + _BATCH])))
    return len(ids)


def search(
    connection: Connection, words: str, limit: int = 20, offset: int = 0, filters: ReportFilters | None = None
) -> list[Hit]:
    """The reports in which *words* occur (see :mod:`mithaq.store.search_query`), what fits best first.

    Raises :class:`~mithaq.errors.QueryError` if there is nothing to search for, or *limit* or *offset* is negative.
    """
    query = parse_query(words)
    if limit < 0 or offset < 0:
        raise QueryError(f"limit {limit}, offset {offset}: neither may be negative", "give 0 or more")
    found, rank = _select(connection, query, filters or ReportFilters())
    ranked = found.with_only_columns(_INDEX.c.report, rank.label("rank"))
    ranked = ranked.order_by(rank.desc(), _INDEX.c.report).limit(limit).offset(offset)
    ranks = {row.report: float(row.rank) for row in connection.execute(ranked)}
    hits = {row.id: _hit(row, ranks[row.id], query) for row in _reports(connection, list(ranks))}
    return [hits[id] for id in ranks]


def count(connection: Connection, words: str, filters: ReportFilters | None = None) -> int:
    """How many reports :func:`search` would find without a limit; raises the same."""
    found, _ = _select(connection, parse_query(words), filters or ReportFilters())
    return connection.execute(found.with_only_columns(func.count())).scalar_one()


def _select(connection: Connection, query: Query, filters: ReportFilters) -> tuple[Select[Any], ColumnElement[float]]:
    """The rows of ``search_index`` that fit, and how well."""
    rank: ColumnElement[float]
    if connection.dialect.name == "postgresql":
        asked = cast(literal(query.tsquery()), TSQUERY)
        # Of a hit in the text (D), C and B (nothing has these), and in the title (A).
        weights: ColumnElement[Any] = literal_column(f"CAST('{{{1 / _TITLE_WEIGHT}, 0, 0, 1}}' AS real[])")
        found = select(_INDEX).where(_INDEX.c["keys"].op("@@")(asked))
        rank = func.ts_rank_cd(weights, _INDEX.c["keys"], asked, 1)
    else:
        found = select(_INDEX).join(_WORDS, _WORDS.c.rowid == _INDEX.c.number)
        found = found.where(text("search_words MATCH :asked").bindparams(asked=query.fts5()))
        rank = -literal_column(f"bm25(search_words, {_TITLE_WEIGHT}, 1.0)")
    if conditions := filters.conditions():
        found = found.join(_REPORTS, _REPORTS.c.id == _INDEX.c.report).where(*conditions)
    return found, rank


def _reports(connection: Connection, ids: list[str]) -> Iterator[Any]:
    """The reports with *ids*, not all of them in memory at once."""
    columns = (_REPORTS.c.id, _REPORTS.c.outlet, _REPORTS.c.published, _REPORTS.c.title, _REPORTS.c.text)
    for i in range(0, len(ids), _BATCH):
        yield from connection.execute(select(*columns).where(_REPORTS.c.id.in_(ids[i : i + _BATCH]))).all()


def _hit(row: Any, rank: float, query: Query) -> Hit:
    in_text = highlight(row.text, query.wanted)
    in_title = highlight(row.title, query.wanted).hits if row.title else ()
    return Hit(row.id, rank, row.outlet, row.published, row.title, in_text.snippet, in_text.hits, in_title)


def _keys(title: str | None, text: str) -> _Keys:
    return _Keys(search_keys(title or "")[:TITLE_WORDS], search_keys(text)[:TEXT_WORDS])
