"""What lies around and under the territories: neighbouring départements, water, roads; drawn, never measured."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import geopandas as gpd
import shapely

from data.reading.ledger import Ledger, Lieu, avertissement
from data.reading.outlines import open_outlines

NOMS = ("departements", "eau", "routes")
"""Kinds of context: each is a file `contexte-<kind>` beside the communes."""

_ILLISIBLE = avertissement(
    "Le contexte de la carte ne s'ouvre pas ({valeur})\u202f: la carte s'en passe.",
    "Réexportez-le en GeoJSON (EPSG:4326), ou retirez-le.",
)
_VIDE = avertissement("Le contexte de la carte ne contient ni zone ni ligne\u202f: la carte s'en passe.", "Retirez-le.")


def read_context(chemins: Mapping[str, Path], ledger: Ledger) -> Mapping[str, gpd.GeoSeries]:
    """Read the areas and lines of each kind (EPSG:4326); a file that cannot be read is noted and left out."""
    lus = {nom: _read(chemin, ledger) for nom, chemin in chemins.items()}
    return MappingProxyType({nom: formes for nom, formes in lus.items() if formes is not None})


def _read(chemin: Path, ledger: Ledger) -> gpd.GeoSeries | None:
    faits = Ledger()  # an error in a background refuses no dataset
    entites = open_outlines(chemin, faits)
    if entites is None:
        raisons = " ".join(constat.message for constat in faits.constats)
        ledger.note(_ILLISIBLE, Lieu(chemin.name), None, raisons.rstrip("."))
        return None
    formes = entites.geometry[~entites.geometry.isna()]
    formes = formes.set_axis(range(len(formes)))
    formes[~formes.is_valid] = shapely.make_valid(formes[~formes.is_valid].to_numpy())
    gardees = formes[
        formes.geom_type.isin(["Polygon", "MultiPolygon", "LineString", "MultiLineString"]) & ~formes.is_empty
    ]
    if gardees.empty:
        ledger.note(_VIDE, Lieu(chemin.name))
        return None
    return gardees.reset_index(drop=True)
