"""The tables of ``mithaq watch``: what it knows of feeds, of their entries, and of the hosts that it asks."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Date, DateTime, ForeignKey, Integer, Table, Text

from mithaq.store.metadata import metadata

feeds = Table(
    "feeds",
    metadata,
    Column("url", Text, primary_key=True, comment="as it was given"),
    Column("etag", Text, comment="of the last answer whose entries are all in feed_entries"),
    Column("modified", Text, comment="its Last-Modified, as the server wrote it"),
    Column("checked", DateTime, comment="UTC; of the last poll"),
    Column("failures", Integer, nullable=False, comment="polls that failed since one that did not"),
    Column("not_before", DateTime, comment="UTC; after failures, or where the server asked for it"),
    Column("error", Text, comment="of the last poll, if it failed"),
    comment="The feeds that mithaq watch polls.",
)

feed_entries = Table(
    "feed_entries",
    metadata,
    Column("feed", Text, ForeignKey("feeds.url", ondelete="CASCADE"), primary_key=True),
    Column("key", Text, primary_key=True, comment="SHA-256 of its id, else of its address, else of what it says"),
    Column("stamp", Text, nullable=False, comment="SHA-256 of what it says"),
    Column("link", Text, index=True, comment="the address of its page"),
    Column("title", Text),
    Column("outlet", Text, comment="the feed's title"),
    Column("published", Date),
    Column("summary", Text, comment="of an entry whose page has still to be fetched"),
    Column("state", Text, nullable=False, comment="waiting (for its page), kept, failed"),
    Column("tries", Integer, nullable=False, comment="to fetch its page"),
    Column("not_before", DateTime, comment="UTC; of the next try"),
    Column("report", Text, comment="the report that it is kept as"),
    Column("error", Text, comment="of the last try"),
    Column("seen", DateTime, nullable=False, comment="UTC; when it was new, or last changed"),
    CheckConstraint("state IN ('waiting', 'kept', 'failed')", name="state"),
    comment="The entries of feeds that mithaq watch has seen.",
)

hosts = Table(
    "hosts",
    metadata,
    Column("origin", Text, primary_key=True, comment="scheme, host and port"),
    Column("robots", Text, comment="its robots.txt; null if none could be read"),
    Column("robots_status", Integer, comment="with which it was answered; 0 if it was not"),
    Column("robots_fetched", DateTime, comment="UTC"),
    Column("not_before", DateTime, comment="UTC; where the server asked for it"),
    comment="The hosts that mithaq watch fetches from, and what they ask of programs.",
)

digests = Table(
    "digests",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("made", DateTime, nullable=False, comment="UTC"),
    Column("until", DateTime, comment="UTC; when the newest report that it tells of was added"),
    Column("day", Date, nullable=False, comment="as of which it says what is due"),
    comment="When mithaq watch told what is new; the next digest begins there.",
)
