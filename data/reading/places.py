"""Positions of services and access points, against the outlines of their communes."""

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from data.reading.headers import RawTable
from data.reading.ledger import Ledger, Lieu, Probleme, avertissement

TOLERANCE_KM = 1.0
"""Below this distance a point outside its commune is taken for generalised outlines (FORMATS §1)."""
EGARE_KM = 50.0
"""Beyond this distance from its commune, and outside every commune, a position is taken for a mistake."""
_KM_PAR_DEGRE = 111.32

_MOITIE = avertissement(
    "La position n'a qu'une de ses deux coordonnées\u202f: elle est lue comme vide.", "Donnez latitude et longitude."
)
_PAS_DES_DEGRES = avertissement(
    "La position {lu} n'est pas en degrés\u202f: elle est lue comme vide, la ligne reste dans sa commune.",
    "Donnez latitude et longitude en degrés décimaux (EPSG:4326).",
)
_ECHANGEES = avertissement(
    "Latitude et longitude sont échangées {lu}\u202f: elles sont remises en ordre.",
    "Échangez les deux cellules à la source.",
)
_AILLEURS = avertissement(
    "Le point {lu}\u202f: la ligne et sa position sont gardées telles quelles.",
    "Corrigez le code de la commune ou la position.",
)
_EGARE = avertissement(
    "Le point {lu}\u202f: sa position est lue comme vide, la ligne reste dans sa commune.", "Corrigez la position."
)


@dataclass(frozen=True, slots=True)
class _Points:
    """Complete positions, aligned: line, x (longitude), y (latitude), code and outline of the commune."""

    lignes: np.ndarray
    x: np.ndarray
    y: np.ndarray
    codes: np.ndarray
    contours: np.ndarray

    def of(self, lesquels: np.ndarray) -> "_Points":
        """Return some of the points, by mask."""
        return _Points(*(colonne[lesquels] for colonne in (self.lignes, self.x, self.y, self.codes, self.contours)))

    def turned(self) -> "_Points":
        """Return the points with latitude and longitude exchanged."""
        return _Points(self.lignes, self.y, self.x, self.codes, self.contours)

    def distances_km(self) -> np.ndarray:
        """Distances to the outlines, 0 inside; infinite where the outline is empty."""
        distances = np.zeros(len(self.x))
        for rang in np.flatnonzero(~shapely.intersects_xy(self.contours, self.x, self.y)):
            distances[rang] = _distance_km(self.contours[rang], self.x[rang], self.y[rang])
        return distances


def _distance_km(contour: shapely.Geometry, x: float, y: float) -> float:
    """Measure on a plane tangent at the point: exact enough for what is near, large for what is far."""
    etirement = np.array([np.cos(np.radians(y)), 1.0]) * _KM_PAR_DEGRE
    plan = shapely.transform(contour, lambda sommets: (sommets - [x, y]) * etirement)
    return float(np.nan_to_num(shapely.distance(plan, shapely.Point(0.0, 0.0)), nan=np.inf))


def check_positions(brute: RawTable, typee: pd.DataFrame, communes: gpd.GeoDataFrame, ledger: Ledger) -> pd.DataFrame:
    """Report the positions that are not where their commune is, and return the table with what became of them.

    Swapped coordinates are put right. A position that is not in degrees, or that lies more than 50 km away from
    its commune and outside every other, is emptied. Any other is kept as written.
    """
    placee = typee.copy()
    moities = placee["latitude"].isna() != placee["longitude"].isna()
    _empty(brute, placee, (placee.index[moities], _MOITIE), ledger)
    points = _complete(placee, communes)
    degres = (np.abs(points.y) <= 90) & (np.abs(points.x) <= 180)
    distances = np.where(shapely.is_empty(points.contours), 0.0, points.distances_km())
    echanges = np.zeros(len(distances), dtype=bool)
    loin = (distances > TOLERANCE_KM) | ~degres
    echanges[loin] = points.of(loin).turned().distances_km() <= TOLERANCE_KM
    _swap(brute, placee, points.of(echanges), ledger)
    _empty(brute, placee, (points.lignes[~degres & ~echanges], _PAS_DES_DEGRES), ledger)
    reste = loin & degres & ~echanges
    _report(brute, placee, (points.of(reste), distances[reste], communes), ledger)
    return placee


def _complete(typee: pd.DataFrame, communes: gpd.GeoDataFrame) -> _Points:
    completes = typee[typee["latitude"].notna()]
    contours = communes.set_index("code").geometry.reindex(completes["code_commune"]).to_numpy().copy()
    contours[shapely.is_missing(contours)] = shapely.Polygon()
    x, y = (completes[nom].to_numpy() for nom in ("longitude", "latitude"))
    return _Points(completes.index.to_numpy(), x, y, completes["code_commune"].to_numpy(), contours)


def _written(brute: RawTable, ligne: int) -> str:
    latitude, longitude = brute.texte.loc[ligne, ["latitude", "longitude"]]
    return f"(latitude {latitude}, longitude {longitude})"


def _note(brute: RawTable, probleme: Probleme, ligne: int, lu: str, ledger: Ledger) -> None:
    dit = Probleme(probleme.gravite, probleme.message.replace("{lu}", lu), probleme.remede)
    ledger.note(dit, Lieu(brute.fichier, "latitude"), int(ligne), str(brute.texte.at[ligne, "latitude"]))


def _empty(brute: RawTable, placee: pd.DataFrame, cible: tuple[pd.Index, Probleme], ledger: Ledger) -> None:
    lignes, probleme = cible
    for ligne in lignes:
        _note(brute, probleme, ligne, _written(brute, ligne), ledger)
    placee.loc[lignes, ["latitude", "longitude"]] = np.nan


def _swap(brute: RawTable, placee: pd.DataFrame, points: _Points, ledger: Ledger) -> None:
    for ligne in points.lignes:
        _note(brute, _ECHANGEES, ligne, _written(brute, ligne), ledger)
    placee.loc[points.lignes, "latitude"] = points.x
    placee.loc[points.lignes, "longitude"] = points.y


def _report(
    brute: RawTable,
    placee: pd.DataFrame,
    suspects: tuple[_Points, np.ndarray, gpd.GeoDataFrame],
    ledger: Ledger,
) -> None:
    points, distances, communes = suspects
    rangs, trouvees = communes.sindex.query(shapely.points(points.x, points.y), predicate="intersects")
    ou = dict(zip(rangs.tolist(), trouvees.tolist(), strict=True))
    for rang, ligne in enumerate(points.lignes):
        code, distance = points.codes[rang], _km(distances[rang])
        if rang in ou:
            la = communes.iloc[ou[rang]]
            lu = f"est dans {la['nom']} ({la['code']}), à {distance} de {code} où la ligne le place"
            _note(brute, _AILLEURS, ligne, lu, ledger)
        elif distances[rang] <= EGARE_KM:
            _note(brute, _AILLEURS, ligne, f"est hors du périmètre, à {distance} de sa commune {code}", ledger)
        else:
            lu = f"est hors du périmètre, à plus de {EGARE_KM:.0f}\u00a0km de sa commune {code}"
            _note(brute, _EGARE, ligne, lu, ledger)
            placee.loc[ligne, ["latitude", "longitude"]] = np.nan


def _km(distance: float) -> str:
    return f"{distance:.1f}".replace(".", ",") + "\u00a0km"
