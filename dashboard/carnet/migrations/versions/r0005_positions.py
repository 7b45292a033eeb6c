"""Where each projected séance stands."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Create the table of the positions."""
    op.create_table(
        "position",
        sa.Column("seance_id", sa.Text, sa.ForeignKey("seance.id"), primary_key=True),
        sa.Column("tour", sa.Integer, nullable=False),
        sa.Column("origine", sa.Text, nullable=False),
        sa.Column("etat", sa.Text, nullable=False),
        sa.Column("ecrit", sa.DateTime, nullable=False),
    )
