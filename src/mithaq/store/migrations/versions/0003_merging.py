"""What merging remembers, so that a few new reports are merged without looking at all the others."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "merged_reports",
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("first", sa.Text(), nullable=False, comment="of its group of near-copies; itself if it is alone"),
        sa.PrimaryKeyConstraint("report", name=op.f("pk_merged_reports")),
        comment="Which reports stand in the ledger; for the program.",
    )
    op.create_index(op.f("ix_merged_reports_first"), "merged_reports", ["first"], unique=False)
    op.create_table(
        "dealings",
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False, comment="of the report's dealings, from 0"),
        sa.Column("component", sa.Text(), nullable=False, comment="what may be joined with one another"),
        sa.Column("agreement", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("report", "number", name=op.f("pk_dealings")),
        comment="What a report tells of the same parties, and where it was put; for the program.",
    )
    op.create_index(op.f("ix_dealings_component"), "dealings", ["component"], unique=False)
    op.create_table(
        "merge_keys",
        sa.Column("key", sa.BigInteger(), nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column(
            "day",
            sa.Integer(),
            nullable=False,
            comment="of the report, or one that it announces something for; 0 if it has none",
        ),
        sa.PrimaryKeyConstraint("key", "report", "day", name=op.f("pk_merge_keys")),
        comment="By what a report is found when others are merged; for the program.",
    )
    op.create_index(op.f("ix_merge_keys_report"), "merge_keys", ["report"], unique=False)
    op.add_column(
        "judgements", sa.Column("agreement", sa.Text(), nullable=True, comment="the machine's: where it judged")
    )
    op.add_column("judgements", sa.Column("reasons", sa.Text(), nullable=True, comment="the machine's"))
    op.create_index(op.f("ix_judgements_agreement"), "judgements", ["agreement"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_judgements_agreement"), "judgements")
    op.drop_column("judgements", "reasons")
    op.drop_column("judgements", "agreement")
    op.drop_table("merge_keys")
    op.drop_table("dealings")
    op.drop_table("merged_reports")
