"""Grow communes over the mesh: every land cell joins the bourg it reaches at least cost."""

import heapq
from collections import Counter

import numpy as np
import shapely
from numpy.typing import NDArray

from data.demo.hazard import stream
from data.demo.mesh import Mesh
from data.demo.relief import AFFLUENT, FLEUVE, is_land
from data.demo.seeds import VILLES, place

MER = -1
ILOT_CELLULES, ILE_CELLULES = 3, 40


def grow(mesh: Mesh) -> tuple[NDArray[np.int64], list[int]]:
    """Return the commune of each cell (`MER` at sea) and the seed cell of each commune, communes from 0."""
    voisins = mesh.neighbours()
    parts = components(is_land(mesh.centres), voisins)
    terre = np.zeros(len(mesh.centres), bool)
    for part in parts:
        terre[part] = len(part) >= ILOT_CELLULES
    for lac in components(~terre, voisins)[1:]:
        terre[lac] = True
    parts = components(terre, voisins)
    seeds = place(mesh.centres, np.array(sorted(parts[0])))
    seeds += [_middle(mesh, part) for part in parts[1:] if len(part) < ILE_CELLULES]
    for part in parts[1:]:
        if len(part) >= ILE_CELLULES:
            seeds += place_island(mesh, part)
    return _spread(mesh, terre, seeds), seeds


def components(inside: NDArray[np.bool_], voisins: list[list[int]]) -> list[list[int]]:
    """Return the connected parts of a set of cells, largest first."""
    seen = ~inside
    parts = []
    for start in np.flatnonzero(inside).tolist():
        if seen[start]:
            continue
        part, waiting = [], [start]
        seen[start] = True
        while waiting:
            cell = waiting.pop()
            part.append(cell)
            for voisin in voisins[cell]:
                if not seen[voisin]:
                    seen[voisin] = True
                    waiting.append(voisin)
        parts.append(part)
    return sorted(parts, key=lambda part: (-len(part), part[0]))


def place_island(mesh: Mesh, part: list[int]) -> list[int]:
    """Share a large island between bourgs about 4 km apart."""
    rng = stream("grande-ile")
    chosen: list[int] = []
    for cell in np.array(sorted(part))[rng.permutation(len(part))].tolist():
        ecarts = mesh.centres[chosen] - mesh.centres[cell]
        if not chosen or np.hypot(ecarts[:, 0], ecarts[:, 1]).min() > 3.1:
            chosen.append(cell)
    return chosen


def _middle(mesh: Mesh, part: list[int]) -> int:
    ecarts = mesh.centres[part] - mesh.centres[part].mean(axis=0)
    return part[int(np.argmin(np.hypot(ecarts[:, 0], ecarts[:, 1])))]


def _spread(mesh: Mesh, terre: NDArray[np.bool_], seeds: list[int]) -> NDArray[np.int64]:
    costs = _costs(mesh)
    commune = np.full(len(mesh.centres), MER)
    waiting = [(-VILLES[i].avance_km if i < len(VILLES) else 0.0, cell, i) for i, cell in enumerate(seeds)]
    heapq.heapify(waiting)
    while waiting:
        cost, cell, i = heapq.heappop(waiting)
        if commune[cell] != MER:
            continue
        commune[cell] = i
        for voisin, pas in costs[cell]:
            if terre[voisin] and commune[voisin] == MER:
                heapq.heappush(waiting, (cost + pas, voisin, i))
    return commune


def _costs(mesh: Mesh) -> list[list[tuple[int, float]]]:
    """Cost in km of going from cell to cell: length, shaken, and dear across a river so that borders follow it."""
    ends = mesh.centres[mesh.cellules]
    lengths = np.hypot(*(ends[:, 0] - ends[:, 1]).T) * (0.75 + 0.6 * stream("couts").random(len(ends)))
    rivers = shapely.MultiLineString([FLEUVE, AFFLUENT])
    lengths += 3.0 * shapely.intersects(shapely.linestrings(ends), rivers)
    costs: list[list[tuple[int, float]]] = [[] for _ in mesh.centres]
    for (a, b), length in zip(mesh.cellules.tolist(), lengths.tolist(), strict=True):
        costs[a].append((b, length))
        costs[b].append((a, length))
    return costs


def sizes(commune: NDArray[np.int64]) -> Counter[int]:
    """Count the cells of each commune."""
    return Counter(commune[commune != MER].tolist())
