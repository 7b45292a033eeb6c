"""Density of open services: a number of services over the people they serve (DOMAINE §3.3; the formula is ours)."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from data.frames import Frames
from data.measures import agreements, sums, territories
from data.measures.cache import lately_per_frames, per_frames
from data.measures.effectifs import BLANCS, CONNU, MANQUANT, PETIT, Blancs
from data.measures.territories import Booleens, Nombres, Rangs
from data.model import TOUS_CHAMPS, Champ, Maille, Profil

MODES = ("fixe", "itinerant", "antenne")
JOURS_RETENUS = 128
"""How many days (and days of a field) the open services are remembered for."""

_TOUS = Champ(TOUS_CHAMPS, "Tous les champs", "", False, "")


@dataclass(frozen=True, eq=False)
class Services:
    """Services in the order of `services`: rank of the commune (-1 unknown), rank in `MODES`, days open."""

    commune: Rangs
    mode: Rangs
    ouverture: agreements.Jours
    fermeture: agreements.Jours

    def open_at(self, jour: date) -> Booleens:
        """Tell which services are open: opened at the latest that day, closed after it; no date is no bound."""
        instant = np.array(jour, dtype="datetime64[D]")
        return ~(self.ouverture > instant) & ~(self.fermeture <= instant)


@per_frames
def services(frames: Frames) -> Services:
    """Return the services as arrays; an empty mode is fixed."""
    table = frames["services"]
    rangs = {mode: rang for rang, mode in enumerate(MODES)}
    return Services(
        territories.positions(frames, table["code_commune"]),
        np.array([rangs.get(m, 0) for m in table["mode"]], dtype=np.intp),
        agreements.days(table["date_ouverture"]),
        agreements.days(table["date_fermeture"]),
    )


@per_frames
def of_field(frames: Frames, champ: str) -> Booleens:
    """Tell which services belong to a field; all of them, once each, for "tous"."""
    if champ == TOUS_CHAMPS:
        return np.ones(len(frames["services"]), dtype=bool)
    cellules = frames["services"]["champ"].str.replace(r"\s*[|;,]\s*", "|", regex=True)
    return ("|" + cellules + "|").str.contains(f"|{champ}|", regex=False).to_numpy(dtype=bool)


def field(frames: Frames, champ: str) -> Champ:
    """Return how the density of a field is measured; inhabitants per 10 000 for all fields together."""
    return frames.champ(champ) or _TOUS


def floor(frames: Frames, champ: str) -> int:
    """Return the denominator below which a density says nothing and is not given."""
    parametres = frames.jeu.parametres
    habitants = field(frames, champ).denominateur == ("population_municipale",)
    return parametres.denominateur_min_habitants if habitants else parametres.denominateur_min_enfants


@dataclass(frozen=True, eq=False)
class Densites:
    """Density of one field over territories: open services by mode (one row per territory, columns of `MODES`).

    `valeur` (services for `Champ.facteur` units of `denominateur`) is NaN where `blancs` (rank in
    `effectifs.BLANCS`) says why.
    """

    modes: Rangs
    denominateur: Nombres
    valeur: Nombres
    blancs: Blancs


def compute(frames: Frames, jour: date, champ: str, maille: Maille, profil: Profil = Profil.INTERNE) -> pd.DataFrame:
    """Compute the density at a day, one row per territory of the maille, sorted by code.

    Columns: code, services (open, all modes), fixe, itinerant, antenne, denominateur (NaN where blank), valeur
    (services for `Champ.facteur` units of the denominator), statut ("" or `Blanc` value). A denominator of 0 is a
    small one; without a table of services every density is missing, never zero. The services of the communes
    `outside` stay in `services`, not in `valeur`.
    """
    return _table(territories.groups(frames, maille).codes, at(frames, jour, champ, maille, profil))


def at(frames: Frames, jour: date, champ: str, maille: Maille, profil: Profil = Profil.INTERNE) -> Densites:
    """Compute the same as arrays, in the order of the codes of the maille."""
    total = sums.totals(frames, field(frames, champ).denominateur, maille, sums.Lecture(jour.year, profil))
    return _densities(frames, jour, champ, territories.groups(frames, maille), total)


def over(frames: Frames, jour: date, champ: str, dedans: Booleens, profil: Profil = Profil.INTERNE) -> pd.Series:
    """Compute the density over one set of communes; the columns of `compute`."""
    return _table(("",), inside(frames, jour, champ, dedans, profil)).iloc[0]


def inside(frames: Frames, jour: date, champ: str, dedans: Booleens, profil: Profil = Profil.INTERNE) -> Densites:
    """Compute the same as arrays of one."""
    total = sums.totals_over(frames, field(frames, champ).denominateur, dedans, sums.Lecture(jour.year, profil))
    return _densities(frames, jour, champ, territories.only(dedans), total)


def _densities(frames: Frames, jour: date, champ: str, groupes: territories.Groupes, total: sums.Totaux) -> Densites:
    mesure, tous, ouverts = field(frames, champ), services(frames), _open_of(frames, jour, champ)
    rang, nombre = groupes.rang[tous.commune[ouverts]], len(groupes.codes)
    modes = np.bincount((rang + 1) * 3 + tous.mode[ouverts], minlength=3 * (nombre + 1)).reshape(-1, 3)[1:]
    mesures = total.dedans[tous.commune[ouverts]] | np.append(total.publies, False)[rang]
    numerateur = np.bincount(rang[mesures] + 1, minlength=nombre + 1)[1:]
    petit = (total.blancs == CONNU) & ((total.valeurs < floor(frames, champ)) | (total.valeurs == 0))
    blancs = np.where(petit, PETIT, total.blancs)
    if not frames.has("services"):
        blancs = np.maximum(blancs, MANQUANT)
    valeur = np.full(nombre, np.nan)
    np.divide(numerateur * mesure.facteur, total.valeurs, out=valeur, where=blancs == CONNU)
    return Densites(modes, total.valeurs, valeur, blancs)


@lately_per_frames(JOURS_RETENUS)
def _open_of(frames: Frames, jour: date, champ: str) -> Rangs:
    """Return the ranks of the services of a field that are open at a day, in a commune of the dataset."""
    tous = services(frames)
    return np.flatnonzero(_open_at(frames, jour) & of_field(frames, champ) & (tous.commune >= 0))


@lately_per_frames(JOURS_RETENUS)
def _open_at(frames: Frames, jour: date) -> Booleens:
    return services(frames).open_at(jour)


def _table(codes: tuple[str, ...], densites: Densites) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "code": codes,
            "services": densites.modes.sum(axis=1),
            **{mode: densites.modes[:, i] for i, mode in enumerate(MODES)},
            "denominateur": densites.denominateur,
            "valeur": densites.valeur,
            "statut": np.array(BLANCS, dtype=object)[densites.blancs],
        }
    )


def outside(frames: Frames, jour: date, champ: str, profil: Profil = Profil.INTERNE) -> tuple[str, ...]:
    """List the communes whose denominator is not known, outside both terms of every density."""
    denominateur = field(frames, champ).denominateur
    total = sums.totals(frames, denominateur, Maille.COMMUNE, sums.Lecture(jour.year, profil))
    return tuple(territories.codes(frames)[~total.dedans])
