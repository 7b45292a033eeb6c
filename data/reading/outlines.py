"""Vector files: any declared CRS turned to EPSG:4326 by hand, every outline valid."""

import json
import warnings
from pathlib import Path

import geopandas as gpd
import numpy as np
import pyogrio
import shapely
from pyproj.exceptions import ProjError

from data.reading.ledger import Ledger, Lieu, avertissement, erreur

EXTENSIONS = (".geojson", ".json", ".gpkg", ".parquet", ".shp")
_WGS84 = "EPSG:4326"
_EPAISSEUR = 1e-4
"""Degrees, about ten metres."""

_ILLISIBLE = erreur(
    "Le fichier des contours ne s'ouvre pas.",
    "Réexportez-le en GeoJSON (EPSG:4326), GeoPackage, GeoParquet ou Shapefile complet (.shp, .shx, .dbf, .prj).",
)
_POINTEUR = erreur(
    "Le fichier est un pointeur Git LFS, pas les contours.",
    "Récupérez le vrai fichier («\u00a0git lfs pull\u00a0») et remettez-le dans le dossier.",
)
_SANS_ENTITE = erreur("Le fichier ne contient aucune entité.", "Réexportez-le avec ses contours.")
_SANS_CRS = avertissement(
    "Le fichier ne déclare pas son système de coordonnées\u202f: ce sont des degrés, il est lu en EPSG:4326.",
    "Joignez le fichier .prj, ou réexportez le fichier avec son système de coordonnées.",
)
_CRS_FAUX = erreur(
    "Les coordonnées ne sont pas celles du système que le fichier déclare\u202f: aucun contour n'est lu.",
    "Réexportez le fichier avec son vrai système de coordonnées\u202f: EPSG:4326 (degrés), EPSG:2154 (Lambert-93)….",
)
_REPARE = avertissement(
    "Le contour de {valeur} est invalide (il se recoupe ou se touche lui-même)\u202f: il est réparé.",
    "Réparez-le à la source pour garder la main sur sa forme.",
)
_PLAT = avertissement(
    "Le contour de {valeur} est plat (un trait ou un point)\u202f: il est épaissi de quelques mètres pour être vu.",
    "Donnez-lui son vrai polygone.",
)
_SANS_CONTOUR = avertissement(
    "«\u00a0{valeur}\u00a0» n'a pas de contour lisible\u202f: l'entité figure dans les listes, pas sur la carte.",
    "Donnez-lui un polygone.",
)


def open_outlines(chemin: Path, ledger: Ledger) -> gpd.GeoDataFrame | None:
    """Return the features in EPSG:4326, 2D, indexed by their rank from 1; None where the file cannot be read."""
    lieu = Lieu(chemin.name)
    with chemin.open("rb") as flux:
        if flux.read(34) == b"version https://git-lfs.github.com":
            ledger.note(_POINTEUR, lieu)
            return None
    try:
        entites = gpd.read_parquet(chemin) if chemin.suffix.lower() == ".parquet" else _read_ogr(chemin)
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, OSError, ValueError, json.JSONDecodeError):
        ledger.note(_ILLISIBLE, lieu)
        return None
    if not isinstance(entites, gpd.GeoDataFrame):
        ledger.note(_ILLISIBLE, lieu)
        return None
    if entites.empty:
        ledger.note(_SANS_ENTITE, lieu)
        return None
    # GDAL shows the id that GeoJSON gives to a feature, which is no property, as a column.
    etrangeres = [nom for nom in (entites.geometry.name, "id") if nom in entites]
    proprietes = entites.drop(columns=etrangeres).set_index(np.arange(1, len(entites) + 1))
    plates = gpd.GeoSeries(shapely.force_2d(entites.geometry.to_numpy()), index=proprietes.index, crs=entites.crs)
    return _in_degrees(gpd.GeoDataFrame(proprietes, geometry=plates), lieu, ledger)


def _read_ogr(chemin: Path) -> gpd.GeoDataFrame:
    couches = [str(nom) for nom in pyogrio.list_layers(chemin)[:, 0]]
    couche = next((nom for nom in couches if nom.casefold() == chemin.stem.casefold()), couches[0])
    with warnings.catch_warnings():
        # What GDAL tolerates is said by our own findings, in French.
        warnings.simplefilter("ignore")
        return pyogrio.read_dataframe(chemin, layer=couche, on_invalid="fix")


def _in_degrees(entites: gpd.GeoDataFrame, lieu: Lieu, ledger: Ledger) -> gpd.GeoDataFrame:
    degres = _looks_like_degrees(entites)
    if entites.crs is None and degres:
        ledger.note(_SANS_CRS, lieu)
        return entites.set_crs(_WGS84)
    if entites.crs is not None and (degres or not entites.crs.is_geographic):
        try:
            turned = entites.to_crs(_WGS84)
        except ProjError:
            turned = entites
        if _looks_like_degrees(turned):
            return turned
    ledger.note(_CRS_FAUX, lieu)
    vides = gpd.GeoSeries([shapely.Polygon()] * len(entites), index=entites.index, crs=_WGS84)
    return gpd.GeoDataFrame(entites.drop(columns="geometry"), geometry=vides)


def _looks_like_degrees(entites: gpd.GeoDataFrame) -> bool:
    bornes = entites.total_bounds
    if not np.isfinite(bornes).all():
        return bool(np.isnan(bornes).all())
    return bool(bornes[0] >= -180.01 and bornes[2] <= 180.01 and bornes[1] >= -90.01 and bornes[3] <= 90.01)


def mend(entites: gpd.GeoDataFrame, codes: "list[str]", lieu: Lieu, ledger: Ledger) -> gpd.GeoDataFrame:
    """Make every outline a valid polygon, empty where there is none; `codes` name the features in findings."""
    formes = entites.geometry.to_numpy().copy()
    invalides = ~shapely.is_valid(formes) & ~shapely.is_missing(formes)
    formes[invalides] = shapely.make_valid(formes[invalides])
    autres = ~_is_area(formes)
    formes[autres] = [_polygons(forme) for forme in formes[autres]]
    vides = shapely.is_empty(formes)
    plats = ~vides & ~_is_area(formes)
    formes[plats] = shapely.buffer(formes[plats], _EPAISSEUR)
    rangs = entites.index.to_numpy()
    for probleme, lignes in ((_REPARE, invalides & ~vides & ~plats), (_PLAT, plats), (_SANS_CONTOUR, vides)):
        noms = [codes[position] for position in np.flatnonzero(lignes)]
        ledger.note_lines(probleme, lieu, rangs[lignes].tolist(), noms)
    return entites.set_geometry(gpd.GeoSeries(formes, index=entites.index, crs=entites.crs))


def _is_area(formes: np.ndarray) -> np.ndarray:
    return np.isin(shapely.get_type_id(formes), (3, 6))


def _polygons(forme: shapely.Geometry | None) -> shapely.Geometry:
    """Keep the areas of a collection: lines and points that `make_valid` leaves beside them bound nothing."""
    if forme is None or forme.is_empty:
        return shapely.Polygon()
    parties = [partie for partie in shapely.get_parts(forme) if partie.geom_type in ("Polygon", "MultiPolygon")]
    return shapely.union_all(parties) if parties else forme
