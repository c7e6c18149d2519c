"""Reviews of single rows of a record, and the reader's own records of the reports that have any."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "reviews",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column(
            "kind", sa.Text(), nullable=False, comment="attribution, provision, or report: the record as a whole"
        ),
        sa.Column("at_start", sa.Integer(), nullable=False, comment="of the cue or the evidence, as the reader had it"),
        sa.Column("at_end", sa.Integer(), nullable=False),
        sa.Column("at_area", sa.Text(), nullable=False, comment="the provision's, as the reader had it; else empty"),
        sa.Column("words", sa.Text(), nullable=False, comment="what stood there"),
        sa.Column("verdict", sa.Text(), nullable=False, comment="accept, reject, correct, add"),
        sa.Column("cells", sa.JSON(), nullable=False, comment="what was corrected or added; spans as [start, end]"),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("made", sa.DateTime(), nullable=False, comment="UTC"),
        sa.Column("undone", sa.DateTime(), nullable=True, comment="UTC; an undone review has no effect"),
        sa.Column("undone_by", sa.Text(), nullable=True),
        sa.CheckConstraint("verdict IN ('accept', 'reject', 'correct', 'add')", name=op.f("ck_reviews_verdict")),
        sa.CheckConstraint("kind IN ('attribution', 'provision', 'report')", name=op.f("ck_reviews_kind")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reviews")),
        comment="What persons say of single rows of records; never deleted, only undone.",
    )
    op.create_index("ix_reviews_report", "reviews", ["report", "id"], unique=False)
    op.create_table(
        "originals",
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("record", sa.JSON(), nullable=False, comment="as docs/data-model.md has it"),
        sa.ForeignKeyConstraint(["report"], ["reports.id"], name=op.f("fk_originals_report"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("report", name=op.f("pk_originals")),
        comment="What the reader itself found in reports that were reviewed; the other tables hold it with the reviews "
        "applied.",
    )
    for table in ("attributions", "provisions"):
        op.create_index(f"ix_{table}_confidence", table, ["confidence", "report", "id"], unique=False)


def downgrade() -> None:
    for table in ("attributions", "provisions"):
        op.drop_index(f"ix_{table}_confidence", table)
    op.drop_table("originals")
    op.drop_table("reviews")
