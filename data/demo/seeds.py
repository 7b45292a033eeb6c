"""Where communes are born: towns placed by hand, the other bourgs drawn, denser around towns."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from data.demo.hazard import stream
from data.demo.relief import Bruit


@dataclass(frozen=True, slots=True)
class Ville:
    """A town: place in km, head start of its territory in km, reach of its suburbs in km, weight in inhabitants."""

    x: float
    y: float
    avance_km: float
    banlieue_km: float
    habitants: int


VILLES = (
    Ville(38.2, 44.8, 3.3, 15.0, 121_000),
    Ville(66.5, 49.8, 1.2, 7.0, 27_000),
    Ville(56.5, 10.5, 1.0, 6.5, 19_000),
    Ville(54.0, 75.0, 0.8, 5.0, 14_000),
    Ville(23.5, 24.0, 0.6, 3.5, 8_200),
    Ville(84.0, 68.0, 0.6, 3.5, 7_400),
)
RAYON_RURAL_KM, RAYON_BANLIEUE_KM = 4.15, 2.1


def place(centres: NDArray[np.float64], candidates: NDArray[np.int64]) -> list[int]:
    """Choose seed cells among candidates: the towns first, then bourgs kept apart by a distance that varies."""
    rng = stream("bourgs")
    chosen = [int(candidates[np.argmin(_distances(centres[candidates], v.x, v.y))]) for v in VILLES]
    apart = _spacing(centres)
    for cell in candidates[rng.permutation(len(candidates))]:
        x, y = centres[cell]
        if (_distances(centres[chosen], x, y) >= np.maximum(apart[cell], apart[chosen])).all():
            chosen.append(int(cell))
    return chosen


def _spacing(centres: NDArray[np.float64]) -> NDArray[np.float64]:
    spacing = RAYON_RURAL_KM * (1 + 0.28 * Bruit.of("densite", 30, 2).at(centres))
    for ville in VILLES:
        distance = _distances(centres, ville.x, ville.y)
        near = RAYON_BANLIEUE_KM + np.maximum(distance - 0.55 * ville.banlieue_km, 0) * 0.4
        spacing = np.minimum(spacing, np.maximum(near, ville.avance_km + RAYON_BANLIEUE_KM * 0.75 - 0.8 * distance))
    return spacing


def _distances(points: NDArray[np.float64], x: float, y: float) -> NDArray[np.float64]:
    distances: NDArray[np.float64] = np.hypot(points[:, 0] - x, points[:, 1] - y)
    return distances
