"""Séances, scenes, decisions."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create the tables of the séances."""
    op.create_table(
        "seance",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("titre", sa.Text, nullable=False),
        sa.Column("instance", sa.Text, nullable=False),
        sa.Column("jour", sa.Date),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("creee", sa.DateTime, nullable=False),
        sa.Column("modifiee", sa.DateTime, nullable=False),
        sa.Column("archivee", sa.DateTime),
    )
    op.create_table(
        "scene",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("seance_id", sa.Text, sa.ForeignKey("seance.id"), nullable=False, index=True),
        sa.Column("rang", sa.Integer, nullable=False),
        sa.Column("adresse", sa.Text, nullable=False),
        sa.Column("titre", sa.Text, nullable=False),
        sa.Column("lecture", sa.Text, nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("chiffres", sa.Text, nullable=False),
        sa.Column("notes", sa.Text, nullable=False),
        sa.Column("traits", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("modifiee", sa.DateTime, nullable=False),
        sa.Column("retiree", sa.DateTime),
    )
    op.create_table(
        "decision",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("seance_id", sa.Text, sa.ForeignKey("seance.id"), nullable=False, index=True),
        sa.Column("scene_id", sa.Text, sa.ForeignKey("scene.id"), nullable=False),
        sa.Column("adresse", sa.Text, nullable=False),
        sa.Column("texte", sa.Text, nullable=False),
        sa.Column("charge", sa.Text, nullable=False),
        sa.Column("echeance", sa.Date),
        sa.Column("prise", sa.DateTime, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("modifiee", sa.DateTime, nullable=False),
        sa.Column("retiree", sa.DateTime),
    )
