"""Geometry and texts as small JSON for a browser: delta-coded integers, each distinct text once.

`assets/maillage.js` decodes what this encodes.
"""

from collections.abc import Iterable
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import ArrayLike, NDArray
from shapely.geometry.base import BaseGeometry

from data.frames import Frames
from data.model import Maille
from layers.renderers.meshes import mesh_frame

DEGRES_EN_ENTIERS = 100_000  # coordinates travel as integers of 1e-5 degree, about one metre


def mesh_content(frames: Frames, maille: Maille) -> dict[str, Any]:
    """Encode the territories of a maille: codes, names, parents, inner points, rings (EPSG:4326)."""
    mesh = mesh_frame(frames, maille)
    inner = mesh["geometry"].representative_point()
    return {
        "codes": mesh["code"].tolist(),
        "noms": mesh["nom"].tolist(),
        "parents": mesh["parent"].tolist(),
        "poids": mesh["population"].fillna(0).astype(int).tolist(),
        "centres": _integers(np.column_stack([inner.x, inner.y])).tolist(),
        "polygones": polygons(mesh["geometry"]),
    }


def dictionary(texts: Iterable[str]) -> dict[str, Any]:
    """Send each distinct text once: `textes` and, for each territory, its rank in it."""
    ranks, distinct = pd.factorize(np.asarray(list(texts), dtype=object))
    return {"textes": distinct.tolist(), "rangs": ranks.tolist()}


def polygons(geometry: gpd.GeoSeries) -> list[list[list[list[int]]]]:
    """Encode areas: for each, its parts, their rings."""
    return [lines(shape) for shape in geometry]


def lines(shape: BaseGeometry) -> list[list[list[int]]]:
    """Encode one area, whole or in parts: the rings of each part, the outer one first."""
    return [[ring(r) for r in (part.exterior, *part.interiors)] for part in _parts(shape)]


def _integers(coordinates: ArrayLike) -> NDArray[np.int64]:
    known = np.nan_to_num(np.asarray(coordinates))  # a territory without outline has no inner point and is not drawn
    whole: NDArray[np.int64] = np.rint(known * DEGRES_EN_ENTIERS).astype(np.int64)
    return whole


def ring(line: BaseGeometry) -> list[int]:
    """Delta-code a ring or a line: first point absolute, the others relative to the one before, flat."""
    points = _integers(shapely.get_coordinates(line))
    moved = np.concatenate([[True], np.any(np.diff(points, axis=0) != 0, axis=1)])
    steps: list[int] = np.diff(points[moved], axis=0, prepend=[[0, 0]]).ravel().tolist()
    return steps


def _parts(shape: BaseGeometry) -> list[Any]:
    return [p for p in getattr(shape, "geoms", [shape]) if p.geom_type == "Polygon" and not p.is_empty]
