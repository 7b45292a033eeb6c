"""How far families are from where the Caf can be reached, what these places hold, who comes (DOMAINE S80-S87, §3.5).

Distances are great circles in km times the detour factor of the dataset, from a point inside each commune: they say
which territories to look at, not how long a journey takes.
"""

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
import pandas as pd

from data.frames import Frames
from data.measures import density, discretion, effectifs, places, scope, territories
from data.measures.cache import per_frames
from data.measures.coverage import Part
from data.measures.places import EtatPoint
from data.measures.scope import Portee
from data.measures.territories import Booleens, Nombres, Rangs
from data.model import Profil

RAYON_TERRE_KM = 6371.0088
BORNES = ("borne_visio", "point_numerique")
PERMANENCES = ("permanence",)
HOTES_DE_LA_LETTRE = ("mairie", "centre_social", "maison_enfance")
_LOT = 2_000
_NULLE_PART = -2.0  # no cosine is that low


@dataclass(frozen=True, slots=True)
class Seuil:
    """Inhabitants whose commune is at most `km` from the nearest open access point, detour included."""

    km: float
    population: Part


@dataclass(frozen=True, slots=True)
class Visites:
    """Visits of one year; `nombre` None where secrecy hides it."""

    annee: int
    nombre: float | None
    unite: str


@dataclass(frozen=True, slots=True)
class Lieu:
    """One access point at a day: visits by year where they are known, km to the nearest other open point."""

    id: str
    nom: str
    type: str
    etat: str
    hote: str
    commune: str
    jours_par_semaine: float | None
    personnel_forme: str
    visites: tuple[Visites, ...]
    autre_km: float | None
    borne_km: float | None


@dataclass(frozen=True, slots=True)
class Capacite:
    """Open services of one field: how many, places written, how many write none."""

    champ: str
    services: int
    places: float
    sans_places: int


def nearest(
    depuis: tuple[Nombres, Nombres], vers: tuple[Nombres, Nombres], detour: float, moi: Rangs | None = None
) -> Nombres:
    """Return the distance from each position to the nearest of others, in km times `detour`; NaN where there is none.

    Positions are (longitude, latitude) in degrees, EPSG:4326; unknown ones are NaN. `moi` is the rank of each one
    among the others, -1 for none: nobody is its own neighbour.
    """
    origine, cible = _unit(*depuis), _unit(*vers)
    distances = np.full(len(origine), np.nan)
    for debut in range(0, len(origine) if len(cible) else 0, _LOT):
        lot = slice(debut, debut + _LOT)
        cosinus = np.nan_to_num(origine[lot] @ cible.T, nan=_NULLE_PART)
        if moi is not None:
            siens = np.flatnonzero(moi[lot] >= 0)
            cosinus[siens, moi[lot][siens]] = _NULLE_PART
        plus_haut = cosinus.max(axis=1)
        km = RAYON_TERRE_KM * np.arccos(np.clip(plus_haut, -1, 1)) * detour
        distances[lot] = np.where(plus_haut == _NULLE_PART, np.nan, km)
    return distances


def _unit(longitude: Nombres, latitude: Nombres) -> Nombres:
    lon, lat = np.radians(longitude), np.radians(latitude)
    vecteurs: Nombres = np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=1)
    return vecteurs


def by_commune(frames: Frames, portee: Portee) -> Nombres:
    """Return the distance from each commune to the nearest open access point, in km; NaN where none is open."""
    lieux = places.points(frames, portee.jour)
    ouverts = lieux[lieux["etat"] == EtatPoint.OUVERT.value]
    points = places.inner_points(frames)
    return nearest(_positions(points), _positions(ouverts), frames.jeu.parametres.detour_route)


def _positions(table: pd.DataFrame) -> tuple[Nombres, Nombres]:
    return table["longitude"].to_numpy(dtype=np.float64), table["latitude"].to_numpy(dtype=np.float64)


def thresholds(frames: Frames, portee: Portee) -> tuple[Seuil, ...]:
    """Return the inhabitants of the territory asked about within each distance of the settings."""
    distances, dedans = by_commune(frames, portee), scope.inside(frames, portee)
    population = effectifs.population(frames, portee.jour.year)
    connues = dedans & ~np.isnan(population)
    total = float(population[connues].sum())
    return tuple(
        Seuil(km, Part(float(population[connues & (distances <= km)].sum()), total))
        for km in frames.jeu.parametres.acces_km
    )


