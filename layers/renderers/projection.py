"""Territories in metres: the legal projection of each part of France, for media that are measured on paper."""

from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import Any

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import MultiPolygon

from data.frames import Frames
from data.model import Maille
from layers.renderers.meshes import border, mesh_frame

_CACHED = 64
_CENTRE_TOLERANCE_M = 500.0


class Zone(Enum):
    """Part of France with its own projection: EPSG code, name, and box in degrees (west, south, east, north)."""

    METROPOLE = (2154, "Lambert-93", (-10.0, 40.0, 12.0, 52.0))
    ANTILLES = (5490, "RGAF09 UTM 20 Nord", (-64.0, 14.0, -59.0, 19.0))
    GUYANE = (2972, "RGFG95 UTM 22 Nord", (-55.0, 1.0, -50.0, 7.0))
    REUNION = (2975, "RGR92 UTM 40 Sud", (54.0, -22.0, 57.0, -20.0))
    MAYOTTE = (4471, "RGM04 UTM 38 Sud", (44.0, -14.0, 46.0, -11.0))

    @property
    def epsg(self) -> int:
        """EPSG code of the projection, in metres."""
        return self.value[0]

    @property
    def libelle(self) -> str:
        """Name of the projection, as a map prints it."""
        return self.value[1]

    def holds(self, longitude: NDArray[np.float64], latitude: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Tell which points (degrees) lie in this zone."""
        west, south, east, north = self.value[2]
        return (west <= longitude) & (longitude <= east) & (south <= latitude) & (latitude <= north)

    def part_of(self, emprise: tuple[float, ...]) -> tuple[float, ...]:
        """Return what an extent (west, south, east, north in degrees) has in common with this zone, () for nothing."""
        west, south, east, north = self.value[2]
        part = (max(west, emprise[0]), max(south, emprise[1]), min(east, emprise[2]), min(north, emprise[3]))
        return part if part[0] < part[2] and part[1] < part[3] else ()


@dataclass(frozen=True, slots=True, eq=False)
class Formes:
    """Territories of one maille in one zone, in metres: `codes`, polygons, and poles of inaccessibility (n, 2)."""

    codes: tuple[str, ...]
    polygones: NDArray[Any]
    centres: NDArray[np.float64]


@lru_cache(maxsize=_CACHED)
def zones(frames: Frames) -> tuple[Zone, ...]:
    """List the zones that hold communes, the one with most of them first; others than known ones fall in métropole."""
    x, y = _inner(frames.communes.geometry.to_numpy())
    counts = {zone: int(zone.holds(x, y).sum()) for zone in Zone}
    held = sorted((z for z in Zone if counts[z]), key=lambda z: -counts[z])
    return tuple(held) or (Zone.METROPOLE,)


def _of_zone(shapes: NDArray[Any], frames: Frames, zone: Zone) -> NDArray[np.bool_]:
    if len(zones(frames)) == 1:
        return np.ones(len(shapes), dtype=bool)
    return zone.holds(*_inner(shapes))


def _inner(shapes: NDArray[Any]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the x and y of a point inside each shape, NaN for an empty one (a commune that came without outline)."""
    points = shapely.point_on_surface(shapes)
    points[shapely.is_empty(points)] = None
    return shapely.get_x(points), shapely.get_y(points)


def _projected(shapes: NDArray[Any], zone: Zone) -> NDArray[Any]:
    projected: NDArray[Any] = gpd.GeoSeries(shapes, crs=4326).to_crs(zone.epsg).to_numpy()
    return projected


@lru_cache(maxsize=_CACHED)
def formes(frames: Frames, maille: Maille, zone: Zone) -> Formes:
    """Return the territories of a maille that lie in a zone, sorted by code; those without outline are in none."""
    mesh = mesh_frame(frames, maille)
    shapes = mesh.geometry.to_numpy()
    inside = _of_zone(shapes, frames, zone) & ~shapely.is_empty(shapes)
    polygons = _projected(shapes[inside], zone)
    # An outline that touches itself may cross itself once projected; what collapses to a line has no centre.
    areas = shapely.make_valid(polygons, method="structure", keep_collapsed=False)
    circles = shapely.maximum_inscribed_circle(areas, tolerance=_CENTRE_TOLERANCE_M)
    centres = shapely.get_coordinates(shapely.get_point(circles, 0))
    return Formes(tuple(mesh["code"].to_numpy()[inside]), polygons, centres)


@lru_cache(maxsize=_CACHED)
def _boxes(frames: Frames, zone: Zone) -> NDArray[np.float64]:
    return shapely.bounds(formes(frames, Maille.COMMUNE, zone).polygones)


def extent(frames: Frames, zone: Zone, communes: frozenset[str] = frozenset()) -> NDArray[np.float64]:
    """Return west, south, east, north (metres) of some communes of a zone, of all of them where none is given."""
    boxes = _boxes(frames, zone)
    if communes:
        boxes = boxes[[code in communes for code in formes(frames, Maille.COMMUNE, zone).codes]]
    return np.concatenate([boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0)])


def metres(degrees: tuple[float, ...], zone: Zone) -> NDArray[np.float64]:
    """Return west, south, east, north in metres of an extent in degrees; its sides bend once projected."""
    west, south, east, north = degrees
    sides = shapely.segmentize(shapely.box(west, south, east, north), max(east - west, north - south) / 16)
    bounds: NDArray[np.float64] = shapely.bounds(_projected(np.array([sides]), zone)[0])
    return bounds


@lru_cache(maxsize=_CACHED)
def contour(frames: Frames, maille: Maille, codes: tuple[str, ...], zone: Zone) -> MultiPolygon:
    """Return the union of some territories, in metres; empty where none lies in the zone."""
    parts = shapely.get_parts(border(frames, maille, codes))
    parts = parts[shapely.area(parts) > 0]
    return MultiPolygon(list(_projected(parts[_of_zone(parts, frames, zone)], zone)))


@lru_cache(maxsize=_CACHED)
def limites(frames: Frames, maille: Maille, zone: Zone) -> tuple[NDArray[np.float64], ...]:
    """Return the lines between territories, each drawn once (metres): shared borders would else look twice as dark."""
    rings = shapely.get_rings(shapely.get_parts(formes(frames, maille, zone).polygones))
    coordinates, ring = shapely.get_coordinates(rings, return_index=True)
    coordinates = np.round(coordinates, 1)
    same = ring[1:] == ring[:-1]
    ends = np.stack([coordinates[:-1][same], coordinates[1:][same]], axis=1)
    swapped = (ends[:, 0, 0] > ends[:, 1, 0]) | ((ends[:, 0, 0] == ends[:, 1, 0]) & (ends[:, 0, 1] > ends[:, 1, 1]))
    ends[swapped] = ends[swapped][:, ::-1]
    segments = np.unique(ends.reshape(-1, 4), axis=0).reshape(-1, 2, 2)
    if not len(segments):
        return ()
    merged = shapely.line_merge(shapely.multilinestrings(list(segments)))
    return tuple(shapely.get_coordinates(line) for line in shapely.get_parts(merged))


def project_points(longitude: NDArray[np.float64], latitude: NDArray[np.float64], zone: Zone) -> NDArray[np.float64]:
    """Project points from degrees to the metres of a zone: (n, 2)."""
    return shapely.get_coordinates(_projected(np.asarray(shapely.points(longitude, latitude)), zone))
