"""Values of an indicator as the dataset publishes them, one per territory of a maille."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from data.frames import Frames
from data.measures import territories
from data.measures.cache import per_frames
from data.measures.territories import Nombres, Rangs
from data.model import Blanc, Maille

Blancs = NDArray[np.int8]

POPULATION = "population_municipale"

BLANCS = ("", Blanc.PETIT_DENOMINATEUR.value, Blanc.MANQUANT.value, Blanc.NON_PUBLIE.value, Blanc.SECRET.value)
"""Blanks by rank; where several meet the greatest speaks: secrecy must never be guessed from another."""
CONNU, PETIT, MANQUANT, NON_PUBLIE, SECRET = range(5)


@dataclass(frozen=True, eq=False)
class Valeurs:
    """One value per territory of a maille: NaN where `blancs` (rank in `BLANCS`) says why; its year, NaN for no row."""

    valeurs: Nombres
    blancs: Blancs
    annees: Nombres


@dataclass(frozen=True, eq=False)
class _Lignes:
    """Rows of one indicator at one maille, the territory as its rank."""

    rang: Rangs
    annee: Nombres
    valeur: Nombres
    blanc: Blancs


@per_frames
def _rows(frames: Frames) -> dict[tuple[str, str], _Lignes]:
    """Split the long table by indicator and maille; rows of unknown territories are left out."""
    lignes = {}
    table = frames["indicateurs"]
    table = table[table["annee"].notna() & table["maille"].isin(["commune", "epci", "departement"])]
    rangs_blancs = {blanc: rang for rang, blanc in enumerate(BLANCS)}
    for (indicateur, maille), bloc in table.groupby(["indicateur", "maille"], sort=False):
        rangs = territories.ranks(frames, Maille(str(maille)))
        rang = np.array([rangs.get(c, -1) for c in bloc["code_territoire"]], dtype=np.intp)
        valeur = bloc["valeur"].to_numpy(dtype=np.float64).copy()
        blanc = np.array([rangs_blancs.get(s, MANQUANT) for s in bloc["statut"]], dtype=np.int8)
        blanc[np.isnan(valeur) & (blanc == CONNU)] = MANQUANT
        valeur[blanc != CONNU] = np.nan
        annee, ici = bloc["annee"].to_numpy(dtype=np.float64), rang >= 0
        if ici.any():
            lignes[str(indicateur), str(maille)] = _Lignes(rang[ici], annee[ici], valeur[ici], blanc[ici])
    return lignes


@per_frames
def mailles(frames: Frames, indicateur: str) -> frozenset[Maille]:
    """Return the mailles at which the dataset brings an indicator."""
    return frozenset(Maille(m) for i, m in _rows(frames) if i == indicateur)


@per_frames
def years(frames: Frames, indicateur: str) -> tuple[int, ...]:
    """Return the years of an indicator, all mailles together, in order."""
    annees = [lignes.annee for (i, _), lignes in _rows(frames).items() if i == indicateur]
    return tuple(int(a) for a in np.unique(np.concatenate(annees))) if annees else ()


def reference_year(frames: Frames, indicateurs: tuple[str, ...], annee: int) -> int:
    """Return the year of the dataset that stands for `annee`: the latest ≤ it or, failing that, the earliest."""
    connues = sorted({a for i in indicateurs for a in years(frames, i)})
    return next((a for a in reversed(connues) if a <= annee), connues[0] if connues else annee)


@per_frames
def published(frames: Frames, indicateur: str, maille: Maille, annee: int, *, exacte: bool = False) -> Valeurs:
    """Return the value of each territory for its latest year ≤ `annee` or, failing that, its earliest.

    A year marked missing or unpublished gives way to a year that has a value; a secret one does not. `exacte`
    takes that year and no other. Call it with a `reference_year`, for each year asked is kept in memory.
    """
    nombre = len(territories.groups(frames, maille).codes)
    valeurs, annees = np.full(nombre, np.nan), np.full(nombre, np.nan)
    blancs = np.full(nombre, MANQUANT, dtype=np.int8)
    lignes = _rows(frames).get((indicateur, maille.value))
    if lignes is not None:
        ordre = _from_worst_to_best(lignes, annee)
        ordre = ordre[lignes.annee[ordre] == annee] if exacte else ordre
        rang = lignes.rang[ordre]
        valeurs[rang], blancs[rang], annees[rang] = lignes.valeur[ordre], lignes.blanc[ordre], lignes.annee[ordre]
    return Valeurs(valeurs, blancs, annees)


def _from_worst_to_best(lignes: _Lignes, annee: int) -> Rangs:
    """Order rows so that the last one of a territory is the one that speaks; the first of equal ones wins."""
    parle = (lignes.blanc == CONNU) | (lignes.blanc == SECRET)
    passee = lignes.annee <= annee
    proximite = np.where(passee, lignes.annee, -lignes.annee)
    return np.lexsort((-np.arange(len(lignes.rang)), proximite, passee, parle))


def communal(frames: Frames, indicateur: str, annee: int, *, exacte: bool = False) -> Valeurs:
    """Return the values of the communes; the population is completed by the property of their outlines."""
    valeurs = published(frames, indicateur, Maille.COMMUNE, annee, exacte=exacte)
    if indicateur != POPULATION or exacte:
        return valeurs
    propriete = frames.communes["population"].to_numpy(dtype=np.float64)
    completes = np.where(np.isnan(valeurs.valeurs), propriete, valeurs.valeurs)
    return Valeurs(completes, np.where(np.isnan(completes), valeurs.blancs, CONNU).astype(np.int8), valeurs.annees)


def population(frames: Frames, annee: int) -> Nombres:
    """Return the inhabitants of each commune: `population_municipale`, else its property; NaN where unknown."""
    return communal(frames, POPULATION, reference_year(frames, (POPULATION,), annee)).valeurs
