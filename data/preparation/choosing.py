"""Several files that give the same thing: which one is taken for each département, and what the others become."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import pandas as pd

from data.preparation.account import EXEMPLES, Compte
from data.preparation.perimeter import departements_of
from data.preparation.placing import Place, measure
from data.sources.reading import Ecart
from data.sources.registry import SOURCES

_RANG = {f.id: rang for rang, f in enumerate(SOURCES)}
_COMPLET = 0.5
"""A file with less than this share of the rows of the fullest one is only an extract of it."""


def rank_of(place: Place) -> int:
    """Rank of the format of a file in the registry: the lower, the more it is believed."""
    return _RANG[place.lecture.fichier.format.id] if place.lecture.fichier.format else len(_RANG)


def _order(place: Place, cible: int, lignes: int, plus: int) -> tuple[bool, bool, int, int, int]:
    annee = place.lecture.annee or place.lecture.depuis or 0
    avant = annee <= cible
    return (lignes >= _COMPLET * plus, avant, annee if avant else -annee, -rank_of(place), lignes)


def choose(
    places: Sequence[Place], colonne: str, cible: int, groupe: str = ""
) -> tuple[tuple[Place, ...], tuple[str, ...]]:
    """Keep for each département (and value of `groupe`) the newest file that is no mere extract.

    Returns the places without the rows of the others (accounts adjusted) and a French sentence per file left out.
    """
    cles = [_keys(p.table, colonne, groupe) for p in places]
    tailles = [c.value_counts() for c in cles]
    gagnants: dict[str, int] = {}
    for cle in sorted(set().union(*(t.index for t in tailles))) if places else []:
        lignes = [int(t.get(cle, 0)) for t in tailles]
        candidats = [r for r, n in enumerate(lignes) if n]
        gagnants[cle] = max(candidats, key=lambda r: (*_order(places[r], cible, lignes[r], max(lignes)), -r))
    gardes, phrases = [], []
    for rang, (place, cle) in enumerate(zip(places, cles, strict=True)):
        gagnant = cle.map(gagnants).astype("Int64")
        gardes.append(drop(place, gagnant == rang, gagnant.map(_loser(places))))
        perdus = gagnant[gagnant != rang]
        if len(perdus) and len(perdus) == len(cle):
            phrases.append(_say(place, [places[int(r)] for r in perdus.value_counts().index[:2]]))
    return tuple(gardes), tuple(phrases)


def _keys(table: pd.DataFrame, colonne: str, groupe: str) -> pd.Series:
    departement = departements_of(table[colonne].astype("str"))
    return table[groupe].astype("str") + " " + departement if groupe else departement


def _say(place: Place, gagnants: Sequence[Place]) -> str:
    genre = place.lecture.reading.genre.libelle
    choisis = ", ".join(f"{g.lecture.nom} ({_why(place, g)})" for g in gagnants)
    return f"{genre[0].upper()}{genre[1:]}\u202f: {choisis} plutôt que {place.lecture.nom}"


def _why(perdant: Place, gagnant: Place) -> str:
    """Say what decided: the year, the number of rows, or the rank of the producer."""
    avant, apres = _known_year(perdant), _known_year(gagnant)
    if apres and not avant:
        return f"{apres}, l'autre fichier ne dit pas son année"
    if apres and apres != avant:
        return f"{apres}, {'plus récent que' if apres > avant else 'mieux placé que'} {avant}"
    if len(gagnant.lecture.reading.table) > len(perdant.lecture.reading.table):
        return "plus complet"
    return "plus près de la source" if rank_of(gagnant) < rank_of(perdant) else "identique, lu en premier"


def _known_year(place: Place) -> int:
    lecture = place.lecture
    return lecture.annee or (lecture.cog or 0 if lecture.depuis == lecture.jusqua else 0)


def _loser(places: Sequence[Place]) -> Callable[[int], str]:
    return lambda rang: f"écarté au profit de {places[int(rang)].lecture.nom}"


def drop(place: Place, keep: "pd.Series[bool]", motifs: pd.Series) -> Place:
    """Leave rows out of a place whose first account counts rows."""
    if keep.all():
        return place
    perdus = motifs[~keep].value_counts()
    ecarts = tuple(Ecart(str(motif), int(n), float(n)) for motif, n in perdus.items())
    compte = place.comptes[0]
    ajuste = replace(compte, place=float(keep.sum()), ecarts=compte.ecarts + ecarts)
    return replace(place, table=place.table[keep], comptes=(ajuste, *place.comptes[1:]))


def once_by_id(places: Sequence[Place]) -> tuple[Place, ...]:
    """Keep the first of the rows that bear the same id, in any file."""
    vus: dict[str, str] = {}
    nets = []
    for place in places:
        ids = place.table["id"]
        connu = ids.map(vus).astype("str")
        double = connu.notna() | ids.duplicated()
        motifs = ("déjà donné par " + connu).fillna("identifiant répété dans le fichier")
        nets.append(drop(place, ~double, motifs))
        vus |= dict.fromkeys(nets[-1].table["id"], place.lecture.nom)
    return tuple(nets)


def merge_indicators(places: Sequence[Place]) -> tuple[pd.DataFrame, tuple[Place, ...]]:
    """Keep one value per territory, indicator and year: that of the most trusted file that has one.

    Of two files of one format the fuller is believed. The table has the rank of its file in `_rang`.
    """
    cles = ["maille", "code_territoire", "indicateur", "annee"]
    tous = pd.concat(
        [
            p.table.assign(_rang=rang, _foi=rank_of(p), _manque=-len(p.table), _ligne=range(len(p.table)))
            for rang, p in enumerate(places)
        ],
        ignore_index=True,
    )
    tous["_vide"] = tous["statut"] == "manquant"
    tous = tous.sort_values(["_vide", "_foi", "_manque", "_rang", "_ligne"], kind="stable")
    premier = tous.groupby(cles, sort=False)["_rang"].transform("first")
    double = tous.duplicated(cles)
    perdus = tous[double].assign(motif=premier[double].map(lambda r: f"déjà donné par {places[int(r)].lecture.nom}"))
    nets = tuple(_lose(place, perdus[perdus["_rang"] == rang]) for rang, place in enumerate(places))
    garde = tous[~double].sort_values(["indicateur", "annee", "maille", "code_territoire"], ignore_index=True)
    return garde[["code_territoire", "maille", "indicateur", "annee", "valeur", "statut", "_rang"]], nets


def _lose(place: Place, perdus: pd.DataFrame) -> Place:
    mesures = [
        measure(str(i), int(a), str(m))
        for i, a, m in zip(perdus["indicateur"], perdus["annee"], perdus["maille"], strict=True)
    ]
    par_mesure = {str(nom): g for nom, g in perdus.groupby(pd.Series(mesures, index=perdus.index, dtype="str"))}
    comptes = tuple(_charge(c, par_mesure.get(c.mesure, perdus.iloc[:0])) for c in place.comptes)
    return replace(place, comptes=comptes)


def _charge(compte: Compte, lignes: pd.DataFrame) -> Compte:
    lignes = lignes[lignes["valeur"].notna()]
    if lignes.empty:
        return compte
    poids = lignes["valeur"] if compte.unite == "unités" else lignes["valeur"].notna().astype(float)
    ecarts = tuple(
        Ecart(str(motif), len(g), float(poids[g.index].sum()), tuple(g["code_territoire"].head(EXEMPLES)))
        for motif, g in lignes.groupby("motif")
    )
    return replace(compte, place=compte.place - sum(e.total for e in ecarts), ecarts=compte.ecarts + ecarts)
