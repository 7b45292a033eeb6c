"""The Epci: where their seats lie, and how they gather adjacent communes."""

import heapq
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry


@dataclass(frozen=True, slots=True)
class Epci:
    """One Epci: where its seat lies in km, and how late it starts to grow, in km."""

    code: str
    nom: str
    nature: str
    x: float
    y: float
    retard_km: float = 0.0


# SIREN that fail the Luhn check: no company nor public body can ever bear them.
EPCI = (
    Epci("960000012", "CA du Grand Ormelance", "CA", 38.2, 44.8, -1),
    Epci("960000020", "CA du Val de Sernaie", "CA", 66.5, 49.8),
    Epci("960000038", "CA Port-Tauvert Littoral", "CA", 56.5, 10.5),
    Epci("960000046", "CC du Pays de Guérinec", "CC", 54, 75),
    Epci("960000053", "CC de la Roche et des Étangs", "CC", 23.5, 24),
    Epci("960000061", "CC des Hauts de Saint-Orvel", "CC", 84, 68),
    Epci("960000079", "CC de la Côte des Brumes", "CC", 28, 70),
    Epci("960000087", "CC des Rives et des Îles", "CC", 24, 55, 4),
    Epci("960000095", "CC du Bocage d'Ouvrette", "CC", 45, 26),
    Epci("960000103", "CC Terres de Landes", "CC", 68, 30),
    Epci("960000111", "CC des Marches de l'Est (partie)", "CC", 95, 45, 9),
    Epci("960000129", "CC du Cap et des Salines", "CC", 74, 13),
)
SANS_EPCI = 2  # islands outside any Epci, as four real ones are
EPCI_A_CHEVAL = "960000111"


def gather(points: NDArray[np.float64], formes: list[BaseGeometry], iles: list[int]) -> list[str]:
    """Return the Epci of each commune, grown from commune to adjacent commune; the westmost islands have none."""
    voisins = _neighbours(formes)
    taken: dict[int, str] = {}
    waiting = []
    for e in EPCI:
        siege = int(np.argmin(np.hypot(points[:, 0] - e.x, points[:, 1] - e.y)))
        waiting.append((e.retard_km, siege, e.code))
    heapq.heapify(waiting)
    while waiting:
        cost, i, code = heapq.heappop(waiting)
        if i in taken:
            continue
        taken[i] = code
        for j in voisins[i]:
            pas = float(np.hypot(*(points[i] - points[j])))
            heapq.heappush(waiting, (cost + pas * (1.25 if code == EPCI[0].code else 1.0), j, code))
    for i in sorted(set(range(len(formes))) - set(taken) - set(iles[:SANS_EPCI])):
        taken[i] = EPCI[7].code if points[i][0] < 14 else EPCI[2].code if points[i][1] < 20 else EPCI[6].code
    return [taken.get(i, "") for i in range(len(formes))]


def _neighbours(formes: list[BaseGeometry]) -> list[list[int]]:
    """Return the communes that share a border with each one, not only a corner."""
    voisins: list[list[int]] = [[] for _ in formes]
    left, right = shapely.STRtree(formes).query(formes, predicate="touches")
    for a, b in zip(left.tolist(), right.tolist(), strict=True):
        if formes[a].intersection(formes[b]).length > 0:
            voisins[a].append(b)
    return voisins
