"""The tables of a dataset, assembled from what was placed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

import pandas as pd

from data.preparation.account import Compte
from data.preparation.choosing import choose, drop, merge_indicators, once_by_id
from data.preparation.passage import Passages
from data.preparation.perimeter import departements_of
from data.preparation.placing import Place, place_indicators, place_rows
from data.preparation.vintage import Lecture
from data.sources.reading import INDICATEUR, Ecart, Genre

_DOUTE_ANNEES = 1
_SANS_TABLE = "noms de catégories\u202f: aucune table du jeu ne les reçoit"
_MEME_LIEU = "même lieu que la liste France services de l'ANCT, qui est reprise"


@dataclass(frozen=True, eq=False)
class Assemblage:
    """One table of the dataset, the readings that fed it, its accounts and the choices made."""

    fichier: str
    table: pd.DataFrame
    lectures: tuple[Lecture, ...] = ()
    comptes: tuple[Compte, ...] = ()
    choix: tuple[str, ...] = ()


def assemble_places(fichier: str, lectures: Sequence[Lecture], passages: Passages) -> Assemblage:
    """Assemble services or access points: one file per family and département, local lists added up, each id once."""
    places = [place_rows(lecture, "code_commune", passages) for lecture in lectures]
    retenus: list[Place] = []
    choix: tuple[str, ...] = ()
    for famille, lot in groupby(sorted(places, key=_family), key=_family):
        du_lot = list(lot)
        if not famille.startswith("+"):
            choisis, phrases = choose(du_lot, "code_commune", passages.cible)
            du_lot, choix = list(choisis), choix + phrases
        retenus += sorted(du_lot, key=lambda p: -len(p.table))
    return _gather(fichier, _without_twins(once_by_id(retenus)), choix)


def _family(place: Place) -> str:
    format_ = place.lecture.fichier.format
    assert format_ is not None
    return f"+{format_.id}" if format_.additionne else format_.famille or format_.id


def _without_twins(places: Sequence[Place]) -> tuple[Place, ...]:
    """Leave out the France services of the BPE where the list of the ANCT has the département (DOMAINE §4.6)."""
    listes = [p.table for p in places if _family(p) == "anct_france_services"]
    couverts = set(pd.concat([departements_of(t["code_commune"]) for t in listes])) if listes else set()
    nets = []
    for place in places:
        if _family(place) == "bpe" and couverts and len(place.table):
            jumeau = (place.table["type_service"] == "france_services") & departements_of(
                place.table["code_commune"]
            ).isin(couverts)
            place = drop(place, ~jumeau, pd.Series(_MEME_LIEU, index=place.table.index))
        nets.append(place)
    return tuple(nets)


def assemble_priorities(lectures: Sequence[Lecture], passages: Passages) -> Assemblage:
    """Assemble priority territories: for each definition and département the best file; several parts make one row."""
    places = [place_rows(_dated(lecture), "code_territoire", passages) for lecture in lectures]
    choisis, choix = choose(places, "code_territoire", passages.cible, "definition")
    assemblage = _gather("territoires-prioritaires.csv", choisis, choix)
    if assemblage.table.empty:
        return assemblage
    cles = ["definition", "maille", "code_territoire"]
    fondus = assemblage.table.groupby(cles, as_index=False, sort=True).agg(
        {**dict.fromkeys(["rang", "source", "annee", "justification"], "first"), "criteres": _together}
    )
    return replace(assemblage, table=fondus[list(assemblage.table.columns)])


def _together(criteres: pd.Series) -> str:
    return "|".join(dict.fromkeys(c for cellule in criteres for c in str(cellule).split("|") if c))


def _dated(lecture: Lecture) -> Lecture:
    """Date a list that does not say its year by its commune map, where its codes leave little doubt."""
    table = lecture.reading.table
    proche = lecture.cog is not None and lecture.depuis is not None and lecture.cog - lecture.depuis <= _DOUTE_ANNEES
    annee = str(lecture.annee or (lecture.depuis if proche else "") or "")
    datee = table.assign(annee=table["annee"].mask(table["annee"] == "", annee))
    return replace(lecture, reading=replace(lecture.reading, table=datee))


def _gather(fichier: str, places: Sequence[Place], choix: tuple[str, ...]) -> Assemblage:
    nourris = [p for p in places if len(p.table)]
    table = pd.concat([p.table for p in nourris], ignore_index=True) if nourris else pd.DataFrame()
    comptes = tuple(c for p in places for c in p.comptes)
    return Assemblage(fichier, table, tuple(p.lecture for p in nourris), comptes, choix)


def assemble_indicators(lectures: Sequence[Lecture], passages: Passages) -> Assemblage:
    """Assemble `indicateurs.csv`: every year of every indicator, one value each."""
    places = [place_indicators(lecture, passages) for lecture in lectures]
    if not places:
        return Assemblage("indicateurs.csv", pd.DataFrame(columns=list(INDICATEUR)))
    table, nets = merge_indicators(places)
    nourris = tuple(lectures[r] for r in sorted(table["_rang"].unique()))
    comptes = tuple(c for p in nets for c in p.comptes)
    return Assemblage("indicateurs.csv", table[list(INDICATEUR)], nourris, comptes, _years(table, lectures))


def _years(table: pd.DataFrame, lectures: Sequence[Lecture]) -> tuple[str, ...]:
    """Say which file gave each year of the figures that several files give."""
    phrases = []
    for indicateur, lignes in table[table["maille"] == "commune"].groupby("indicateur"):
        annees = lignes.groupby("annee")["_rang"].agg(lambda r: lectures[int(r.mode()[0])].nom)
        if len(annees) > 1:
            detail = ", ".join(f"{annee} ({nom})" for annee, nom in annees.items())
            phrases.append(f"{indicateur}\u202f: {len(annees)} années gardées, {detail}")
    return tuple(phrases)


def leave_aside(lectures: Sequence[Lecture]) -> tuple[Compte, ...]:
    """Account for the typologies, which no table of a dataset holds."""
    return tuple(
        Compte(
            le.nom, le.reading.genre.libelle, "lignes", float(le.reading.lues), 0.0,
            (Ecart(_SANS_TABLE, le.reading.lues, float(le.reading.lues)),),
        )
        for le in lectures
    )  # fmt: skip


def select(lectures: Sequence[Lecture], genre: Genre) -> list[Lecture]:
    """Select the readings of one kind."""
    return [le for le in lectures if le.reading.genre is genre]
