"""Possible overlaps that were examined."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Create the table of what was said of each case."""
    op.create_table(
        "examen",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("cle", sa.Text, nullable=False, index=True),
        sa.Column("jour", sa.Date, nullable=False),
        sa.Column("fonction", sa.Text, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("ecrit", sa.DateTime, nullable=False),
    )
