"""Several files that give the same thing: which one is taken for each département, and what the others become."""

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from data.preparation.account import EXEMPLES, Compte
from data.preparation.perimeter import departement_of
from data.preparation.placing import Place
from data.sources.reading import Ecart
from data.sources.registry import SOURCES

_RANG = {f.id: rang for rang, f in enumerate(SOURCES)}
_COMPLET = 0.5
"""A file with less than this share of the rows of the fullest one is only an extract of it."""


def rank_of(place: Place) -> int:
    """Rank of the format of a file in the registry: the lower, the more it is believed."""
    return _RANG[place.lecture.fichier.format.id] if place.lecture.fichier.format else len(_RANG)


def _order(place: Place, cible: int, lignes: int, plus: int) -> tuple[bool, bool, int, int, int]:
    annee = place.lecture.annee or place.lecture.cog or 0
    avant = annee <= cible
    return (lignes >= _COMPLET * plus, avant, annee if avant else -annee, -rank_of(place), lignes)


def choose(places: Sequence[Place], colonne: str, cible: int) -> tuple[tuple[Place, ...], tuple[str, ...]]:
    """Keep for each département the newest file that is no mere extract; tables come back without the others' rows.

    Returns the places (accounts adjusted) and one French sentence per choice made.
    """
    departements = [p.table[colonne].map(departement_of) for p in places]
    comptes = [d.value_counts() for d in departements]
    tous = sorted(set().union(*(c.index for c in comptes))) if places else []
    gagnants: dict[str, int] = {}
    for departement in tous:
        lignes = [int(c.get(departement, 0)) for c in comptes]
        candidats = [r for r, n in enumerate(lignes) if n]
        gagnants[departement] = max(
            candidats, key=lambda r: _order(places[r], cible, lignes[r], max(lignes))
        )
    gardes, phrases = [], []
    for rang, (place, departement) in enumerate(zip(places, departements, strict=True)):
        gagnant = departement.map(gagnants)
        gardes.append(drop(place, gagnant == rang, gagnant.map(lambda r: f"écarté au profit de {places[int(r)].lecture.nom}")))
        if len(place.table) and not (gagnant == rang).any():
            autres = sorted({places[int(r)].lecture.nom for r in gagnant.unique()})
            phrases.append(
                f"{place.lecture.nom}\u202f: {place.lecture.reading.genre.libelle} non repris, "
                f"donnés plus récents ou plus complets par {', '.join(autres[:3])}"
            )
    return tuple(gardes), tuple(phrases)


def drop(place: Place, keep: "pd.Series[bool]", motifs: pd.Series) -> Place:
    """Leave rows out of a place whose account counts rows."""
    if keep.all():
        return place
    perdus = motifs[~keep].value_counts()
    ecarts = tuple(Ecart(str(motif), int(n), float(n)) for motif, n in perdus.items())
    compte = place.comptes[0]
    ajuste = replace(compte, place=float(keep.sum()), ecarts=compte.ecarts + ecarts)
    return replace(place, table=place.table[keep], comptes=(ajuste, *place.comptes[1:]))


def merge_indicators(places: Sequence[Place]) -> tuple[pd.DataFrame, tuple[Place, ...]]:
    """Keep one value per territory, indicator and year: the most trusted file that has one."""
    cles = ["maille", "code_territoire", "indicateur", "annee"]
    tous = pd.concat(
        [p.table.assign(_rang=rang, _foi=rank_of(p), _ligne=range(len(p.table))) for rang, p in enumerate(places)],
        ignore_index=True,
    )
    tous["_vide"] = tous["statut"] == "manquant"
    tous = tous.sort_values(["_vide", "_foi", "_rang", "_ligne"], kind="stable")
    premier = tous.groupby(cles, sort=False)["_rang"].transform("first")
    double = tous.duplicated(cles)
    perdus = tous[double].assign(motif=premier[double].map(lambda r: f"déjà donné par {places[int(r)].lecture.nom}"))
    nets = tuple(_lose(place, perdus[perdus["_rang"] == rang]) for rang, place in enumerate(places))
    garde = tous[~double].sort_values(["indicateur", "annee", "maille", "code_territoire"], ignore_index=True)
    return garde[["code_territoire", "maille", "indicateur", "annee", "valeur", "statut", "_rang"]], nets


def _lose(place: Place, perdus: pd.DataFrame) -> Place:
    comptes = []
    for compte in place.comptes:
        lignes = perdus[(perdus["indicateur"] + " " + perdus["annee"].astype(str) == compte.mesure)]
        lignes = lignes[lignes["valeur"].notna()]
        comptes.append(_charge(compte, lignes))
    return replace(place, comptes=tuple(comptes))


def _charge(compte: Compte, lignes: pd.DataFrame) -> Compte:
    if lignes.empty:
        return compte
    poids = lignes["valeur"] if compte.unite == "unités" else lignes["valeur"].notna().astype(float)
    ecarts = tuple(
        Ecart(str(motif), len(g), float(poids[g.index].sum()), tuple(g["code_territoire"].head(EXEMPLES)))
        for motif, g in lignes.groupby("motif")
    )
    return replace(compte, place=compte.place - sum(e.total for e in ecarts), ecarts=compte.ecarts + ecarts)
