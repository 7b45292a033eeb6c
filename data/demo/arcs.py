"""Borders as shared arcs: smoothed once each, so that two neighbours get the very same points."""

from collections import defaultdict

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from data.demo.growth import MER
from data.demo.mesh import Mesh

ORIGINE = (-6.86, 46.12)  # degrees, south-west corner of the plane: open Atlantic, far from any land
KM_PAR_DEGRE = 111.195
DECIMALES = 5


def to_degrees(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Turn km of the plane into longitude and latitude (EPSG:4326), rounded as they are written."""
    lat = ORIGINE[1] + points[:, 1] / KM_PAR_DEGRE
    lon = ORIGINE[0] + points[:, 0] / (KM_PAR_DEGRE * np.cos(np.radians(46.5)))
    return np.stack([lon, lat], axis=1).round(DECIMALES)


def outlines(mesh: Mesh, commune: NDArray[np.int64]) -> list[BaseGeometry]:
    """Return the shape of each commune in degrees; neighbours share every point of their border."""
    lines: dict[int, list[shapely.LineString]] = defaultdict(list)
    for chain, sides in _chains(mesh, commune):
        line = shapely.LineString(to_degrees(_smooth(mesh.sommets[chain])))
        for side in sides:
            if side != MER:
                lines[side].append(line)
    return [shapely.build_area(shapely.MultiLineString(lines[i])) for i in sorted(lines)]


def _chains(mesh: Mesh, commune: NDArray[np.int64]) -> list[tuple[list[int], tuple[int, int]]]:
    """Follow the border edges from node to node; a loop without node starts and ends at its first vertex."""
    sides = {
        (min(a, b), max(a, b)): (int(min(cotes)), int(max(cotes)))
        for (a, b), cotes in zip(mesh.bouts.tolist(), commune[mesh.cellules].tolist(), strict=True)
        if cotes[0] != cotes[1]
    }
    around: dict[int, list[int]] = defaultdict(list)
    for a, b in sides:
        around[a].append(b)
        around[b].append(a)
    nodes = [v for v, ends in around.items() if len(ends) != 2]
    left = set(sides)
    chains = []
    for start in [*nodes, *around]:
        for step in around[start]:
            edge = (min(start, step), max(start, step))
            if edge in left:
                chains.append((_follow(start, step, around, left), sides[edge]))
    return chains


def _follow(start: int, step: int, around: dict[int, list[int]], left: set[tuple[int, int]]) -> list[int]:
    chain = [start, step]
    left.discard((min(start, step), max(start, step)))
    while len(around[chain[-1]]) == 2 and chain[-1] != start:
        a, b = around[chain[-1]]
        following = b if a == chain[-2] else a
        left.discard((min(chain[-1], following), max(chain[-1], following)))
        chain.append(following)
    return chain


def _smooth(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Cut corners once (Chaikin); ends stay. Each cut stays inside one convex cell: no border can cross another."""
    before, after = points[:-1], points[1:]
    cut = np.stack([before * 0.72 + after * 0.28, before * 0.28 + after * 0.72], axis=1).reshape(-1, 2)
    if (points[0] == points[-1]).all():
        return np.vstack([cut, cut[:1]])
    return np.vstack([points[:1], cut[1:-1], points[-1:]])
