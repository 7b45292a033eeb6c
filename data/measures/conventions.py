"""Financing conventions by collectivité: inventory, periods, functions paid several times (DOMAINE S68-S72)."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np

from data.frames import Frames
from data.measures import agreements, coverage, scope
from data.measures.cache import per_frames
from data.measures.scope import JOUR_INFINI, JOUR_ZERO, Portee
from data.model import FiltreEchelon

_TABLE = "conventions"
SERVICE = "service"
"""Function of what pays the running of structures; every other known one is transverse."""


class EtatConvention(StrEnum):
    """Where a day stands in the period of a convention."""

    EN_COURS = "en_cours"
    A_VENIR = "a_venir"
    TERMINEE = "terminee"

    @property
    def libelle(self) -> str:
        """French label."""
        return {"en_cours": "en cours", "a_venir": "à venir", "terminee": "terminée"}[self]


@dataclass(frozen=True, slots=True)
class Convention:
    """One convention; `id_ctg` is that of a known agreement that takes it up, "" for none; `montant_eur` as written."""

    id: str
    type: str
    code: str
    collectivite: str
    champs: tuple[str, ...]
    fonction: str
    date_debut: date | None
    date_fin: date | None
    montant_eur: float | None
    id_ctg: str
    etp: float | None
    etat: EtatConvention

    @property
    def transversale(self) -> bool:
        """Whether it pays steering (project, diagnosis, coordination…) rather than the running of structures."""
        return self.fonction not in ("", SERVICE)


@dataclass(frozen=True, slots=True)
class Chevauchement:
    """A transverse function that several conventions of one collectivité pay at once, over one unbroken period."""

    code: str
    collectivite: str
    fonction: str
    debut: date | None
    fin: date | None
    conventions: tuple[Convention, ...]
    en_cours: bool

    @property
    def reprises(self) -> int:
        """How many of the conventions are taken up in an agreement."""
        return sum(bool(c.id_ctg) for c in self.conventions)


@dataclass(frozen=True, slots=True)
class Compte:
    """Conventions of one collectivité: in force at the day, and the day before its first local agreement began.

    `premiere` is that first day and None without one; `avant` is then None too. `montant` sums what is written on
    the conventions in force, `sans_montant` counts those that write nothing.
    """

    code: str
    collectivite: str
    total: int
    en_cours: int
    reprises: int
    transversales: int
    premiere: date | None
    avant: int | None
    montant: float
    sans_montant: int


@dataclass(frozen=True, slots=True)
class Bilan:
    """The counts in total; `avant` and `depuis` are over the collectivités that have an agreement, and no other."""

    collectivites: int
    total: int
    en_cours: int
    reprises: int
    avec_ctg: int
    avant: int
    depuis: int
    montant: float
    sans_montant: int


def listed(frames: Frames, portee: Portee) -> tuple[Convention, ...]:
    """Return the conventions that a question keeps, whatever their period, in the order of the file."""
    periodes = scope.periods(frames, _TABLE)
    etats = np.select(
        [periodes.fin < portee.instant, periodes.debut > portee.instant],
        [EtatConvention.TERMINEE.value, EtatConvention.A_VENIR.value],
        default=EtatConvention.EN_COURS.value,
    )
    champs, connues = scope.fields_of(frames, _TABLE), set(frames["ctg"]["id_ctg"])
    lignes = frames[_TABLE].to_dict("records")
    return tuple(
        Convention(
            id=str(lignes[i]["id"]),
            type=str(lignes[i]["type"]),
            code=str(lignes[i]["code_territoire"]),
            collectivite=str(lignes[i]["collectivite"]) or frames.noms.get(str(lignes[i]["code_territoire"]), ""),
            champs=champs[i],
            fonction=str(lignes[i]["fonction"]),
            date_debut=scope.day_of(lignes[i]["date_debut"]),
            date_fin=scope.day_of(lignes[i]["date_fin"]),
            montant_eur=scope.amount_of(lignes[i]["montant_eur"]),
            id_ctg=str(lignes[i]["id_ctg"]) if lignes[i]["id_ctg"] in connues else "",
            etp=scope.amount_of(lignes[i]["etp"]),
            etat=EtatConvention(str(etats[i])),
        )
        for i in np.flatnonzero(scope.rows(frames, _TABLE, portee))
    )


def _holder(convention: Convention) -> tuple[str, str]:
    """Return what makes a collectivité: its territory, else its name."""
    return convention.code, "" if convention.code else convention.collectivite


def by_holder(conventions: Sequence[Convention]) -> dict[tuple[str, str], tuple[Convention, ...]]:
    """Group conventions by collectivité, each in the order of their first days."""
    groupes: dict[tuple[str, str], list[Convention]] = defaultdict(list)
    for c in conventions:
        groupes[_holder(c)].append(c)
    return {cle: tuple(sorted(liste, key=lambda c: (_bounds(c), c.id))) for cle, liste in groupes.items()}


def _bounds(convention: Convention) -> tuple[np.datetime64, np.datetime64]:
    debut, fin = convention.date_debut, convention.date_fin
    return (
        JOUR_ZERO if debut is None else np.datetime64(debut, "D"),
        JOUR_INFINI if fin is None else np.datetime64(fin, "D"),
    )


def overlaps(frames: Frames, portee: Portee) -> tuple[Chevauchement, ...]:
    """Find the transverse functions that two conventions or more of one collectivité pay on the same day."""
    trouves = []
    for (code, _), liste in by_holder(listed(frames, portee)).items():
        par_fonction: dict[str, list[Convention]] = defaultdict(list)
        for c in liste:
            if c.transversale:
                par_fonction[c.fonction].append(c)
        for fonction, membres in sorted(par_fonction.items()):
            trouves += [_overlap(code, fonction, periode, ici, portee) for periode, ici in _several_at_once(membres)]
    return tuple(trouves)


def _several_at_once(
    membres: list[Convention],
) -> list[tuple[tuple[np.datetime64, np.datetime64], tuple[Convention, ...]]]:
    """Return the unbroken periods over which two conventions or more run, with those that run then."""
    jour = np.timedelta64(1, "D")
    evenements = sorted(
        [(_bounds(c)[0], 1) for c in membres]
        + [(fin + jour, -1) for _, fin in map(_bounds, membres) if fin != JOUR_INFINI]
    )
    periodes, actives, debut = [], 0, None
    for instant, pas in sorted(evenements, key=lambda e: (e[0], -e[1])):
        actives += pas
        if actives >= 2 and debut is None:
            debut = instant
        elif actives < 2 and debut is not None:
            periodes.append((debut, instant - jour))
            debut = None
    if debut is not None:
        periodes.append((debut, JOUR_INFINI))
    return [(p, tuple(c for c in membres if _bounds(c)[0] <= p[1] and _bounds(c)[1] >= p[0])) for p in periodes]


def _overlap(
    code: str,
    fonction: str,
    periode: tuple[np.datetime64, np.datetime64],
    membres: tuple[Convention, ...],
    portee: Portee,
) -> Chevauchement:
    debut, fin = periode
    return Chevauchement(
        code,
        membres[0].collectivite,
        fonction,
        None if debut == JOUR_ZERO else debut.astype(object),
        None if fin == JOUR_INFINI else fin.astype(object),
        membres,
        bool(debut <= portee.instant <= fin),
    )


def counts(frames: Frames, portee: Portee) -> tuple[Compte, ...]:
    """Count the conventions of each collectivité before its first local agreement and at the day."""
    return tuple(_count(frames, code, liste, portee) for (code, _), liste in by_holder(listed(frames, portee)).items())


def _count(frames: Frames, code: str, liste: tuple[Convention, ...], portee: Portee) -> Compte:
    actives = [c for c in liste if c.etat is EtatConvention.EN_COURS]
    premiere = first_agreement(frames, code, portee.jour)
    montants = [c.montant_eur for c in actives if c.montant_eur is not None]
    veille = None if premiere is None else np.datetime64(premiere, "D") - np.timedelta64(1, "D")
    return Compte(
        code=code,
        collectivite=liste[0].collectivite,
        total=len(liste),
        en_cours=len(actives),
        reprises=sum(bool(c.id_ctg) for c in actives),
        transversales=sum(c.transversale for c in actives),
        premiere=premiere,
        avant=None if veille is None else sum(bool(_bounds(c)[0] <= veille <= _bounds(c)[1]) for c in liste),
        montant=float(sum(montants)),
        sans_montant=len(actives) - len(montants),
    )


def balance(comptes: Sequence[Compte]) -> Bilan:
    """Add the counts up."""
    avec = [c for c in comptes if c.avant is not None]
    return Bilan(
        collectivites=len(comptes),
        total=sum(c.total for c in comptes),
        en_cours=sum(c.en_cours for c in comptes),
        reprises=sum(c.reprises for c in comptes),
        avec_ctg=len(avec),
        avant=sum(c.avant or 0 for c in avec),
        depuis=sum(c.en_cours for c in avec),
        montant=sum(c.montant for c in comptes),
        sans_montant=sum(c.sans_montant for c in comptes),
    )


def people(conventions: Sequence[Convention]) -> tuple[tuple[str, int, float, int], ...]:
    """Return, by transverse function in force: how many conventions, their full-time equivalents, how many say none."""
    par_fonction: dict[str, list[Convention]] = defaultdict(list)
    for c in conventions:
        if c.transversale and c.etat is EtatConvention.EN_COURS:
            par_fonction[c.fonction].append(c)
    return tuple(
        (fonction, len(liste), float(sum(c.etp or 0 for c in liste)), sum(c.etp is None for c in liste))
        for fonction, liste in sorted(par_fonction.items())
    )


def first_agreement(frames: Frames, code: str, jour: date) -> date | None:
    """Return the first day of the first local agreement, signed and begun at a day, on part of a territory."""
    debuts = _first_days(frames)
    jours = [j for commune in scope.footprint(frames, code) for j in debuts.get(commune, ())]
    passes = [debut for signature, debut in jours if max(signature, debut) <= jour]
    return min(passes, default=None)


@per_frames
def _first_days(frames: Frames) -> dict[str, tuple[tuple[date, date], ...]]:
    """Return, by commune, signature and first day of each local agreement that lists it."""
    dates, liens = agreements.effective_dates(frames), coverage.links(frames)
    locale = agreements.of_echelons(frames, FiltreEchelon.LOCAL.couvrants)
    communes = frames.communes["code"].to_numpy(dtype=object)
    jours: dict[str, list[tuple[date, date]]] = defaultdict(list)
    for commune, ctg in zip(liens.commune, liens.ctg, strict=True):
        if locale[ctg] and not np.isnat(dates.signature[ctg]):
            jours[communes[commune]].append((dates.signature[ctg].astype(object), dates.debut[ctg].astype(object)))
    return {code: tuple(liste) for code, liste in jours.items()}
