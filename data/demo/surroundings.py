"""What lies around the département: two neighbours beyond its eastern border, and the river with its tributary."""

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from data.demo.arcs import DECIMALES, to_degrees
from data.demo.relief import AFFLUENT, FLEUVE
from data.demo.territory import Commune

Km = tuple[tuple[float, float], ...]

# From the eastern border to a coast north and south, in km; what the département covers is taken away.
_VOISINS: tuple[tuple[str, Km], ...] = (
    ("Haute-Tauvine (fictif)", ((80, 50), (84, 76), (89, 85), (99, 90), (113, 87), (124, 94), (150, 91), (150, 50))),
    ("Marches-du-Levant (fictif)", ((80, 50), (150, 50), (150, 2), (129, -3), (117, 5), (104, 3), (92, 8), (83, 16))),
)
_AMONT: Km = ((98, 49), (109, 53), (121, 48), (134, 52), (150, 47))
_COURS: tuple[tuple[str, Km], ...] = (("La Sernaie", FLEUVE[:-1] + _AMONT), ("La Tauvine", AFFLUENT))
_ADOUCIS = 3


def neighbours(communes: tuple[Commune, ...]) -> list[tuple[str, BaseGeometry]]:
    """Return the neighbours, name and area in degrees; they share their border with the département."""
    ici = shapely.union_all([c.forme for c in communes])
    zones = []
    for nom, coins in _VOISINS:
        bord = _smooth(np.array([*coins, coins[0]], dtype=float))
        reste = shapely.difference(shapely.Polygon(to_degrees(bord)), ici)
        zones.append((nom, shapely.set_precision(max(shapely.get_parts(reste), key=shapely.area), 10**-DECIMALES)))
    return zones


def rivers(terre: BaseGeometry) -> list[tuple[str, BaseGeometry]]:
    """Return the watercourses, name and line in degrees, where there is land."""
    cours = [(nom, shapely.LineString(to_degrees(_smooth(np.array(points, dtype=float))))) for nom, points in _COURS]
    return [(nom, shapely.set_precision(shapely.intersection(c, terre), 10**-DECIMALES)) for nom, c in cours]


def _smooth(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Round the corners of a line (Chaikin); its ends stay."""
    for _ in range(_ADOUCIS):
        avant, apres = points[:-1], points[1:]
        coupes = np.stack([avant * 0.75 + apres * 0.25, avant * 0.25 + apres * 0.75], axis=1).reshape(-1, 2)
        points = np.vstack([points[:1], coupes, points[-1:]])
    return points
