"""The lie of the land: outline, estuary, islands; a local plane in km, x east and y north."""

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from data.demo.hazard import stream

LARGEUR_KM, HAUTEUR_KM = 104.0, 92.0

# West, north and south are coast; the east side, from the last points, is a border with a neighbour.
CONTOUR = (
    (90, 84),
    (81, 86),
    (72, 80),
    (62, 84),
    (53, 77),
    (44, 80),
    (35, 75),
    (27, 79),
    (19, 73),
    (18, 66),
    (11, 62),
    (15, 56),
    (21, 51),
    (22, 46),
    (14, 41),
    (20, 35),
    (11, 31),
    (9, 23),
    (15, 17),
    (22, 19),
    (26, 13),
    (24, 6),
    (33, 3),
    (40, 9),
    (48, 12),
    (55, 6),
    (64, 9),
    (72, 4),
    (77, 12),
    (84, 18),
    (82, 30),
    (90, 37),
    (96, 47),
    (91, 58),
    (97, 68),
    (92, 76),
)
FLEUVE = ((6, 41), (14, 41.5), (22, 42), (30, 45), (37, 44), (45, 48), (54, 45), (63, 50), (74, 47), (84, 52), (98, 49))
AFFLUENT = ((37, 44), (41, 37), (39, 29), (45, 22), (51, 20), (60, 22))
ESTUAIRE_KM = (6.0, 41.5, 5.0)  # from x, to x, half width at the mouth
ILES = ((6.0, 50.5, 5.2, 3.3), (6.5, 13.5, 2.5, 1.8), (38, 87, 2.3, 1.7), (13.5, 82.5, 1.9, 1.5), (44, 2.6, 1.9, 1.3))


@dataclass(frozen=True)
class Bruit:
    """Smooth noise as a sum of sines; values roughly in [-1, 1]."""

    directions: NDArray[np.float64]
    phases: NDArray[np.float64]
    poids: NDArray[np.float64]

    @classmethod
    def of(cls, subject: str, longueur_km: float, octaves: int = 4) -> "Bruit":
        """Build a noise whose largest features measure `longueur_km`."""
        rng = stream(subject)
        angles = rng.random(octaves * 3) * 2 * np.pi
        rangs = np.repeat(np.arange(octaves), 3)
        frequences = 2 * np.pi / longueur_km * 2.03**rangs * (0.8 + 0.4 * rng.random(octaves * 3))
        directions = np.stack([np.cos(angles), np.sin(angles)]) * frequences
        return cls(directions, rng.random(octaves * 3) * 2 * np.pi, 0.55**rangs / 3)

    def at(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the noise at points of shape (n, 2), in km."""
        valeurs: NDArray[np.float64] = np.sin(points @ self.directions + self.phases) @ self.poids
        return valeurs


def is_land(points: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Tell which points of shape (n, 2) stand on our land: mainland but for the estuary, or an island."""
    warp = np.stack([Bruit.of("cote-x", 15).at(points), Bruit.of("cote-y", 15).at(points)], axis=1)
    calme = np.clip((LARGEUR_KM - 8 - points[:, 0]) / 14, 0.25, 1)[:, None]  # a border wanders less than a coast
    ecarts = points + 3.0 * warp * calme
    terre = shapely.contains_xy(shapely.Polygon(CONTOUR), ecarts[:, 0], ecarts[:, 1])
    for x, y, rx, ry in ILES:
        terre |= ((points[:, 0] - x) / rx) ** 2 + ((points[:, 1] - y) / ry) ** 2 < 1 + 0.45 * Bruit.of("iles", 4).at(
            points
        )
    return terre & ~_in_estuary(points)


def _in_estuary(points: NDArray[np.float64]) -> NDArray[np.bool_]:
    x0, x1, demi = ESTUAIRE_KM
    distances = shapely.distance(shapely.LineString(FLEUVE), shapely.points(points))
    reste = np.clip((x1 - points[:, 0]) / (x1 - x0), 0, 1)
    dans: NDArray[np.bool_] = distances < demi * reste**1.15 * (1 + 0.3 * Bruit.of("estuaire", 6).at(points))
    return dans
