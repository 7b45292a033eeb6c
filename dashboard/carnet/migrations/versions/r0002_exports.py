"""The log of exports."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Create the table of the files that left the atlas."""
    op.create_table(
        "export",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("instant", sa.DateTime, nullable=False),
        sa.Column("qui", sa.Text, nullable=False),
        sa.Column("media", sa.Text, nullable=False),
        sa.Column("adresse", sa.Text, nullable=False),
        sa.Column("edition", sa.Text, nullable=False),
        sa.Column("jeu", sa.Text, nullable=False),
        sa.Column("version", sa.Text, nullable=False),
        sa.Column("programme", sa.Text, nullable=False),
        sa.Column("empreinte", sa.Text, nullable=False, index=True),
        sa.Column("octets", sa.Integer, nullable=False),
    )
