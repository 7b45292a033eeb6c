"""What a reader asks about: a day, an échelon, a field, a territory; and which rows of a table answer it."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from data.frames import Frames
from data.measures import agreements, coverage, territories
from data.measures.agreements import Jours, days
from data.measures.cache import per_frames
from data.measures.territories import Booleens
from data.model import MAILLES_CARTE, TOUS_CHAMPS, FiltreEchelon, Maille, Profil, StatutCtg

JOUR_INFINI = np.datetime64("9999-12-31", "D")
JOUR_ZERO = np.datetime64("0001-01-01", "D")
_ACTIVES = (StatutCtg.EN_VIGUEUR.value, StatutCtg.A_RENOUVELER.value)


@dataclass(frozen=True, slots=True)
class Portee:
    """One question: `territoire` is a code of any maille, `communes` a territory made by the reader, both may be empty.

    `communes` speaks before `territoire`.
    """

    jour: date
    echelon: FiltreEchelon = FiltreEchelon.TOUS
    champ: str = TOUS_CHAMPS
    territoire: str = ""
    communes: tuple[str, ...] = ()
    profil: Profil = Profil.INTERNE

    @property
    def instant(self) -> np.datetime64:
        """The day as numpy compares it."""
        return np.datetime64(self.jour, "D")


@dataclass(frozen=True, eq=False)
class Periodes:
    """Periods of the rows of a table: open ends are pushed to the ends of time, both days are inside."""

    debut: Jours
    fin: Jours

    def holds(self, instant: np.datetime64) -> Booleens:
        """Tell which periods hold a day."""
        return (self.debut <= instant) & (instant <= self.fin)


@per_frames
def periods(frames: Frames, table: str) -> Periodes:
    """Return the periods of a table with `date_debut` and `date_fin`."""
    debut, fin = days(frames[table]["date_debut"]), days(frames[table]["date_fin"])
    return Periodes(
        np.where(np.isnat(debut), JOUR_ZERO, debut),
        np.where(np.isnat(fin), JOUR_INFINI, fin),
    )


@per_frames
def fields_of(frames: Frames, table: str) -> tuple[tuple[str, ...], ...]:
    """Return the fields that each row of a table names, several of them separated by `|`, `;` or `,`."""
    cellules = frames[table]["champ"].str.replace(r"\s*[|;,]\s*", "|", regex=True)
    return tuple(tuple(dict.fromkeys(c for c in str(cellule).split("|") if c)) for cellule in cellules)


@per_frames
def footprints(frames: Frames) -> dict[str, frozenset[str]]:
    """Return the communes of every Epci, département, commune and QPV of the dataset, by its code."""
    emprises: dict[str, set[str]] = {}
    for maille in MAILLES_CARTE:
        membres = territories.members(frames, maille)
        for commune, code in zip(membres.index, membres, strict=True):
            if code:
                emprises.setdefault(code, set()).add(commune)
    connues = set(frames.communes["code"])
    for code, cellule in zip(frames.qpv["code_qpv"], frames.qpv["codes_communes"], strict=True):
        emprises[code] = {c.strip() for c in str(cellule).split("|")} & connues
    return {code: frozenset(communes) for code, communes in emprises.items()}


def footprint(frames: Frames, code: str) -> frozenset[str]:
    """Return the communes of the dataset in a territory, none for a code that it does not know."""
    return footprints(frames).get(code, frozenset())


def asked(frames: Frames, portee: Portee) -> frozenset[str]:
    """Return the communes that a question is about: all of them where it names no territory."""
    if portee.communes:
        return frozenset(portee.communes) & frozenset(frames.communes["code"])
    return footprint(frames, portee.territoire) if portee.territoire else frozenset(frames.communes["code"])


def inside(frames: Frames, portee: Portee) -> Booleens:
    """Tell which communes a question is about, in the order of `communes`."""
    demandees = asked(frames, portee)
    return np.array([code in demandees for code in territories.codes(frames)], dtype=bool)


def rows(frames: Frames, table: str, portee: Portee) -> Booleens:
    """Tell which rows of a table with `champ` and `code_territoire` a question keeps, whatever the day.

    A row is kept when its territory shares a commune with the one asked about; without a territory asked, rows of
    unknown territories are kept too.
    """
    garde = np.ones(len(frames[table]), dtype=bool)
    if portee.champ != TOUS_CHAMPS:
        garde = garde & np.array([portee.champ in c for c in fields_of(frames, table)], dtype=bool)
    if portee.territoire or portee.communes:
        demandees = asked(frames, portee)
        codes = frames[table]["code_territoire"]
        touche = {c: bool(footprint(frames, c) & demandees) for c in codes.unique()}
        garde = garde & codes.map(touche).to_numpy(dtype=bool)
    return garde


def day_of(valeur: object) -> date | None:
    """Return a cell of a column of dates as a day, None where it is empty."""
    return valeur.date() if isinstance(valeur, pd.Timestamp) and not pd.isna(valeur) else None


def amount_of(valeur: object) -> float | None:
    """Return a cell of a column of numbers, None where it is empty."""
    return float(valeur) if isinstance(valeur, int | float) and not pd.isna(valeur) else None


def local_rows(frames: Frames) -> tuple[tuple[Maille, str], ...]:
    """Return the territories of a local reading: every Epci, then the communes that belong to none."""
    epci = tuple((Maille.EPCI, c) for c in territories.groups(frames, Maille.EPCI).codes)
    sans = frames.communes.loc[frames.communes["code_epci"] == "", "code"]
    return (*epci, *((Maille.COMMUNE, c) for c in sans))


def agreements_asked(frames: Frames, portee: Portee) -> tuple[str, ...]:
    """Return the ids of the agreements that échelon, field and territory keep, whatever their status."""
    return tuple(frames["ctg"]["id_ctg"][_asked_agreements(frames, portee)])


def active_agreements(frames: Frames, portee: Portee) -> tuple[str, ...]:
    """Return the ids of the agreements in force under the filters, départemental ones included where they count."""
    accords = agreements.status(frames, portee.jour)
    actives = accords["statut"].isin(_ACTIVES).to_numpy(dtype=bool)
    return tuple(accords["id_ctg"][actives & _asked_agreements(frames, portee)])


def _asked_agreements(frames: Frames, portee: Portee) -> Booleens:
    garde = agreements.of_echelons(frames, portee.echelon.comptes) & agreements.of_field(frames, portee.champ)
    if portee.territoire or portee.communes:
        liens, touche = coverage.links(frames), np.zeros(len(frames["ctg"]), dtype=bool)
        touche[liens.ctg[inside(frames, portee)[liens.commune]]] = True
        garde = garde & touche
    return garde
