"""Everything about one territory at a day, for its sheet; a figure is never without its blank, year and source."""

from collections.abc import Hashable, Mapping
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
from data.measures.indicators import Mesure
from data.measures.priority import Prioritaire
from data.measures.sums import Lecture
from data.model import TOUS_CHAMPS, Echelon, FiltreEchelon, Maille, Profil, Source, StatutCtg

_ACTIFS = (StatutCtg.EN_VIGUEUR, StatutCtg.A_RENOUVELER)


@dataclass(frozen=True, slots=True)
class Signataire:
    """One party of an agreement."""

    type: str
    code: str
    nom: str
    date_deliberation: date | None


@dataclass(frozen=True, slots=True)
class ChampCtg:
    """A field that an agreement names; `priorite` "1", "2", "3" or ""."""

    champ: str
    libelle: str
    priorite: str
    objectif: str


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
    densites = {c: density.compute(frames, jour, c, maille, profil).iloc[rang] for c in _fields_and_all(frames)}
    return Fiche(
        code=code,
        nom=frames.noms.get(code, code),
        maille=maille,
        epci=str(territories.members(frames, Maille.EPCI)[code]) if maille is Maille.COMMUNE else "",
        **_common(frames, jour, territories.groups(frames, maille).rang == rang),
        services=tuple(_field_services(frames, champ, ligne) for champ, ligne in densites.items()),
        priorites=priority.of_territory(frames, code),
        indicateurs=indicators.of_territory(frames, maille, code, Lecture(jour.year, profil)),
    )


def of_communes(
    frames: Frames, communes: tuple[str, ...], nom: str, jour: date, profil: Profil = Profil.INTERNE
) -> Fiche:
    """Gather the same for a territory made of communes: every figure a sum or a ratio of sums over them."""
    dedans = composition.of_codes(frames, communes)
    densites = {champ: density.over(frames, jour, champ, dedans, profil) for champ in _fields_and_all(frames)}
    return Fiche(
        code="",
        nom=nom,
        maille=None,
        epci="",
        **_common(frames, jour, dedans),
        services=tuple(_field_services(frames, champ, ligne) for champ, ligne in densites.items()),
        priorites=(),
        indicateurs=indicators.of_communes(frames, dedans, Lecture(jour.year, profil)),
    )


