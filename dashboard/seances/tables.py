"""The tables of the séances, their scenes and the decisions taken; nothing is ever deleted from them."""

from sqlalchemy import Column, Date, DateTime, ForeignKey, Index, Integer, Table, Text

from dashboard.carnet.tables import METADATA

SEANCE = Table(
    "seance",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("titre", Text, nullable=False),
    Column("instance", Text, nullable=False),
    Column("jour", Date),
    Column("version", Integer, nullable=False),
    Column("creee", DateTime, nullable=False),
    Column("modifiee", DateTime, nullable=False),
    Column("archivee", DateTime),
)
SCENE = Table(
    "scene",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("seance_id", Text, ForeignKey("seance.id"), nullable=False),
    Column("rang", Integer, nullable=False),
    Column("adresse", Text, nullable=False),
    Column("titre", Text, nullable=False),
    Column("lecture", Text, nullable=False),
    Column("question", Text, nullable=False),
    Column("chiffres", Text, nullable=False),
    Column("notes", Text, nullable=False),
    Column("traits", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("modifiee", DateTime, nullable=False),
    Column("retiree", DateTime),
    Index("ix_scene_seance_id", "seance_id"),
)
DECISION = Table(
    "decision",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("seance_id", Text, ForeignKey("seance.id"), nullable=False),
    Column("scene_id", Text, ForeignKey("scene.id"), nullable=False),
    Column("adresse", Text, nullable=False),
    Column("texte", Text, nullable=False),
    Column("charge", Text, nullable=False),
    Column("echeance", Date),
    Column("prise", DateTime, nullable=False),
    Column("version", Integer, nullable=False),
    Column("modifiee", DateTime, nullable=False),
    Column("retiree", DateTime),
    Index("ix_decision_seance_id", "seance_id"),
)
POSITION = Table(
    "position",
    METADATA,
    Column("seance_id", Text, ForeignKey("seance.id"), primary_key=True),
    Column("tour", Integer, nullable=False),
    Column("origine", Text, nullable=False),
    Column("etat", Text, nullable=False),
    Column("ecrit", DateTime, nullable=False),
)
"""Where the projection of a séance stands: what its windows follow during a meeting, worth nothing after."""
