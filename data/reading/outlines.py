"""Vector files: any declared CRS turned to EPSG:4326 by hand, every outline valid."""

import warnings
from contextlib import suppress
from pathlib import Path

import geopandas as gpd
import numpy as np
import pyogrio
import shapely
from pyproj.exceptions import ProjError

from data.reading.encoding import POINTEUR_LFS, decode, is_lfs_pointer
from data.reading.ledger import Ledger, Lieu, avertissement, erreur

EXTENSIONS = (".geojson", ".json", ".gpkg", ".parquet", ".shp")
_WGS84 = "EPSG:4326"
_EPAISSEUR = 1e-4
"""Degrees, about ten metres."""

_ILLISIBLE = erreur(
    "Le fichier des contours ne s'ouvre pas.",
    "Réexportez-le en GeoJSON (EPSG:4326), GeoPackage, GeoParquet ou Shapefile complet (.shp, .shx, .dbf, .prj).",
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
    try:
        entites = _read(chemin, ledger)
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, OSError, ValueError):
        entites = None
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


def _read(chemin: Path, ledger: Ledger) -> gpd.GeoDataFrame | None:
    with chemin.open("rb") as flux:
        if is_lfs_pointer(flux.read(64)):
            ledger.note(POINTEUR_LFS, Lieu(chemin.name), 1)
            return None
    match chemin.suffix.lower():
        case ".parquet":
            return gpd.read_parquet(chemin)
        case ".geojson" | ".json":
            texte = decode(chemin.read_bytes(), chemin.name, ledger)
            return None if texte is None else _read_ogr(texte.encode())
        case ".shp":
            return _read_ogr(chemin, encoding=_dbf_encoding(chemin))
        case _:
            couches = [str(couche) for couche in pyogrio.list_layers(chemin)[:, 0]]
            couche = next((couche for couche in couches if couche.casefold() == chemin.stem.casefold()), couches[0])
            return _read_ogr(chemin, layer=couche)


def _dbf_encoding(chemin: Path) -> str | None:
    """Return the encoding of a shapefile's texts: None where a .cpg says it, else what its rows allow."""
    table = chemin.with_suffix(".dbf")
    if chemin.with_suffix(".cpg").exists() or not table.exists():
        return None
    try:
        octets = table.read_bytes()
        octets[int.from_bytes(octets[8:10], "little") :].decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _read_ogr(source: Path | bytes, **options: str | None) -> gpd.GeoDataFrame:
    with warnings.catch_warnings():
        # What GDAL tolerates is said by our own findings, in French.
        warnings.simplefilter("ignore")
        return pyogrio.read_dataframe(source, on_invalid="fix", **options)


def _in_degrees(entites: gpd.GeoDataFrame, lieu: Lieu, ledger: Ledger) -> gpd.GeoDataFrame | None:
    degres = _looks_like_degrees(entites)
    if entites.crs is None and degres:
        ledger.note(_SANS_CRS, lieu)
        return entites.set_crs(_WGS84)
    if entites.crs is not None and (degres or not entites.crs.is_geographic):
        with suppress(ProjError):
            turned = entites.to_crs(_WGS84)
            if _looks_like_degrees(turned):
                return turned
    ledger.note(_CRS_FAUX, lieu)
    return None


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
    if forme is None or shapely.is_empty(forme):
        return shapely.Polygon()
    parties = [partie for partie in shapely.get_parts(forme) if partie.geom_type in ("Polygon", "MultiPolygon")]
    return shapely.union_all(parties) if parties else forme
