"""Feeds, what is known of them, and when it was told."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "feeds",
        sa.Column("url", sa.Text(), nullable=False, comment="as it was given"),
        sa.Column("etag", sa.Text(), comment="of the last answer whose entries are all in feed_entries"),
        sa.Column("modified", sa.Text(), comment="its Last-Modified, as the server wrote it"),
        sa.Column("checked", sa.DateTime(), comment="UTC; of the last poll"),
        sa.Column("failures", sa.Integer(), nullable=False, comment="polls that failed since one that did not"),
        sa.Column("not_before", sa.DateTime(), comment="UTC; after failures, or where the server asked for it"),
        sa.Column("error", sa.Text(), comment="of the last poll, if it failed"),
        sa.PrimaryKeyConstraint("url", name=op.f("pk_feeds")),
        comment="The feeds that mithaq watch polls.",
    )
    op.create_table(
        "feed_entries",
        sa.Column("feed", sa.Text(), nullable=False),
        sa.Column(
            "key", sa.Text(), nullable=False, comment="SHA-256 of its id, else of its address, else of what it says"
        ),
        sa.Column("stamp", sa.Text(), nullable=False, comment="SHA-256 of what it says"),
        sa.Column("link", sa.Text(), comment="the address of its page"),
        sa.Column("title", sa.Text()),
        sa.Column("outlet", sa.Text(), comment="the feed's title"),
        sa.Column("published", sa.Date()),
        sa.Column("summary", sa.Text(), comment="of an entry whose page has still to be fetched"),
        sa.Column("state", sa.Text(), nullable=False, comment="waiting (for its page), kept, failed"),
        sa.Column("tries", sa.Integer(), nullable=False, comment="to fetch its page"),
        sa.Column("not_before", sa.DateTime(), comment="UTC; of the next try"),
        sa.Column("report", sa.Text(), comment="the report that it is kept as"),
        sa.Column("error", sa.Text(), comment="of the last try"),
        sa.Column("seen", sa.DateTime(), nullable=False, comment="UTC; when it was new, or last changed"),
        sa.CheckConstraint("state IN ('waiting', 'kept', 'failed')", name=op.f("ck_feed_entries_state")),
        sa.ForeignKeyConstraint(["feed"], ["feeds.url"], name=op.f("fk_feed_entries_feed"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("feed", "key", name=op.f("pk_feed_entries")),
        comment="The entries of feeds that mithaq watch has seen.",
    )
    op.create_index(op.f("ix_feed_entries_link"), "feed_entries", ["link"], unique=False)
    op.create_table(
        "hosts",
        sa.Column("origin", sa.Text(), nullable=False, comment="scheme, host and port"),
        sa.Column("robots", sa.Text(), comment="its robots.txt; null if none could be read"),
        sa.Column("robots_status", sa.Integer(), comment="with which it was answered; 0 if it was not"),
        sa.Column("robots_fetched", sa.DateTime(), comment="UTC"),
        sa.Column("not_before", sa.DateTime(), comment="UTC; where the server asked for it"),
        sa.PrimaryKeyConstraint("origin", name=op.f("pk_hosts")),
        comment="The hosts that mithaq watch fetches from, and what they ask of programs.",
    )
    op.create_table(
        "digests",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("made", sa.DateTime(), nullable=False, comment="UTC"),
        sa.Column("until", sa.DateTime(), comment="UTC; when the newest report that it tells of was added"),
        sa.Column("day", sa.Date(), nullable=False, comment="as of which it says what is due"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_digests")),
        comment="When mithaq watch told what is new; the next digest begins there.",
    )


def downgrade() -> None:
    for name in ("digests", "hosts", "feed_entries", "feeds"):
        op.drop_table(name)
