"""What is known of feeds, their entries and hosts. Times are UTC without a zone, as everywhere in the database."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal, NamedTuple

from sqlalchemy import Connection, and_, exists, func, insert, or_, select, update

from mithaq.store import schema

State = Literal["waiting", "kept", "failed"]
_F, _E, _H, _D = schema.feeds.c, schema.feed_entries.c, schema.hosts.c, schema.digests.c
_BATCH = 500


class Feed(NamedTuple):
    """A feed as the last poll left it."""

    etag: str | None = None
    modified: str | None = None
    failures: int = 0
    not_before: datetime | None = None
    error: str | None = None


@dataclass(frozen=True, slots=True)
class EntryRow:
    """An entry as it is kept; *summary* is what the feed itself says, of one whose page has still to be fetched."""

    feed: str
    key: str
    stamp: str
    link: str | None
    title: str | None
    outlet: str | None
    published: date | None
    summary: str | None
    state: State
    tries: int = 0
    not_before: datetime | None = None
    report: str | None = None
    error: str | None = None


class Host(NamedTuple):
    """What a host asks of programs."""

    robots: str | None = None
    robots_status: int | None = None
    robots_fetched: datetime | None = None
    not_before: datetime | None = None


class Mark(NamedTuple):
    """Where the last digest ended: the moment when the newest report that it tells of was added, and its day."""

    until: datetime | None
    day: date


_ENTRY = tuple(_E[name] for name in EntryRow.__dataclass_fields__)


def feed(connection: Connection, url: str) -> Feed:
    """What is known of a feed."""
    row = connection.execute(
        select(_F.etag, _F.modified, _F.failures, _F.not_before, _F.error).where(_F.url == url)
    ).first()
    return Feed(*row) if row else Feed()


def save_feed(connection: Connection, url: str, now: datetime, error: str | None = None, **values: Any) -> None:
    """Keep the outcome of a poll: *values* are cells of ``feeds``; what is not given stays as it was."""
    cells = {"checked": now, "error": error, **values}
    if not connection.execute(update(schema.feeds).where(_F.url == url).values(**cells)).rowcount:
        connection.execute(insert(schema.feeds).values(**{"url": url, "failures": 0, **cells}))


def seen(connection: Connection, url: str, keys: Sequence[str]) -> dict[str, tuple[str, str | None]]:
    """Key → stamp, and report if it is kept as one, of those of *keys* that a feed had before."""
    found: dict[str, tuple[str, str | None]] = {}
    for start in range(0, len(keys), _BATCH):
        query = select(_E.key, _E.stamp, _E.report).where(_E.feed == url, _E.key.in_(keys[start : start + _BATCH]))
        found |= {row.key: (row.stamp, row.report) for row in connection.execute(query)}
    return found


def save_entry(connection: Connection, row: EntryRow, now: datetime) -> None:
    """Keep an entry that is new or changed."""
    cells = {name: getattr(row, name) for name in EntryRow.__dataclass_fields__} | {"seen": now}
    at = and_(_E.feed == row.feed, _E.key == row.key)
    if not connection.execute(update(schema.feed_entries).where(at).values(**cells)).rowcount:
        connection.execute(insert(schema.feed_entries).values(**cells))


def waiting(connection: Connection, url: str, now: datetime, most: int) -> list[EntryRow]:
    """The entries of a feed whose pages can be fetched now, the longest waiting first; at most so many."""
    query = (
        select(*_ENTRY)
        .where(_E.feed == url, _E.state == "waiting", or_(_E.not_before.is_(None), _E.not_before <= now))
        .order_by(_E.seen, _E.published.desc().nulls_last(), _E.key)
        .limit(most)
    )
    return [EntryRow(*row) for row in connection.execute(query)]


def count_waiting(connection: Connection, urls: Collection[str]) -> int:
    """How many entries of these feeds wait for their pages."""
    query = select(func.count()).where(_E.state == "waiting", _E.feed.in_(urls))
    return connection.execute(query).scalar_one()


def is_known(connection: Connection, link: str, feed: str) -> bool:
    """Whether the page of this address is kept already, as any report or as an entry of another feed."""
    elsewhere = and_(_E.link == link, _E.feed != feed, _E.state == "kept")
    reports = schema.reports.c
    query = select(or_(exists().where(reports.url == link), exists().where(elsewhere)))
    return bool(connection.execute(query).scalar())


def host(connection: Connection, origin: str) -> Host:
    """What is known of a host."""
    query = select(_H.robots, _H.robots_status, _H.robots_fetched, _H.not_before).where(_H.origin == origin)
    row = connection.execute(query).first()
    return Host(*row) if row else Host()


def save_host(connection: Connection, origin: str, values: Mapping[str, Any]) -> None:
    """Keep cells of ``hosts``; the others stay as they were."""
    if not connection.execute(update(schema.hosts).where(_H.origin == origin).values(**values)).rowcount:
        connection.execute(insert(schema.hosts).values(origin=origin, **values))


def last_mark(connection: Connection) -> Mark | None:
    """Where the last digest ended; ``None`` if there was none."""
    row = connection.execute(select(_D.until, _D.day).order_by(_D.id.desc()).limit(1)).first()
    return Mark(*row) if row else None


def save_mark(connection: Connection, mark: Mark, now: datetime) -> None:
    """Remember that a digest was given."""
    connection.execute(insert(schema.digests).values(made=now, until=mark.until, day=mark.day))
