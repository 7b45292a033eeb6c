"""Priority quarters (QPV): small blobs inside the towns, one across two communes."""

from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from data.demo.arcs import to_degrees
from data.demo.hazard import between, stream
from data.demo.territory import DEPARTEMENT, Commune

PART_MINIMALE = 0.04  # of the quarter's area: less in a commune is a generalised outline, not a membership

# name, host commune, distance and bearing from its bourg, radius; km and degrees
_QUARTIERS = (
    ("Les Hauts-Perrières", "Ormelance", 1.6, 80, 0.62),
    ("Le Clos-Tauvin", "Ormelance", 2.1, 150, 0.50),
    ("La Vallée-Ouvrette", "Ormelance", 2.3, 25, 0.55),
    ("Les Corderies", "Ormelance", 1.3, 355, 0.42),
    ("Grand-Large", "@lisiere", 0.0, 0, 0.70),
    ("Les Tisserands", "Brévaude-sur-Sernaie", 0.9, 200, 0.46),
    ("Le Bassin-Neuf", "Port-Tauvert", 0.8, 60, 0.40),
    ("Le Haut-Bourg", "Guérinec", 0.6, 120, 0.34),
)


@dataclass(frozen=True, slots=True)
class Qpv:
    """One quarter; `codes` are the communes it lies in, `habitants` of 2023."""

    code: str
    nom: str
    forme: BaseGeometry
    codes: tuple[str, ...]
    habitants: int


def build(communes: tuple[Commune, ...]) -> tuple[Qpv, ...]:
    """Draw the quarters of the towns."""
    par_nom = {c.nom: c for c in communes}
    quartiers = []
    for rang, (nom, hote, distance, cap, rayon) in enumerate(_QUARTIERS, start=1):
        x, y = _edge_point(par_nom["Ormelance"], communes) if hote == "@lisiere" else (par_nom[hote].x, par_nom[hote].y)
        x, y = x + distance * np.sin(np.radians(cap)), y + distance * np.cos(np.radians(cap))
        forme = _blob(nom, x, y, rayon)
        parts = {c.code: c.forme.intersection(forme).area / forme.area for c in communes if c.forme.intersects(forme)}
        codes = tuple(code for code, part in parts.items() if part > PART_MINIMALE)
        densite = between(stream(f"qpv-{nom}"), 3600, 6800)
        # No real quarter bears the number of a département that does not exist.
        quartiers.append(Qpv(f"QN0{DEPARTEMENT}{rang:02d}F", nom, forme, codes, round(densite * np.pi * rayon**2)))
    return tuple(quartiers)


def _edge_point(ville: Commune, communes: tuple[Commune, ...]) -> tuple[float, float]:
    """Return a point in km on the border between the town and its most peopled neighbour."""
    voisines = [c for c in communes if c.code != ville.code and c.forme.intersection(ville.forme).length > 0.01]
    voisine = max(voisines, key=lambda c: (c.population, c.code))
    trait = shapely.line_merge(voisine.forme.intersection(ville.forme))
    milieu = shapely.get_parts(trait)[0].interpolate(0.5, normalized=True)
    origine = to_degrees(np.zeros((1, 2)))[0]
    pas = to_degrees(np.array([[100.0, 100.0]]))[0] - origine
    return tuple((np.array([milieu.x, milieu.y]) - origine) / pas * 100)


def _blob(nom: str, x: float, y: float, rayon: float) -> BaseGeometry:
    """Draw a street-like outline around a point: straight sides, uneven corners."""
    rng = stream(f"contour-{nom}")
    coins = 11
    angles = (np.arange(coins) + 0.6 * rng.random(coins)) * 2 * np.pi / coins
    rayons = rayon * (0.72 + 0.5 * rng.random(coins))
    points = np.stack([x + rayons * np.cos(angles), y + 0.85 * rayons * np.sin(angles)], axis=1)
    return shapely.Polygon(to_degrees(np.vstack([points, points[:1]])))
