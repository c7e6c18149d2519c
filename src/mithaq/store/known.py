"""Which reports are in the database already: looked up for many at once, by id, URL and text."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, or_, select

from mithaq.errors import InputError
from mithaq.model import Report
from mithaq.store import schema

_REPORTS, _VERSIONS, _ALIASES = schema.reports.c, schema.versions.c, schema.aliases.c
_CELLS = (_REPORTS.id, _REPORTS.url, _REPORTS.hash, _REPORTS.outlet)

# Asked for each few reports, so made once: putting a statement together takes as long as running it.
_FOUND = select(*_CELLS).where(
    or_(
        _REPORTS.id.in_(bindparam("ids", expanding=True)),
        _REPORTS.url.in_(bindparam("urls", expanding=True)),
        _REPORTS.hash.in_(bindparam("hashes", expanding=True)),
    )
)
_ALIASED = select(_ALIASES.id.label("alias"), *_CELLS).join_from(
    schema.aliases, schema.reports, _ALIASES.report == _REPORTS.id
)
_ALIASED = _ALIASED.where(_ALIASES.id.in_(bindparam("ids", expanding=True)))


class Outcome(StrEnum):
    """What became of a report that was added."""

    NEW = "new"
    KNOWN = "known"
    VERSION = "version"
    """A new text of a report that is known; the old one is kept in ``versions``."""


class Place(NamedTuple):
    """Where a report belongs: the id under which it stands or will stand, and whether that is new to the database."""

    outcome: Outcome
    id: str


class _Standing(NamedTuple):
    """A report that is there, or will be once what was given a place is written."""

    id: str
    url: str | None
    hash: str
    outlet: str | None


class Known:
    """What stands in the database of some reports, by id, URL and text."""

    def __init__(self, connection: Connection, reports: Iterable[Report]) -> None:
        reports = list(reports)
        self._connection = connection
        self._standing: dict[str, _Standing] = {}
        self._ids: dict[str, str] = {}  # also those that a report came with later
        self._by_url: dict[str, list[str]] = {}
        self._by_hash: dict[str, list[str]] = {}
        asked = {
            "ids": [r.id for r in reports],
            "urls": [r.url for r in reports if r.url is not None],
            "hashes": [hash_of(r.text) for r in reports],
        }
        for row in connection.execute(_FOUND, asked):
            self._stands(row.id, _Standing(*row))
        for alias, *cells in connection.execute(_ALIASED, {"ids": asked["ids"]}):
            self._stands(alias, _Standing(*cells))

    def place(self, report: Report, own_id: bool = True) -> Place:
        """Whether a report is new, known, or a new text of a known one.

        A report is the one of the same id or the same URL, or of the same text from the same outlet. With *own_id*
        false the id was made up by a reader (``"stdin-1"``) and proves nothing: a clash gives it a new one.
        Raises :class:`~mithaq.errors.InputError` if the id belongs to a report with another URL, or holds what no
        database takes.
        """
        _check(report)
        digest = hash_of(report.text)
        found = self._find(report, digest, own_id)
        if found is None:
            id = f"{report.id}-{digest[:8]}" if report.id in self._ids else report.id
            return Place(Outcome.NEW, id)
        return Place(self._compare(found, digest), found.id)

    def add(self, place: Place, report: Report) -> None:
        """Count a report as standing at its place: it will be written in this transaction."""
        self._stands(report.id, _Standing(place.id, report.url, hash_of(report.text), report.outlet))

    def knows(self, id: str) -> bool:
        """Whether a report stands under an id, its own or another that it came with."""
        return id in self._ids

    def _find(self, report: Report, digest: str, own_id: bool) -> _Standing | None:
        if own_id and report.id in self._ids:
            same = self._standing[self._ids[report.id]]
            if report.url and same.url and report.url != same.url and digest != same.hash:
                raise InputError(
                    f"the id {report.id!r} belongs to another report ({same.url})", "give each report its own id"
                )
            return same
        at_url = [s for s in self._under(self._by_url, report.url) if s.url == report.url]
        if report.url and at_url:
            return at_url[0]
        same_text = [s for s in self._under(self._by_hash, digest) if (s.hash, s.outlet) == (digest, report.outlet)]
        return next((s for s in same_text if report.url is None or s.url in (None, report.url)), None)

    def _under(self, index: dict[str, list[str]], key: str | None) -> list[_Standing]:
        """By their ids; some may have another URL or text by now."""
        return [self._standing[id] for id in sorted(index.get(key, ()) if key is not None else ())]

    def _stands(self, id: str, standing: _Standing) -> None:
        self._standing[standing.id] = standing
        self._ids[standing.id] = standing.id
        self._ids.setdefault(id, standing.id)
        if standing.url is not None:
            self._by_url.setdefault(standing.url, []).append(standing.id)
        self._by_hash.setdefault(standing.hash, []).append(standing.id)

    def _compare(self, found: _Standing, digest: str) -> Outcome:
        if digest == found.hash:
            return Outcome.KNOWN
        older = select(_VERSIONS.version).where(_VERSIONS.report == found.id, _VERSIONS.hash == digest)
        return Outcome.KNOWN if self._connection.execute(older).first() else Outcome.VERSION


def find_place(connection: Connection, report: Report, own_id: bool = True) -> Place:
    """The place of one report, as :meth:`Known.place` gives it; raises the same."""
    return Known(connection, [report]).place(report, own_id)


def resolve_id(connection: Connection, id: str) -> str | None:
    """The id under which a report stands, from this or from another id that it came with; ``None`` if unknown."""
    own = select(_REPORTS.id).where(_REPORTS.id == id)
    alias = select(_ALIASES.report).where(_ALIASES.id == id)
    return connection.execute(own).scalar() or connection.execute(alias).scalar()


def hash_of(text: str) -> str:
    """What tells one text from another: SHA-256 of its UTF-8, hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def _check(report: Report) -> None:
    for name in ("id", "text", "title", "outlet", "url"):
        if "\0" in (getattr(report, name) or ""):
            raise InputError(f"its {name} holds a NUL character, which databases refuse", "export it again without")
