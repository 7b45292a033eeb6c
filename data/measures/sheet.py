"""Everything about one territory at a day, for its sheet; a figure is never without its blank, year and source."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from data.frames import Frames
from data.measures import (
    agreements,
    composition,
    coverage,
    density,
    effectifs,
    indicators,
    places,
    priority,
    territories,
)
from data.measures.cache import per_frames
from data.measures.coverage import Part
from data.measures.effectifs import BLANCS
from data.measures.indicators import Mesure
from data.measures.parties import ChampCtg, Signataire, fields_named, parties
from data.measures.priority import Prioritaire
from data.measures.sums import Lecture
from data.model import TOUS_CHAMPS, Echelon, FiltreEchelon, Maille, Profil, Source, StatutCtg

_ACTIFS = (StatutCtg.EN_VIGUEUR, StatutCtg.A_RENOUVELER)


@dataclass(frozen=True, slots=True)
class Accord:
    """One agreement as this territory knows it: `communes` of its `total` stand in it; `role` of a commune, else ""."""

    id_ctg: str
    nom: str
    echelon: Echelon | None
    statut: StatutCtg
    date_signature: date | None
    date_debut: date | None
    date_fin: date | None
    fin_calculee: bool
    renouvelee_par: str
    role: str
    communes: int
    total: int
    signataires: tuple[Signataire, ...]
    champs: tuple[ChampCtg, ...]


@dataclass(frozen=True, slots=True)
class ServicesChamp:
    """Open services of one field and their density; `valeur` None where `statut` (`Blanc` value) says why."""

    champ: str
    libelle: str
    services: int
    fixe: int
    itinerant: int
    antenne: int
    denominateur: float | None
    valeur: float | None
    statut: str
    facteur: int
    denominateur_libelle: str


@dataclass(frozen=True, slots=True)
class PointAcces:
    """One access point and its state at the day."""

    id: str
    type: str
    nom: str
    adresse: str
    commune: str
    etat: str
    jours_par_semaine: float | None
    lieu_hote: str


@dataclass(frozen=True, slots=True)
class Fiche:
    """The sheet of one territory; `couvertes` counts its covered communes (local agreements) out of `total`.

    A territory that a reader made has no `maille` (None) and no `code` ("").
    """

    code: str
    nom: str
    maille: Maille | None
    epci: str
    departements: tuple[str, ...]
    population: float | None
    couvertes: int
    total: int
    part_population: Part
    locaux: tuple[Accord, ...]
    departementaux: tuple[Accord, ...]
    services: tuple[ServicesChamp, ...]
    points_acces: tuple[PointAcces, ...]
    priorites: tuple[Prioritaire, ...]
    indicateurs: tuple[Mesure, ...]
    sources: tuple[Source, ...]

    @property
    def etat_couverture(self) -> str:
        """How much of the territory is covered: "entiere", "partielle" or "nulle"."""
        if self.couvertes == self.total:
            return "entiere"
        return "partielle" if self.couvertes else "nulle"


def of_territory(frames: Frames, code: str, jour: date, profil: Profil = Profil.INTERNE) -> Fiche | None:
    """Gather what the dataset knows of a commune, an Epci or a département; None where it knows no such code."""
    maille = territories.maille_of(frames, code)
    if maille is None or maille is Maille.QPV:
        return None
    rang = territories.ranks(frames, maille)[code]
    densites = {c: density.at(frames, jour, c, maille, profil) for c in _fields_and_all(frames)}
    return Fiche(
        code=code,
        nom=frames.noms.get(code, code),
        maille=maille,
        epci=str(territories.members(frames, Maille.EPCI)[code]) if maille is Maille.COMMUNE else "",
        **_common(frames, jour, territories.groups(frames, maille).rang == rang),
        services=tuple(_field_services(frames, champ, toutes, rang) for champ, toutes in densites.items()),
        priorites=priority.of_territory(frames, code),
        indicateurs=indicators.of_territory(frames, maille, code, Lecture(jour.year, profil)),
    )


def of_communes(
    frames: Frames, communes: tuple[str, ...], nom: str, jour: date, profil: Profil = Profil.INTERNE
) -> Fiche:
    """Gather the same for a territory made of communes: every figure a sum or a ratio of sums over them."""
    dedans = composition.of_codes(frames, communes)
    densites = {c: density.inside(frames, jour, c, dedans, profil) for c in _fields_and_all(frames)}
    return Fiche(
        code="",
        nom=nom,
        maille=None,
        epci="",
        **_common(frames, jour, dedans),
        services=tuple(_field_services(frames, champ, seule, 0) for champ, seule in densites.items()),
        priorites=(),
        indicateurs=indicators.of_communes(frames, dedans, Lecture(jour.year, profil)),
    )


def _common(frames: Frames, jour: date, dedans: territories.Booleens) -> dict[str, Any]:
    """Return what a sheet says of any set of communes, by field of `Fiche`."""
    couvertes = coverage.compute(frames, jour, FiltreEchelon.LOCAL).couvertes.to_numpy(dtype=bool)
    population = effectifs.population(frames, jour.year)
    accords = _agreements(frames, jour, dedans)
    return {
        "departements": territories.departements_of(frames, dedans),
        "population": float(np.nansum(population[dedans])) if (~np.isnan(population[dedans])).any() else None,
        "couvertes": int((couvertes & dedans).sum()),
        "total": int(dedans.sum()),
        "part_population": Part(float(np.nansum(population[dedans & couvertes])), float(np.nansum(population[dedans]))),
        "locaux": tuple(a for a in accords if a.echelon is not Echelon.DEPARTEMENTAL),
        "departementaux": tuple(a for a in accords if a.echelon is Echelon.DEPARTEMENTAL),
        "sources": frames.jeu.sources,
        "points_acces": _places(frames, jour, dedans),
    }


def _fields_and_all(frames: Frames) -> tuple[str, ...]:
    """List the fields, then all of them together."""
    return (*(c.id for c in frames.champs), TOUS_CHAMPS)


def _agreements(frames: Frames, jour: date, dedans: territories.Booleens) -> tuple[Accord, ...]:
    """List the agreements that hold a commune of the territory: in force first, then by last day."""
    liens = coverage.links(frames)
    ici = np.flatnonzero(dedans[liens.commune])
    roles: dict[int, list[str]] = {}
    for lien in ici:
        roles.setdefault(int(liens.ctg[lien]), []).append(liens.role[lien])
    total = int(dedans.sum())
    accords = [_agreement(frames, jour, ctg, roles[ctg], total) for ctg in roles]
    return tuple(sorted(accords, key=lambda a: (a.statut not in _ACTIFS, -_ordinal(a.date_fin), a.id_ctg)))


def _agreement(frames: Frames, jour: date, rang: int, roles: list[str], total: int) -> Accord:
    dates, suite, ids = agreements.effective_dates(frames), agreements.successors(frames, jour)[rang], _ids(frames)
    id_ctg, nom, echelon = ids[rang]
    return Accord(
        id_ctg=id_ctg,
        nom=nom or id_ctg,
        echelon=Echelon(echelon) if echelon in list(Echelon) else None,
        statut=agreements.STATUTS[agreements.status_codes(frames, jour)[rang]],
        date_signature=dates.signature[rang].item(),
        date_debut=dates.debut[rang].item(),
        date_fin=dates.fin[rang].item(),
        fin_calculee=bool(dates.fin_calculee[rang]),
        renouvelee_par=ids[suite][0] if suite >= 0 else "",
        role=roles[0] if total == 1 else "",
        communes=len(roles),
        total=total,
        signataires=parties(frames).get(id_ctg, ()),
        champs=fields_named(frames).get(id_ctg, ()),
    )


@per_frames
def _ids(frames: Frames) -> tuple[tuple[str, str, str], ...]:
    """Return the id, the name and the échelon of every agreement, in the order of `ctg`."""
    return tuple(zip(*(frames["ctg"][c].tolist() for c in ("id_ctg", "nom", "echelon")), strict=True))


def _field_services(frames: Frames, champ: str, densites: density.Densites, rang: int) -> ServicesChamp:
    mesure, (fixe, itinerant, antenne) = density.field(frames, champ), densites.modes[rang].tolist()
    return ServicesChamp(
        champ=champ,
        libelle=mesure.libelle,
        services=fixe + itinerant + antenne,
        fixe=fixe,
        itinerant=itinerant,
        antenne=antenne,
        denominateur=_number(float(densites.denominateur[rang])),
        valeur=_number(float(densites.valeur[rang])),
        statut=BLANCS[densites.blancs[rang]],
        facteur=mesure.facteur,
        denominateur_libelle=mesure.denominateur_libelle,
    )


def _places(frames: Frames, jour: date, dedans: territories.Booleens) -> tuple[PointAcces, ...]:
    par_commune, etats = places.by_commune(frames), places.states(frames, jour)
    ici = [point for commune in np.flatnonzero(dedans).tolist() for point in par_commune.get(commune, ())]
    return tuple(
        PointAcces(
            id=str(p["id"]),
            type=str(p["type"]),
            nom=str(p["nom"]),
            adresse=str(p["adresse"]),
            commune=frames.noms[str(p["code_commune"])],
            etat=str(etats[rang]),
            jours_par_semaine=_number(p["jours_par_semaine"]),
            lieu_hote=str(p["lieu_hote"]),
        )
        for rang, p in sorted(ici, key=lambda point: (point[1]["type"], point[1]["nom"], point[0]))
    )


def _number(valeur: object) -> float | None:
    return float(valeur) if isinstance(valeur, int | float) and not pd.isna(valeur) else None


def _ordinal(jour: date | None) -> int:
    return jour.toordinal() if jour else 0
