"""Full-text search: the search keys of the reports.

SQLite keeps them in an FTS5 table without content (the text stands in ``reports`` already), PostgreSQL in a column.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TSVECTOR

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "search_index",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("checksum", sa.BigInteger(), nullable=False, comment="CRC-32 of the report's search keys"),
        sa.Column(
            "keys",
            TSVECTOR().with_variant(sa.Text(), "sqlite"),
            nullable=True,
            comment="PostgreSQL: the search keys; null on SQLite",
        ),
        sa.ForeignKeyConstraint(["report"], ["reports.id"], name=op.f("fk_search_index_report"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_search_index")),
        sqlite_autoincrement=True,
        comment="What full-text search finds a report by; for the program. SQLite keeps the keys in search_words.",
    )
    op.create_index(op.f("ix_search_index_report"), "search_index", ["report"], unique=True)
    if op.get_bind().dialect.name == "postgresql":
        op.create_index("ix_search_index_keys", "search_index", ["keys"], postgresql_using="gin")
    else:
        # The keys are cut already: letters beyond ASCII, and these, are all that words hold; blanks divide them.
        op.execute(
            "CREATE VIRTUAL TABLE search_words USING fts5"
            """(title, text, content='', tokenize="ascii tokenchars '~.'")"""
        )


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.drop_table("search_words")
    op.drop_table("search_index")
