"""The fine mesh: a Voronoi tiling whose small cells are later glued into communes."""

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from data.demo.hazard import stream
from data.demo.relief import HAUTEUR_KM, LARGEUR_KM

PAS_KM = 0.95
CELLULE_KM2 = PAS_KM**2 * 0.866


@dataclass(frozen=True)
class Mesh:
    """Cells by their centre; every edge has its two cells and its two vertices (indices).

    `centres` (n, 2) and `sommets` (m, 2) in km; `cellules` and `bouts` of shape (edges, 2).
    """

    centres: NDArray[np.float64]
    sommets: NDArray[np.float64]
    cellules: NDArray[np.int64]
    bouts: NDArray[np.int64]

    def neighbours(self) -> list[list[int]]:
        """Return the adjacent cells of each cell."""
        voisins: list[list[int]] = [[] for _ in self.centres]
        for a, b in self.cellules:
            voisins[a].append(int(b))
            voisins[b].append(int(a))
        return voisins


def build() -> Mesh:
    """Tile the whole plane with irregular cells about `PAS_KM` wide."""
    centres = _centres()
    polygons = shapely.get_parts(
        shapely.voronoi_polygons(
            shapely.multipoints(centres), extend_to=shapely.box(-9, -9, LARGEUR_KM + 9, HAUTEUR_KM + 9)
        )
    )
    tree = shapely.STRtree(polygons)
    points, faces = tree.query(shapely.points(centres), predicate="within")
    of_cell = dict(zip(points.tolist(), faces.tolist(), strict=True))
    rang: dict[tuple[float, float], int] = {}
    edges: dict[tuple[int, int], list[int]] = {}
    for cell in range(len(centres)):
        ring = shapely.get_coordinates(polygons[of_cell[cell]])[:-1].round(6)
        indices = [rang.setdefault((float(x), float(y)), len(rang)) for x, y in ring]
        for a, b in zip(indices, indices[1:] + indices[:1], strict=True):
            if a != b:
                edges.setdefault((min(a, b), max(a, b)), []).append(cell)
    shared = {bouts: cells for bouts, cells in edges.items() if len(cells) == 2}
    return Mesh(centres, np.array(list(rang)), np.array(list(shared.values())), np.array(list(shared)))


def _centres() -> NDArray[np.float64]:
    """Return a hexagonal grid shaken enough to hide its rows, wide enough to have sea all around."""
    rng = stream("maillage")
    rows = int(HAUTEUR_KM / (PAS_KM * 0.866)) + 1
    columns = int(LARGEUR_KM / PAS_KM) + 1
    y, x = np.mgrid[0:rows, 0:columns].astype(float)
    grid = np.stack([(x + 0.5 * (y % 2)).ravel() * PAS_KM, y.ravel() * PAS_KM * 0.866], axis=1)
    return grid + (rng.random(grid.shape) - 0.5) * PAS_KM * 0.85
