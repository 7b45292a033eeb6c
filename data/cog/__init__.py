"""Commune vintages: any table, any outline, from the map of one 1 January to that of another (1990 to now)."""

from data.cog.columns import Colonnes, Converted, Raison, Rapport
from data.cog.contours import Dissolved, dissolve
from data.cog.conversion import convert
from data.cog.files import CogFiles, locate
from data.cog.history import CommuneHistory, NaturePassage, Passage
from data.cog.timeline import PREMIERE_ANNEE
from data.cog.vintage import Millesime, guess

__all__ = [
    "PREMIERE_ANNEE",
    "CogFiles",
    "Colonnes",
    "CommuneHistory",
    "Converted",
    "Dissolved",
    "Millesime",
    "NaturePassage",
    "Passage",
    "Raison",
    "Rapport",
    "convert",
    "dissolve",
    "guess",
    "locate",
]
