"""What the live map holds of a dataset, sent once: arcs of the communes, and which communes make each territory."""

from typing import Any

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from data.frames import Frames
from data.measures import territories
from data.model import MAILLES_CARTE, Maille
from layers.renderers.encoding import polygons
from layers.renderers.meshes import mesh_frame
from layers.renderers.topology import encode, shares_borders

_DECIMALES = 4


def ground(frames: Frames) -> dict[str, Any]:
    """Encode the geometry and the territories of every maille of the map.

    `membres` gives the territory of each commune by rank, -1 for none; `bords` the outlines of the coarser mailles
    where neighbours do not share their borders, so that they cannot be told from the arcs.
    """
    shapes = frames.communes.geometry
    inner, shared = _inner_points(shapes), shares_borders(shapes)
    mailles = {m.value: _territories(frames, m, inner) for m in MAILLES_CARTE}
    coarse = () if shared else (Maille.EPCI, Maille.DEPARTEMENT)
    return {
        "geometrie": encode(shapes),
        "mailles": mailles,
        "bords": {m.value: polygons(mesh_frame(frames, m)["geometry"]) for m in coarse},
    }


def _territories(frames: Frames, maille: Maille, inner: NDArray[np.float64]) -> dict[str, Any]:
    groups = territories.groups(frames, maille)
    whole: dict[str, Any] = {
        "codes": groups.codes,
        "noms": [frames.noms.get(c, c) for c in groups.codes],
        "poids": groups.sums(frames.communes["population"].to_numpy(dtype=np.float64)).astype(int).tolist(),
    }
    if maille is Maille.COMMUNE:
        return whole | {"centres": inner.tolist()}
    return whole | {"centres": inner[_middle(groups, inner)].tolist(), "membres": groups.rang.tolist()}


def _inner_points(shapes: gpd.GeoSeries) -> NDArray[np.float64]:
    """Return a point inside each commune (longitude, latitude), 0, 0 for one without outline, which is not drawn."""
    inner = shapely.point_on_surface(shapes.to_numpy())
    inner[shapely.is_empty(inner)] = None
    known = np.nan_to_num(np.column_stack([shapely.get_x(inner), shapely.get_y(inner)]))
    rounded: NDArray[np.float64] = np.round(known, _DECIMALES)
    return rounded


def _middle(groups: territories.Groupes, inner: NDArray[np.float64]) -> NDArray[np.intp]:
    """Return, for each territory, the rank of the commune nearest to the middle of its communes."""
    drawn = (groups.rang >= 0) & inner.any(axis=1)
    size = np.maximum(groups.sums(drawn), 1)
    centre = np.column_stack([groups.sums(np.where(drawn, inner[:, axis], 0.0)) / size for axis in (0, 1)])
    away = np.where(drawn, np.hypot(*(inner - centre[groups.rang]).T), np.inf)
    order = np.lexsort((away, groups.rang))
    _, first = np.unique(groups.rang[order], return_index=True)
    nearest: NDArray[np.intp] = order[first]
    return nearest[len(nearest) - len(groups.codes) :]
