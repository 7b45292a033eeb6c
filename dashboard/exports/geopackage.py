"""Snapshots as a GeoPackage: territories and places of the view, and a table of what the file must say."""

import sqlite3
import tempfile
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

import geopandas as gpd
import shapely
from shapely import Point

from dashboard.exports.snapshot import Instantane
from data.errors import ExportError
from layers.kit.table import Tableau
from layers.renderers.meshes import mesh_frame

TABLE = "atlas_ctg"
_CRS = "EPSG:4326"
_RESERVES = frozenset({"fid", "geom"})
_ECHEC = "Le GeoPackage n'a pas pu être fait\u202f: le dossier temporaire est plein ou protégé en écriture."


def gpkg(instantane: Instantane) -> bytes:
    """Write the layers `territoires` and `lieux` (EPSG:4326) and the attribute table `atlas_ctg`.

    Raises: ExportError where the temporary folder cannot hold it.
    """
    try:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "vue.gpkg"
            _layer(path, "territoires", instantane.territoires, _areas(instantane))
            places = instantane.lieux
            _layer(path, "lieux", places, [Point(*row[-2:]) for row in places.rows], append=True)
            _words(path, instantane)
            return path.read_bytes()
    except (OSError, sqlite3.Error, RuntimeError) as error:  # GDAL's own errors are RuntimeErrors
        raise ExportError(_ECHEC) from error


def _areas(instantane: Instantane) -> list[Any]:
    mesh = mesh_frame(instantane.frames, instantane.vue.maille)
    shapes = dict(zip(mesh["code"], mesh.geometry, strict=True))
    found = (shapes[row[0]] for row in instantane.territoires.rows)
    return [None if s is None or s.is_empty else shapely.multipolygons([*shapely.get_parts(s)]) for s in found]


def _layer(path: Path, name: str, table: Tableau, shapes: list[Any], *, append: bool = False) -> None:
    columns = {
        f"{c.id}_" if c.id in _RESERVES else c.id: [row[rank] for row in table.rows]
        for rank, c in enumerate(table.columns)
    }
    frame = gpd.GeoDataFrame(columns, geometry=shapes, crs=_CRS)
    for column in table.columns:
        if not column.nombre and column.id in frame:
            frame[column.id] = frame[column.id].astype("str")
        elif column.nombre:
            frame[column.id] = frame[column.id].astype("float64")
    kind = "Point" if name == "lieux" else "MultiPolygon"
    frame.to_file(path, layer=name, driver="GPKG", engine="pyogrio", geometry_type=kind, mode="a" if append else "w")


def _words(path: Path, instantane: Instantane) -> None:
    """Add what the file must say of itself as a table without geometry, in the order in which it is read."""
    cartouche = instantane.cartouche
    rows = [("titre", cartouche.titre), ("mention", cartouche.mention), ("phrase", cartouche.phrase)]
    rows += [("filtres", cartouche.filtres), ("identite", "")]
    rows += [(note.titre, paragraph) for note in cartouche.notes for paragraph in note.paragraphes]
    rows += [(f"colonne {c.id}", c.libelle) for c in instantane.territoires.columns]
    base = sqlite3.connect(path)
    try:
        base.execute(f"CREATE TABLE {TABLE} (id INTEGER PRIMARY KEY AUTOINCREMENT, cle TEXT, valeur TEXT)")
        base.executemany(f"INSERT INTO {TABLE} (cle, valeur) VALUES (?, ?)", [(k, _plain(v)) for k, v in rows])
        base.execute(
            "INSERT INTO gpkg_contents (table_name, data_type, identifier) VALUES (?, 'attributes', ?)",
            (TABLE, "Ce que dit l'instantané"),
        )
        instant = datetime.combine(instantane.jour, time(), UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
        base.execute("UPDATE gpkg_contents SET last_change = ?", (instant,))
        base.commit()
    finally:
        base.close()


def _plain(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")
