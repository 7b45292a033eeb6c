"""The fictitious département: communes with a name, a shape, a population, and their Epci."""

from dataclasses import dataclass, replace

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from data.demo import arcs, growth, mesh, names
from data.demo.epci import gather
from data.demo.hazard import between, pick, stream
from data.demo.relief import AFFLUENT, FLEUVE
from data.demo.seeds import VILLES

DEPARTEMENT = "96"  # borne by no département nor, unlike 99, by foreign countries: nobody can take it for real


@dataclass(frozen=True, slots=True)
class Commune:
    """One commune; `x`, `y` of its bourg in km, `longitude`, `latitude` in degrees, `population` of 2023."""

    code: str
    nom: str
    x: float
    y: float
    longitude: float
    latitude: float
    forme: BaseGeometry
    superficie_km2: float
    population: int
    genre: str  # ville, banlieue, bourg, rural or ile
    code_epci: str = ""


def build() -> tuple[Commune, ...]:
    """Make the communes, sorted by code; codes follow the alphabet of names, as Insee's do."""
    fond = mesh.build()
    commune, seeds = growth.grow(fond)
    formes = arcs.outlines(fond, commune)
    tailles = growth.sizes(commune)
    points = fond.centres[seeds]
    iles = _islands(formes)
    noms = _names(points, formes, iles)
    degres = arcs.to_degrees(points)
    membres = gather(points, formes, iles)
    aires = [round(tailles[i] * mesh.CELLULE_KM2, 1) for i in range(len(seeds))]
    genres, populations = _people(points, aires, iles)
    unsorted = [
        Commune("", *ligne)
        for ligne in zip(
            noms, *(points.T.tolist()), *(degres.T.tolist()), formes, aires, populations, genres, membres, strict=True
        )
    ]
    ordered = sorted(unsorted, key=lambda c: names.fold(c.nom))
    return tuple(replace(c, code=f"{DEPARTEMENT}{rang:03d}") for rang, c in enumerate(ordered, start=1))


def _islands(formes: list[BaseGeometry]) -> list[int]:
    """Return the communes that are an island of their own, west first."""
    pairs = shapely.STRtree(formes).query(formes, predicate="touches")
    seules = set(range(len(formes))) - set(pairs[0].tolist())
    return sorted(seules, key=lambda i: formes[i].centroid.x)


def _names(points: NDArray[np.float64], formes: list[BaseGeometry], iles: list[int]) -> list[str]:
    cote = shapely.union_all(formes).boundary
    rivers = {"fleuve": shapely.LineString(FLEUVE), "affluent": shapely.LineString(AFFLUENT)}
    noms = dict(enumerate(names.VILLES_NOMS)) | dict(zip(iles, names.ILES_NOMS, strict=True))
    autres = [i for i in range(len(formes)) if i not in noms]
    marques = []
    for i in autres:
        near = [nom for nom, line in rivers.items() if line.distance(shapely.Point(points[i])) < 2.2]
        at_sea = points[i][0] < 78 and formes[i].intersection(cote).length > 0.01
        close = np.hypot(*(points[i] - points[0])) < 8
        marques.append("mer" if at_sea else near[0] if near else "ville" if close and i % 3 == 0 else "")
    noms |= dict(zip(autres, names.draw(marques), strict=True))
    return [noms[i] for i in range(len(formes))]


def _people(points: NDArray[np.float64], aires: list[float], iles: list[int]) -> tuple[list[str], list[int]]:
    """Draw what each commune is and how many live there."""
    rng = stream("population")
    genres, populations = [], []
    for i, (point, aire) in enumerate(zip(points, aires, strict=True)):
        proches = [(float(np.hypot(point[0] - v.x, point[1] - v.y)), v) for v in VILLES]
        urbain = sum(v.habitants * 0.013 * float(np.exp(-d / (0.3 * v.banlieue_km))) for d, v in proches)
        hasard = float(np.exp(between(rng, -0.9, 0.75)))
        if i < len(VILLES):
            genre, habitants = "ville", VILLES[i].habitants * between(rng, 0.98, 1.02)
        elif i in iles:
            genre, habitants = "ile", aire * 38 * hasard
        elif any(d < 0.85 * v.banlieue_km for d, v in proches[:3]):
            genre, habitants = "banlieue", aire * (urbain + 45) * hasard
        else:
            genre = pick(rng, ("bourg", "rural"), (1, 8))
            habitants = between(rng, 1700, 5200) if genre == "bourg" else aire * (0.5 * urbain + 24) * hasard
        genres.append(genre)
        populations.append(max(38, round(habitants)))
    return genres, populations