def listed(frames: Frames, portee: Portee) -> tuple[Lieu, ...]:
    """Return the access points of the territory asked about, whatever their state, in the order of the file."""
    lieux, demandees = places.points(frames, portee.jour), scope.asked(frames, portee)
    ouverts = (lieux["etat"] == EtatPoint.OUVERT.value).to_numpy(dtype=bool)
    autres = _to_others(frames, lieux, ouverts)
    bornes = _to_others(frames, lieux, ouverts & lieux["type"].isin(BORNES).to_numpy(dtype=bool))
    visites = _visits(frames, portee.profil)
    return tuple(
        Lieu(
            id=str(lieu["id"]),
            nom=str(lieu["nom"]),
            type=str(lieu["type"]),
            etat=str(lieu["etat"]),
            hote=str(lieu["lieu_hote"]),
            commune=str(lieu["code_commune"]),
            jours_par_semaine=scope.amount_of(lieu["jours_par_semaine"]),
            personnel_forme=str(lieu["personnel_forme"]),
            visites=visites.get(str(lieu["id"]), ()),
            autre_km=scope.amount_of(autres[rang]),
            borne_km=scope.amount_of(bornes[rang]),
        )
        for rang, lieu in enumerate(lieux.to_dict("records"))
        if lieu["code_commune"] in demandees
    )


def _to_others(frames: Frames, lieux: pd.DataFrame, choisis: Booleens) -> Nombres:
    """Return the distance from each place to the nearest of those chosen that is not itself."""
    rangs = np.where(choisis, np.cumsum(choisis) - 1, -1).astype(np.intp)
    return nearest(_positions(lieux), _positions(lieux[choisis]), frames.jeu.parametres.detour_route, rangs)


@per_frames
def _visits(frames: Frames, profil: Profil) -> dict[str, tuple[Visites, ...]]:
    """Return the visits of each point, the latest year first, as a profile may see them."""
    par_point: dict[str, list[Visites]] = defaultdict(list)
    table = frames["frequentation"]
    for ligne in table[table["annee"].notna() & table["visites"].notna()].to_dict("records"):
        nombre = float(ligne["visites"])
        vu = None if discretion.is_small(frames, nombre, profil) else nombre
        par_point[str(ligne["id_point"])].append(Visites(int(ligne["annee"]), vu, str(ligne["unite"])))
    return {point: tuple(sorted(liste, key=lambda v: -v.annee)) for point, liste in par_point.items()}


def receptions_near_kiosks(frames: Frames, portee: Portee) -> tuple[Lieu, ...]:
    """Return the open permanences with a kiosk or a digital point within the first distance: a question, no verdict."""
    seuil = min(frames.jeu.parametres.acces_km, default=0.0)
    return tuple(
        lieu
        for lieu in listed(frames, portee)
        if lieu.type in PERMANENCES
        and lieu.etat == EtatPoint.OUVERT.value
        and lieu.borne_km is not None
        and lieu.borne_km <= seuil
    )


def capacities(frames: Frames, portee: Portee) -> tuple[Capacite, ...]:
    """Return the places that open services write, field by field, on the territory asked about."""
    tous, dedans = density.services(frames), scope.inside(frames, portee)
    ici = tous.open_at(portee.jour) & np.append(dedans, False)[tous.commune]
    capacite = frames["services"]["capacite"].to_numpy(dtype=np.float64)
    trouvees = []
    for champ in frames.champs:
        if portee.champ in ("tous", champ.id):
            siens = ici & density.of_field(frames, champ.id)
            sans = int(np.isnan(capacite[siens]).sum())
            trouvees.append(Capacite(champ.id, int(siens.sum()), float(np.nansum(capacite[siens])), sans))
    return tuple(c for c in trouvees if c.services)


def by_territory(frames: Frames, portee: Portee) -> tuple[tuple[str, Part], ...]:
    """Return, Epci by Epci, the inhabitants within the middle distance of the settings."""
    seuils = sorted(frames.jeu.parametres.acces_km)
    if not seuils:
        return ()
    distances, demandees = by_commune(frames, portee), scope.asked(frames, portee)
    population = effectifs.population(frames, portee.jour.year)
    proche = distances <= seuils[len(seuils) // 2]
    codes = territories.codes(frames)
    parts = []
    for _, code in scope.local_rows(frames):
        emprise = scope.footprint(frames, code)
        if emprise & demandees:
            ici = np.array([c in emprise for c in codes]) & ~np.isnan(population)
            parts.append((code, Part(float(population[ici & proche].sum()), float(population[ici].sum()))))
    return tuple(parts)
