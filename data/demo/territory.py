"""The fictitious département: communes with a name, a shape, a population, and their Epci."""

import heapq
from dataclasses import dataclass, replace

import numpy as np
import shapely
from numpy.typing import NDArray

from data.demo import arcs, growth, mesh, names
from data.demo.hazard import between, pick, stream
from data.demo.relief import AFFLUENT, FLEUVE
from data.demo.seeds import VILLES

DEPARTEMENT = "96"  # never given to a département nor, unlike 99, to a country: nobody can take it for real


@dataclass(frozen=True, slots=True)
class Commune:
    """One commune; `x`, `y` of its bourg in km, `longitude`, `latitude` in degrees, `population` of 2023."""

    code: str
    nom: str
    x: float
    y: float
    longitude: float
    latitude: float
    forme: shapely.Geometry
    superficie_km2: float
    population: int
    genre: str  # ville, banlieue, bourg, rural or ile
    code_epci: str = ""


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
    Epci("960000012", "CA Ormelance Métropole des Estuaires", "CA", 38.2, 44.8, -1),
    Epci("960000020", "CA du Val de Sernaie", "CA", 66.5, 49.8),
    Epci("960000038", "CA Port-Tauvert Littoral", "CA", 56.5, 10.5),
    Epci("960000046", "CC du Pays de Guérinec", "CC", 54, 75),
    Epci("960000053", "CC de la Roche et des Étangs", "CC", 23.5, 24),
    Epci("960000061", "CC des Hauts de Saint-Orvel", "CC", 84, 68),
    Epci("960000079", "CC de la Côte des Brumes", "CC", 28, 70),
    Epci("960000087", "CC des Rives et des Îles", "CC", 24, 55, 4),
    Epci("960000095", "CC du Bocage d'Ouvrette", "CC", 45, 26),
    Epci("960000103", "CC Terres de Landes", "CC", 68, 30),
    Epci("960000111", "CC des Marches de l'Est", "CC", 95, 45, 9),
    Epci("960000129", "CC du Cap et des Salines", "CC", 74, 13),
)
SANS_EPCI = 2  # islands outside any Epci, as four real ones are
EPCI_A_CHEVAL = "960000111"


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
    epci = _epci(points, formes, iles)
    genres, populations = _people(points, [tailles[i] * 0.78 for i in range(len(seeds))], iles)
    unsorted = [
        Commune(
            "",
            noms[i],
            *map(float, points[i]),
            *map(float, degres[i]),
            formes[i],
            round(tailles[i] * 0.78, 1),
            populations[i],
            genres[i],
            epci[i],
        )
        for i in range(len(seeds))
    ]
    ordered = sorted(unsorted, key=lambda c: names.fold(c.nom))
    return tuple(replace(c, code=f"{DEPARTEMENT}{rang:03d}") for rang, c in enumerate(ordered, start=1))


def _islands(formes: list[shapely.Geometry]) -> list[int]:
    """Return the communes that are an island of their own, west first."""
    pairs = shapely.STRtree(formes).query(formes, predicate="touches")
    seules = set(range(len(formes))) - set(pairs[0].tolist())
    return sorted(seules, key=lambda i: formes[i].centroid.x)


def _names(points: NDArray[np.float64], formes: list[shapely.Geometry], iles: list[int]) -> list[str]:
    cote = shapely.union_all(formes).boundary
    rivers = {"fleuve": shapely.LineString(FLEUVE), "affluent": shapely.LineString(AFFLUENT)}
    noms = dict(enumerate(names.VILLES_NOMS)) | dict(zip(iles, names.ILES_NOMS, strict=True))
    autres = [i for i in range(len(formes)) if i not in noms]
    marques = []
    for i in autres:
        near = [nom for nom, line in rivers.items() if line.distance(shapely.Point(points[i])) < 2.2]
        at_sea = formes[i].intersection(cote).length > 0.01 and points[i][0] < 80
        marques.append(near[0] if near else "mer" if at_sea else "")
    noms |= dict(zip(autres, names.draw(marques), strict=True))
    return [noms[i] for i in range(len(formes))]


def _epci(points: NDArray[np.float64], formes: list[shapely.Geometry], iles: list[int]) -> list[str]:
    """Grow Epci from commune to adjacent commune; islands join the nearest one, but for the last two."""
    left, right = shapely.STRtree(formes).query(formes, predicate="touches")
    voisins: list[list[int]] = [[] for _ in formes]
    for a, b in zip(left.tolist(), right.tolist(), strict=True):
        if formes[a].intersection(formes[b]).length > 0:
            voisins[a].append(b)
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


def _people(points: NDArray[np.float64], aires: list[float], iles: list[int]) -> tuple[list[str], list[int]]:
    """Draw what each commune is and how many live there."""
    rng = stream("population")
    genres, populations = [], []
    for i, (point, aire) in enumerate(zip(points, aires, strict=True)):
        proches = [(float(np.hypot(point[0] - v.x, point[1] - v.y)), v) for v in VILLES]
        urbain = sum(v.habitants * 0.0075 * float(np.exp(-d / (0.3 * v.banlieue_km))) for d, v in proches)
        hasard = float(np.exp(between(rng, -0.9, 0.75)))
        if i < len(VILLES):
            genre, habitants = "ville", VILLES[i].habitants * between(rng, 0.98, 1.02)
        elif i in iles:
            genre, habitants = "ile", aire * 38 * hasard
        elif any(d < 0.85 * v.banlieue_km for d, v in proches[:3]):
            genre, habitants = "banlieue", aire * (urbain + 45) * hasard
        else:
            genre = pick(rng, ("bourg", "rural"), (1, 8))
            habitants = between(rng, 1700, 5200) if genre == "bourg" else aire * (urbain + 24) * hasard
        genres.append(genre)
        populations.append(max(38, round(habitants)))
    return genres, populations
