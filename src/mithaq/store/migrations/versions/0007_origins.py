"""What each report was made of: the format, the bytes, the file and the place in it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_COLUMNS = {
    "format": "what read it: a format of docs/inputs.md; null if added by an earlier mithaq",
    "sha256": "SHA-256 of the bytes it was made of (line, row, page or file), hexadecimal",
    "file": "the input, as it was given",
    "place": "where in the file: line, row, member, address; empty for the whole file",
}


def upgrade() -> None:
    for table in ("reports", "versions"):
        for name, comment in _COLUMNS.items():
            op.add_column(table, sa.Column(name, sa.Text(), nullable=True, comment=comment))


def downgrade() -> None:
    for table in ("reports", "versions"):
        for name in _COLUMNS:
            op.drop_column(table, name)
