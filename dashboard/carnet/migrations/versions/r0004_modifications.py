"""Versions of the register that were accepted."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Create the table of the changes accepted."""
    op.create_table(
        "modification",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("ecrit", sa.DateTime, nullable=False),
        sa.Column("fonction", sa.Text, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("avant", sa.Text, nullable=False),
        sa.Column("apres", sa.Text, nullable=False),
        sa.Column("changements", sa.Text, nullable=False),
    )
