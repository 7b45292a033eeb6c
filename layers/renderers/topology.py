"""The outlines of a dataset as arcs shared by neighbours: half the weight, borders drawn once, any union for nothing.

`assets/maillage.js` decodes what this encodes.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import Any

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

Entiers = NDArray[np.int64]

FIN, GROS = 100_000, 10_000
"""Coordinates travel as integers: so many in a degree, about one metre or ten."""
SOMMETS_FINS = 150_000
SOMMETS_MAX = 450_000
PAS_DE_SIMPLIFICATION = 0.0005
PART_EN_DEFAUT = 0.1
_LARGEUR = 1 << 32


@dataclass(frozen=True, eq=False)
class Anneaux:
    """Rings of some areas: whole coordinates (n × 2), where each ring starts, and the area it belongs to.

    A ring holds its first point once; the inside stands on the left of an outer ring, on the right of a hole.
    """

    points: Entiers
    debut: Entiers
    territoire: Entiers


def shares_borders(shapes: gpd.GeoSeries) -> bool:
    """Tell whether neighbours have the same points along their borders, a few seams between sources apart."""
    faults = shapely.coverage_invalid_edges(shapes.to_numpy())
    wrong = ~(shapely.is_missing(faults) | shapely.is_empty(faults))
    return bool(wrong.mean() <= PART_EN_DEFAUT) if len(wrong) else True


def encode(shapes: gpd.GeoSeries) -> dict[str, Any]:
    """Encode areas (EPSG:4326) as arcs: `pas` integers a degree, `arcs` delta-coded and flat, `tailles` in points.

    `anneaux` tells the arcs of each ring as `_told`; `nombres` is how many arcs each ring has, `territoires` how many
    rings each area has.
    """
    fin = shapely.get_num_coordinates(shapes.to_numpy()).sum() <= SOMMETS_FINS
    rings = _rings(shapes, FIN if fin else GROS)
    points, sizes, named, counts = _arcs(rings)
    points, sizes = _lighter(points, sizes, FIN if fin else GROS)
    steps = np.diff(points, axis=0, prepend=0)
    firsts = np.cumsum(sizes) - sizes
    steps[firsts] = points[firsts]
    return {
        "pas": FIN if fin else GROS,
        "arcs": steps.ravel().tolist(),
        "tailles": sizes.tolist(),
        "anneaux": list(_told(named)),
        "nombres": counts,
        "territoires": np.bincount(rings.territoire, minlength=len(shapes)).tolist(),
    }


def _rings(shapes: gpd.GeoSeries, pas: int) -> Anneaux:
    parts, owner = shapely.get_parts(shapely.orient_polygons(shapes.to_numpy()), return_index=True)
    flat = shapely.get_type_id(parts) == shapely.GeometryType.POLYGON
    rings, part = shapely.get_rings(parts[flat], return_index=True)
    coordinates, ring = shapely.get_coordinates(rings, return_index=True)
    points = np.rint(coordinates * pas).astype(np.int64)
    kept = np.zeros(len(ring), dtype=bool)
    kept[:-1] = (ring[1:] == ring[:-1]) & np.any(points[1:] != points[:-1], axis=1)  # the last is the first again
    enough = np.bincount(ring[kept], minlength=len(rings)) >= 3
    kept &= enough[ring]
    sizes = np.bincount(ring[kept], minlength=len(rings))[enough]
    return Anneaux(points[kept], np.concatenate([[0], np.cumsum(sizes)]), owner[flat][part[enough]])


def _arcs(rings: Anneaux) -> tuple[Entiers, Entiers, list[int], list[int]]:
    """Cut rings where neighbours part: points of all arcs, each arc once, sizes of arcs, arcs of every ring."""
    _, place = np.unique(rings.points[:, 0] * _LARGEUR + rings.points[:, 1], return_inverse=True)
    points, nodes = np.zeros((place.max(initial=-1) + 1, 2), np.int64), place.tolist()
    points[place] = rings.points
    junction = _junctions(place, rings.debut).tolist()
    known: dict[tuple[int, ...], int] = {}
    named: list[int] = []
    counts: list[int] = []
    for start, end in pairwise(rings.debut.tolist()):
        before = len(named)
        for way in _cut(nodes[start:end], junction[start:end]):
            forward = way[0] < way[-1] or (way[0] == way[-1] and way[1] <= way[-2])
            rank = known.setdefault(tuple(way if forward else reversed(way)), len(known) + 1)
            named.append(rank if forward else -rank)
        counts.append(len(named) - before)
    sizes = np.fromiter(map(len, known), np.int64, len(known))
    flat = np.fromiter(chain.from_iterable(known), np.int64, int(sizes.sum()))
    return points[flat], sizes, named, counts


def _told(named: list[int]) -> Iterator[int]:
    """Tell arcs by how far back they came first: 0 for the next new one, less than 0 (-1 - n) when run backwards."""
    known = 0
    for rank in named:
        back = max(0, known - abs(rank) + 1)
        known = max(known, abs(rank))
        yield back if rank > 0 else -1 - back


def _cut(ring: list[int], junction: list[bool]) -> Iterator[list[int]]:
    """Cut one ring at its junctions; an island, or the hole that holds one, is cut at its least point."""
    ends = [rank for rank, here in enumerate(junction) if here] or [ring.index(min(ring))]
    turned = ring[ends[0] :] + ring[: ends[0] + 1]
    stops = [end - ends[0] for end in ends]
    for a, b in pairwise([*stops, len(ring)]):
        yield turned[a : b + 1]


def _junctions(place: NDArray[np.intp], starts: Entiers) -> NDArray[np.bool_]:
    """Tell the points where a ring has not the same two neighbours as another ring that passes there."""
    if not len(place):
        return np.zeros(0, dtype=bool)
    after, before = np.roll(place, -1), np.roll(place, 1)
    after[starts[1:] - 1], before[starts[:-1]] = place[starts[:-1]], place[starts[1:] - 1]
    pair = np.minimum(before, after) * _LARGEUR + np.maximum(before, after)
    least, most = np.full(place.max() + 1, np.iinfo(np.int64).max), np.full(place.max() + 1, -1)
    np.minimum.at(least, place, pair)
    np.maximum.at(most, place, pair)
    different: NDArray[np.bool_] = (least != most)[place]
    return different


def _lighter(points: Entiers, sizes: Entiers, pas: int) -> tuple[Entiers, Entiers]:
    """Take points from arcs until a browser can draw them all; neighbours keep the same border."""
    tolerance = PAS_DE_SIMPLIFICATION * pas
    while len(points) > SOMMETS_MAX:
        lines = shapely.linestrings(points, indices=np.repeat(np.arange(len(sizes)), sizes))
        simpler = shapely.simplify(lines, tolerance, preserve_topology=False)
        points = np.rint(shapely.get_coordinates(simpler)).astype(np.int64)
        sizes = np.asarray(shapely.get_num_coordinates(simpler), dtype=np.int64)
        tolerance *= 2
    return points, sizes
