"""What ends when: agreements by last day, and the times without an agreement or with two."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

import numpy as np

from data.frames import Frames
from data.measures import register
from data.measures.agreements import add_months
from data.measures.register import Inscription
from data.measures.scope import Portee, asked
from data.model import Echelon


class Suite(StrEnum):
    """What follows an agreement, as it is known at the day."""

    SIGNEE = "signee"
    EN_PREPARATION = "en_preparation"
    AUCUNE = "aucune"

    @property
    def libelle(self) -> str:
        """French label."""
        return {
            "signee": "Renouvellement signé",
            "en_preparation": "Renouvellement en préparation",
            "aucune": "Aucune suite écrite",
        }[self]


@dataclass(frozen=True, slots=True)
class Echeance:
    """One agreement in force and its last day: `jours` left (0 on the last day), `seuil` the smallest that holds it.

    `seuil` is in months, None beyond the widest; `suite` is what follows it.
    """

    inscription: Inscription
    fin: date
    jours: int
    seuil: int | None
    suite: Suite


def months_after(jour: date, mois: int) -> date:
    """Return the same day some months later (or earlier), the last one of a shorter month."""
    return date.fromisoformat(str(add_months(np.array(jour, dtype="datetime64[D]"), mois)))


def of_entries(frames: Frames, portee: Portee) -> tuple[Echeance, ...]:
    """Return the agreements in force that the filters keep, by last day; both ends of a period are inside it."""
    tous = {e.id_ctg: e for e in register.all_entries(frames, portee.jour)}
    seuils = sorted(frames.jeu.parametres.echeances_mois)
    bornes = [(months_after(portee.jour, m), m) for m in seuils]
    vivantes = [(e, e.date_fin) for e in register.entries(frames, portee) if e.active and e.date_fin]
    return tuple(
        Echeance(
            inscription=e,
            fin=fin,
            jours=(fin - portee.jour).days,
            seuil=next((m for borne, m in bornes if fin <= borne), None),
            suite=following(e, tous),
        )
        for e, fin in sorted(vivantes, key=lambda paire: (paire[1], paire[0].id_ctg))
    )


def following(e: Inscription, tous: dict[str, Inscription]) -> Suite:
    """Tell what follows an agreement: a renewal signed by the day, one in preparation, or nothing written."""
    if e.renouvelee_par:
        return Suite.SIGNEE
    return Suite.EN_PREPARATION if any(i in tous for i in e.suivantes) else Suite.AUCUNE


def within(echeances: tuple[Echeance, ...], mois: int) -> tuple[Echeance, ...]:
    """Return those that end within some months: a smaller threshold is inside a wider one."""
    return tuple(e for e in echeances if e.seuil is not None and e.seuil <= mois)


class NatureEcart(StrEnum):
    """A time without an agreement, or with two of one échelon."""

    SANS_CTG = "sans_ctg"
    CHEVAUCHEMENT = "chevauchement"

    @property
    def libelle(self) -> str:
        """French label."""
        return {"sans_ctg": "Période sans Ctg", "chevauchement": "Chevauchement"}[self]


@dataclass(frozen=True, slots=True)
class Ecart:
    """A time, both days inside, over the same communes; `fin` None where it still lasts at the day.

    `avant` and `apres` are the agreements on either side of a time without one (`apres` "" where none is signed), or
    the two that overlap. `departemental` tells the échelon: local agreements stand in for each other, not for it.
    """

    nature: NatureEcart
    departemental: bool
    debut: date
    fin: date | None
    avant: str
    apres: str
    communes: tuple[str, ...]


Periode = tuple[date, date, str]


def gaps(frames: Frames, portee: Portee) -> tuple[Ecart, ...]:
    """Return the times between two agreements and those with two, for the communes and échelons of the filters.

    Only agreements signed by the day count. A gap is a time that no local agreement covers, of whichever sub-type;
    an overlap joins two of one sub-type.
    """
    gardees = {e.id_ctg: e for e in register.entries(frames, portee) if e.signee and e.date_debut and e.date_fin}
    voulues = asked(frames, portee) if portee.territoire or portee.communes else None
    ecarts: list[Ecart] = []
    for echelons in ({Echelon.DEPARTEMENTAL}, {Echelon.INTERCOMMUNAL, Echelon.COMMUNAL}):
        for periodes, communes in _by_history(gardees, echelons, voulues).items():
            ecarts += _gaps_of(periodes, communes, echelons, portee.jour)
    for echelon in Echelon:
        for periodes, communes in _by_history(gardees, {echelon}, voulues).items():
            ecarts += _overlaps_of(periodes, communes, {echelon})
    return tuple(sorted(_merged(ecarts), key=lambda e: (e.debut, e.avant, e.apres)))


def _by_history(
    tous: dict[str, Inscription], echelons: set[Echelon], voulues: frozenset[str] | None
) -> dict[tuple[Periode, ...], tuple[str, ...]]:
    """Group the communes that went through the same agreements of these échelons, in order of their first day."""
    par_commune: dict[str, list[Periode]] = defaultdict(list)
    for e in tous.values():
        if e.echelon in echelons and e.date_debut and e.date_fin and e.date_debut <= e.date_fin:
            for commune in e.communes:
                if voulues is None or commune in voulues:
                    par_commune[commune].append((e.date_debut, e.date_fin, e.id_ctg))
    groupes: dict[tuple[Periode, ...], list[str]] = defaultdict(list)
    for commune, periodes in par_commune.items():
        groupes[tuple(sorted(periodes))].append(commune)
    return {periodes: tuple(sorted(communes)) for periodes, communes in groupes.items()}


def _gaps_of(
    periodes: tuple[Periode, ...], communes: tuple[str, ...], echelons: set[Echelon], jour: date
) -> list[Ecart]:
    departemental = Echelon.DEPARTEMENTAL in echelons
    ecarts, (_, fin, avant) = [], periodes[0]
    for debut, terme, ident in periodes[1:]:
        if debut > fin + timedelta(days=1):
            bornes = (fin + timedelta(days=1), debut - timedelta(days=1))
            ecarts.append(Ecart(NatureEcart.SANS_CTG, departemental, *bornes, avant, ident, communes))
        if terme >= fin:
            fin, avant = terme, ident
    if fin < jour:
        depuis = fin + timedelta(days=1)
        ecarts.append(Ecart(NatureEcart.SANS_CTG, departemental, depuis, None, avant, "", communes))
    return ecarts


def _overlaps_of(periodes: tuple[Periode, ...], communes: tuple[str, ...], echelons: set[Echelon]) -> list[Ecart]:
    departemental = Echelon.DEPARTEMENTAL in echelons
    return [
        Ecart(NatureEcart.CHEVAUCHEMENT, departemental, debut, min(fin, terme), avant, ident, communes)
        for rang, (_, fin, avant) in enumerate(periodes)
        for debut, terme, ident in periodes[rang + 1 :]
        if debut <= fin
    ]


def _merged(ecarts: list[Ecart]) -> list[Ecart]:
    """Join what says the same of several groups of communes."""
    groupes: dict[tuple[object, ...], list[Ecart]] = defaultdict(list)
    for e in ecarts:
        groupes[e.nature, e.departemental, e.debut, e.fin, e.avant, e.apres].append(e)
    return [
        Ecart(t[0].nature, t[0].departemental, t[0].debut, t[0].fin, t[0].avant, t[0].apres, tuple(sorted(communes)))
        for t in groupes.values()
        for communes in [{c for e in t for c in e.communes}]
    ]
