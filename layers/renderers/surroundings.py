"""What a dataset brings to lie around its territories, on paper: areas below everything, lines over the fills."""

from functools import lru_cache

import geopandas as gpd
import numpy as np
import shapely
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PathCollection
from numpy.typing import NDArray

from data.frames import Frames
from layers.renderers.projection import Zone
from layers.renderers.shapes import path_of

_ZONES = {"departements": ("#f7f7f4", "#c3cad1"), "eau": ("#dbe8f2", "none")}
_LIGNES = {"eau": ("#8fb8d8", 0.5), "routes": ("#cdbb9b", 0.45)}
_TOLERANCE_M = 60.0
_CACHED = 16


def areas(axes: Axes, frames: Frames, zone: Zone) -> None:
    """Draw neighbours and stretches of water, below the land of the dataset."""
    for kind, (fill, edge) in _ZONES.items():
        polygons = [p for p in _parts(frames, kind, zone) if p.geom_type == "Polygon"]
        if polygons:
            drawn = PathCollection(
                [path_of(p) for p in polygons], facecolors=fill, edgecolors=edge, linewidths=0.4, zorder=-1
            )
            drawn.set_gid(f"contexte-{kind}")
            axes.add_collection(drawn, autolim=False)


def lines(axes: Axes, frames: Frames, zone: Zone) -> None:
    """Draw rivers and roads, thin and pale, over the fills."""
    for kind, (colour, thickness) in _LIGNES.items():
        segments = [shapely.get_coordinates(p) for p in _parts(frames, kind, zone) if p.geom_type == "LineString"]
        if segments:
            drawn = LineCollection(segments, colors=colour, linewidths=thickness, alpha=0.8, zorder=1.9)
            drawn.set_gid(f"contexte-{kind}-lignes")
            axes.add_collection(drawn, autolim=False)


@lru_cache(maxsize=_CACHED)
def _parts(frames: Frames, kind: str, zone: Zone) -> NDArray[np.object_]:
    """Return the areas and lines of a kind in one zone, in metres, without more detail than paper shows."""
    shapes = frames.contexte.get(kind)
    if shapes is None:
        return np.array([], dtype=object)
    west, south, east, north = zone.value[2]
    inside = gpd.GeoSeries(shapely.clip_by_rect(shapes.to_numpy(), west, south, east, north), crs=shapes.crs)
    metres = inside[~inside.is_empty].to_crs(zone.epsg).to_numpy()
    parts: NDArray[np.object_] = shapely.get_parts(shapely.simplify(metres, _TOLERANCE_M))
    return parts
