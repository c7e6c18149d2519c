"""Accounts of the reading room, and who is logged in."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "users",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False, comment="reader, reviewer, admin"),
        sa.Column("password", sa.Text(), nullable=False, comment="Argon2id hash"),
        sa.Column("made", sa.DateTime(), nullable=False, comment="UTC"),
        sa.CheckConstraint("role IN ('reader', 'reviewer', 'admin')", name=op.f("ck_users_role")),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_users")),
        comment="Who may enter the reading room; mithaq user manages them.",
    )
    op.create_table(
        "sessions",
        sa.Column("token", sa.Text(), nullable=False, comment="SHA-256 of what the browser holds, hexadecimal"),
        sa.Column("user", sa.Text(), nullable=False),
        sa.Column("made", sa.DateTime(), nullable=False, comment="UTC"),
        sa.Column("seen", sa.DateTime(), nullable=False, comment="UTC; of the last request, within a minute"),
        sa.ForeignKeyConstraint(["user"], ["users.name"], name=op.f("fk_sessions_user"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("token", name=op.f("pk_sessions")),
        comment="Who is logged in.",
    )
    op.create_index(op.f("ix_sessions_user"), "sessions", ["user"], unique=False)


def downgrade() -> None:
    op.drop_table("sessions")
    op.drop_table("users")