def _common(frames: Frames, jour: date, dedans: territories.Booleens) -> dict[str, Any]:
    """Return what a sheet says of any set of communes, by field of `Fiche`."""
    couvertes = coverage.compute(frames, jour, FiltreEchelon.LOCAL).couvertes.to_numpy(dtype=bool)
    population = effectifs.population(frames, jour.year)
    accords = _agreements(frames, jour, dedans)
    return {
        "departements": tuple(sorted(set(territories.members(frames, Maille.DEPARTEMENT)[dedans]))),
        "population": float(np.nansum(population[dedans])) if (~np.isnan(population[dedans])).any() else None,
        "couvertes": int((couvertes & dedans).sum()),
        "total": int(dedans.sum()),
        "part_population": Part(float(np.nansum(population[dedans & couvertes])), float(np.nansum(population[dedans]))),
        "locaux": tuple(a for a in accords if a.echelon is not Echelon.DEPARTEMENTAL),
        "departementaux": tuple(a for a in accords if a.echelon is Echelon.DEPARTEMENTAL),
        "sources": frames.jeu.sources,
        "points_acces": _places(frames, jour, set(territories.codes(frames)[dedans])),
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
    lignes = agreements.status(frames, jour).to_dict("records")
    total = int(dedans.sum())
    accords = [_agreement(frames, lignes[ctg], roles[ctg], total) for ctg in roles]
    return tuple(sorted(accords, key=lambda a: (a.statut not in _ACTIFS, -_ordinal(a.date_fin), a.id_ctg)))


def _agreement(frames: Frames, ligne: Mapping[Hashable, object], roles: list[str], total: int) -> Accord:
    id_ctg, echelon = str(ligne["id_ctg"]), str(ligne["echelon"])
    return Accord(
        id_ctg=id_ctg,
        nom=str(ligne["nom"]) or id_ctg,
        echelon=Echelon(echelon) if echelon in list(Echelon) else None,
        statut=StatutCtg(str(ligne["statut"])),
        date_signature=_day(ligne["date_signature"]),
        date_debut=_day(ligne["date_debut"]),
        date_fin=_day(ligne["date_fin"]),
        fin_calculee=bool(ligne["fin_calculee"]),
        renouvelee_par=str(ligne["renouvelee_par"]),
        role=roles[0] if total == 1 else "",
        communes=len(roles),
        total=total,
        signataires=parties(frames).get(id_ctg, ()),
        champs=fields_named(frames).get(id_ctg, ()),
    )


@per_frames
def parties(frames: Frames) -> dict[str, tuple[Signataire, ...]]:
    """Return the parties of each agreement, in the order of the file."""
    tous: dict[str, tuple[Signataire, ...]] = {}
    for s in frames["ctg_signataires"].to_dict("records"):
        partie = Signataire(str(s["type"]), str(s["code"]), str(s["nom"]), _day(s["date_deliberation"]))
        tous[str(s["id_ctg"])] = (*tous.get(str(s["id_ctg"]), ()), partie)
    return tous


@per_frames
def fields_named(frames: Frames) -> dict[str, tuple[ChampCtg, ...]]:
    """Return the fields that each agreement names, in the order of the file."""
    champs: dict[str, tuple[ChampCtg, ...]] = {}
    for c in frames["ctg_champs"].to_dict("records"):
        libelle = field_label(frames, str(c["champ"]))
        champ = ChampCtg(str(c["champ"]), libelle, str(c["priorite"]), str(c["objectif"]))
        champs[str(c["id_ctg"])] = (*champs.get(str(c["id_ctg"]), ()), champ)
    return champs


def field_label(frames: Frames, champ: str) -> str:
    """Return the French label of a field, its id written as words where the dataset does not know it."""
    connu = frames.champ(champ)
    return connu.libelle if connu else champ.replace("_", " ")


def _field_services(frames: Frames, champ: str, ligne: pd.Series) -> ServicesChamp:
    mesure = density.field(frames, champ)
    return ServicesChamp(
        champ=champ,
        libelle=mesure.libelle,
        services=int(ligne["services"]),
        fixe=int(ligne["fixe"]),
        itinerant=int(ligne["itinerant"]),
        antenne=int(ligne["antenne"]),
        denominateur=_number(ligne["denominateur"]),
        valeur=_number(ligne["valeur"]),
        statut=str(ligne["statut"]),
        facteur=mesure.facteur,
        denominateur_libelle=mesure.denominateur_libelle,
    )


def _places(frames: Frames, jour: date, communes: set[str]) -> tuple[PointAcces, ...]:
    tous = places.points(frames, jour)
    ici = tous[tous["code_commune"].isin(communes)].sort_values(["type", "nom"], kind="stable")
    return tuple(
        PointAcces(
            id=str(p["id"]),
            type=str(p["type"]),
            nom=str(p["nom"]),
            adresse=str(p["adresse"]),
            commune=frames.noms[str(p["code_commune"])],
            etat=str(p["etat"]),
            jours_par_semaine=_number(p["jours_par_semaine"]),
            lieu_hote=str(p["lieu_hote"]),
        )
        for p in ici.to_dict("records")
    )


def _day(valeur: object) -> date | None:
    return valeur.date() if isinstance(valeur, pd.Timestamp) and not pd.isna(valeur) else None


def _number(valeur: object) -> float | None:
    return float(valeur) if isinstance(valeur, int | float) and not pd.isna(valeur) else None


def _ordinal(jour: date | None) -> int:
    return jour.toordinal() if jour else 0
