"""Agreements at a day: effective dates and computed status (FORMATS §3); nothing of it is ever stored."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data.frames import Frames
from data.measures.cache import lately_per_frames, per_frames
from data.measures.territories import Booleens, Rangs
from data.model import TOUS_CHAMPS, Echelon, FiltreEchelon, StatutCtg, StatutStocke

Jours = NDArray[np.datetime64]

STATUTS = tuple(StatutCtg)
_CODE = {statut: rang for rang, statut in enumerate(STATUTS)}
JOURS_RETENUS = 64
"""How many days what is computed of a day is remembered for: those of a player, and a few more."""


@dataclass(frozen=True, eq=False)
class Echeances:
    """Effective dates of every agreement, in the order of `ctg`; days, NaT where unknown.

    `sans_demarche`: never signed and stored as `non_engagee`.
    """

    signature: Jours
    debut: Jours
    fin: Jours
    fin_calculee: Booleens
    sans_demarche: Booleens


def add_months(jours: Jours, mois: NDArray[np.int64] | int) -> Jours:
    """Add calendar months; a day that the month has not becomes its last one (31 January + 1 = 28 February)."""
    depart = jours.astype("datetime64[M]")
    cible = depart + np.asarray(mois).astype("timedelta64[M]")
    dernier = (cible + np.timedelta64(1, "M")).astype("datetime64[D]") - np.timedelta64(1, "D")
    somme: Jours = np.minimum(cible.astype("datetime64[D]") + (jours - depart.astype("datetime64[D]")), dernier)
    return somme


def days(colonne: pd.Series) -> Jours:
    """Return a column of dates as days."""
    return np.asarray(colonne, dtype="datetime64[D]")


@per_frames
def effective_dates(frames: Frames) -> Echeances:
    """Compute the dates that count: start defaults to signature, end to start + duration - 1 day ("calculée")."""
    ctg = frames["ctg"]
    signature, debut, fin = (days(ctg[c]) for c in ("date_signature", "date_debut", "date_fin"))
    debut = np.where(np.isnat(debut), signature, debut)
    duree = ctg["duree_annees"].fillna(frames.jeu.parametres.duree_ctg_annees).to_numpy(dtype=np.float64)
    calculee = add_months(debut, np.rint(12 * duree).astype(np.int64)) - np.timedelta64(1, "D")
    sans_fin = np.isnat(fin)
    jamais = ctg["statut"].eq(StatutStocke.NON_ENGAGEE.value).to_numpy(dtype=bool)
    return Echeances(
        signature,
        debut,
        np.where(sans_fin, calculee, fin),
        sans_fin & ~np.isnat(calculee),
        jamais & np.isnat(signature),
    )


@lately_per_frames(JOURS_RETENUS)
def status_codes(frames: Frames, jour: date) -> Rangs:
    """Compute the status of every agreement, as ranks in `STATUTS`, in the order of `ctg`.

    An agreement is to be renewed when its last day is at most `jour` + `alerte_renouvellement_mois`, in
    calendar months: with 12 months, one that ends on 31/12/2027 is to be renewed from 31/12/2026 on.
    """
    dates = effective_dates(frames)
    aujourdhui = np.array(jour, dtype="datetime64[D]")
    alerte = add_months(aujourdhui, frames.jeu.parametres.alerte_renouvellement_mois)
    return np.select(
        [
            dates.sans_demarche,
            ~(dates.signature <= aujourdhui),
            aujourdhui < dates.debut,
            aujourdhui > dates.fin,
            dates.fin <= alerte,
        ],
        [
            _CODE[s]
            for s in (
                StatutCtg.NON_ENGAGEE,
                StatutCtg.EN_PREPARATION,
                StatutCtg.A_VENIR,
                StatutCtg.ECHUE,
                StatutCtg.A_RENOUVELER,
            )
        ],
        default=_CODE[StatutCtg.EN_VIGUEUR],
    ).astype(np.intp)


@per_frames
def _suites(frames: Frames) -> tuple[Rangs, Rangs]:
    """Return the ranks in `ctg` of the agreements that name a former one, the latest signed first, and its rank."""
    ctg, signature = frames["ctg"], effective_dates(frames).signature
    ids = pd.Index(ctg["id_ctg"])
    avant = ids.get_indexer(pd.Index(ctg["id_ctg_precedente"]))
    suites = np.flatnonzero((avant >= 0) & (ctg["id_ctg_precedente"] != "").to_numpy(dtype=bool) & ~np.isnat(signature))
    ordre = np.argsort(signature[suites], kind="stable")[::-1]
    return suites[ordre], np.asarray(avant, dtype=np.intp)[suites[ordre]]


@lately_per_frames(JOURS_RETENUS)
def successors(frames: Frames, jour: date) -> Rangs:
    """Return, by agreement, the rank of the first one signed at `jour` that names it as the former one, -1 for none."""
    suites, avant = _suites(frames)
    signees = effective_dates(frames).signature[suites] <= np.array(jour, dtype="datetime64[D]")
    premiere = np.full(len(frames["ctg"]), -1, dtype=np.intp)
    premiere[avant[signees]] = suites[signees]  # the last one written is the first one signed
    return premiere


@lately_per_frames(JOURS_RETENUS)
def status(frames: Frames, jour: date) -> pd.DataFrame:
    """Return one row per agreement with its status at `jour` (both ends of a period are inside it); never changed.

    Columns: id_ctg, nom, echelon, statut (`StatutCtg`), signee, date_signature, date_debut, date_fin (effective),
    fin_calculee, renouvelee_par ("" where no agreement signed by then follows it).
    """
    ctg, dates = frames["ctg"], effective_dates(frames)
    valeurs = pd.Series([s.value for s in STATUTS], dtype="str")
    ids = pd.concat([ctg["id_ctg"], pd.Series([""], dtype="str")], ignore_index=True)  # -1 is the last one
    return pd.DataFrame(
        {
            "id_ctg": ctg["id_ctg"].array,
            "nom": ctg["nom"].array,
            "echelon": ctg["echelon"].array,
            "statut": valeurs.array.take(status_codes(frames, jour)),
            "signee": dates.signature <= np.array(jour, dtype="datetime64[D]"),
            "date_signature": dates.signature.astype("datetime64[s]"),
            "date_debut": dates.debut.astype("datetime64[s]"),
            "date_fin": dates.fin.astype("datetime64[s]"),
            "fin_calculee": dates.fin_calculee,
            "renouvelee_par": ids.array.take(successors(frames, jour)),
        }
    )


@per_frames
def id_ranks(frames: Frames) -> Rangs:
    """Return the alphabetical rank of the id of each agreement, in the order of `ctg`."""
    return np.argsort(np.argsort(frames["ctg"]["id_ctg"].to_numpy(dtype=object), kind="stable"), kind="stable")


@per_frames
def of_echelons(frames: Frames, echelons: frozenset[Echelon]) -> Booleens:
    """Tell which agreements belong to these échelons, in the order of `ctg`."""
    return frames["ctg"]["echelon"].isin([e.value for e in echelons]).to_numpy(dtype=bool)


@per_frames
def of_field(frames: Frames, champ: str) -> Booleens:
    """Tell which agreements name this field in `ctg-champs`; all of them for "tous"."""
    if champ == TOUS_CHAMPS:
        return np.ones(len(frames["ctg"]), dtype=bool)
    nommees = frames["ctg_champs"].loc[frames["ctg_champs"]["champ"] == champ, "id_ctg"]
    return frames["ctg"]["id_ctg"].isin(nommees).to_numpy(dtype=bool)


def counts(frames: Frames, jour: date, echelon: FiltreEchelon, parmi: Booleens | None = None) -> dict[str, int]:
    """Count the agreements of an échelon filter by status, whatever their fields; `non_engagee` is not one.

    `parmi` tells which agreements may be counted, all where None.
    """
    retenues = of_echelons(frames, echelon.comptes)
    statuts = status_codes(frames, jour)[retenues if parmi is None else retenues & parmi]
    compte = np.bincount(statuts, minlength=len(STATUTS))
    ordre = (
        StatutCtg.EN_VIGUEUR,
        StatutCtg.A_RENOUVELER,
        StatutCtg.ECHUE,
        StatutCtg.A_VENIR,
        StatutCtg.EN_PREPARATION,
    )
    return {s.value: int(compte[_CODE[s]]) for s in ordre}
