"""What makes merging quick after a judgement: the scores that are known, and of which reports a person judged."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "merge_scores",
        sa.Column("component", sa.Text(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("component", name=op.f("pk_merge_scores")),
        comment="How much speaks for the pairs of dealings of a component; for the program.",
    )
    op.create_table(
        "judged_reports",
        sa.Column("report", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("report", name=op.f("pk_judged_reports")),
        comment="Of which reports a person judged something since the last merge; for the program.",
    )


def downgrade() -> None:
    op.drop_table("judged_reports")
    op.drop_table("merge_scores")
