"""Snapshots as geography: the territories and places of the view with what the map says of them (RFC 7946)."""

import json
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from dashboard.exports.snapshot import Instantane
from layers.kit.table import Tableau
from layers.renderers.meshes import mesh_frame

DECIMALES = 5  # about one metre


def geojson(instantane: Instantane) -> bytes:
    """Write a FeatureCollection in EPSG:4326; its words stand in the member `atlas_ctg`."""
    cartouche = instantane.cartouche
    content = {
        "type": "FeatureCollection",
        "name": "atlas-ctg",
        "atlas_ctg": {
            "titre": cartouche.titre,
            "mention": cartouche.mention,
            "phrase": cartouche.phrase,
            "filtres": cartouche.filtres,
            "notes": {note.titre: list(note.paragraphes) for note in cartouche.notes},
            "colonnes": {c.id: c.libelle for c in instantane.territoires.columns},
        },
        "features": [*_territories(instantane), *_places(instantane.lieux)],
    }
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.encode("utf-8", "replace")


def _territories(instantane: Instantane) -> list[dict[str, Any]]:
    table = instantane.territoires
    mesh = mesh_frame(instantane.frames, instantane.vue.maille)
    rounded = shapely.set_precision(mesh.geometry.to_numpy(), 10**-DECIMALES)
    shapes = dict(zip(mesh["code"], rounded, strict=True))
    return [_feature(table, row, "territoire", _geometry(shapes[row[0]])) for row in table.rows]


def _geometry(shape: BaseGeometry | None) -> dict[str, Any] | None:
    if shape is None or shape.is_empty:
        return None
    content: dict[str, Any] = json.loads(shapely.to_geojson(shapely.orient_polygons(shape)))
    return content


def _places(table: Tableau) -> list[dict[str, Any]]:
    features = []
    for row in table.rows:
        *_, longitude, latitude = row
        point = {"type": "Point", "coordinates": [longitude, latitude]}
        features.append(_feature(table, row, "lieu", point))
    return features


def _feature(table: Tableau, row: tuple[Any, ...], objet: str, geometry: dict[str, Any] | None) -> dict[str, Any]:
    properties = {c.id: cell for c, cell in zip(table.columns, row, strict=True)}
    return {"type": "Feature", "id": row[0], "properties": {"objet": objet, **properties}, "geometry": geometry}
