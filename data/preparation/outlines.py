"""Outlines of the perimeter: for each département the most detailed file, brought to the target map."""

from collections.abc import Sequence
from dataclasses import dataclass

import geopandas as gpd
import pandas as pd
import shapely

from data.cog import CommuneHistory
from data.cog.contours import dissolve
from data.preparation.account import Compte, gather, rows_of
from data.preparation.perimeter import Perimetre, departement_of, departements_of
from data.preparation.placing import DEHORS
from data.preparation.vintage import Lecture

_COUVRE = 0.9
"""A file that outlines less than this share of a département only fills the gaps of the others."""


_SANS_PARTS = pd.DataFrame({"code_de": pd.Series([], dtype="str"), "code_vers": pd.Series([], dtype="str")})


@dataclass(frozen=True, eq=False)
class Contours:
    """`communes`: `code`, `geometry`, `rang` (of the reading); `utilises` are the ranks that serve."""

    communes: gpd.GeoDataFrame
    comptes: tuple[Compte, ...]
    choix: tuple[str, ...]
    utilises: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class _Candidat:
    """One file on the target map: `parts` tells which outlines read made which commune; `detail` in points."""

    communes: gpd.GeoDataFrame
    parts: pd.DataFrame
    detail: pd.Series


def outline(lectures: Sequence[Lecture], history: CommuneHistory, perimetre: Perimetre) -> Contours:
    """Choose and merge the outlines of the perimeter; communes that no file outlines are absent from the result."""
    candidats = [_bring(lecture, history, perimetre) for lecture in lectures]
    attendues = departements_of(pd.Series(sorted(perimetre.codes), dtype="str")).value_counts().sort_index()
    rang_de: dict[str, int] = {}
    for departement, nombre in attendues.items():
        for rang in _preference(candidats, str(departement), int(nombre)):
            for code in candidats[rang].communes["code"]:
                if departement_of(code) == departement:
                    rang_de.setdefault(code, rang)
    morceaux = [
        c.communes[c.communes["code"].map(rang_de) == rang].assign(rang=rang) for rang, c in enumerate(candidats)
    ]
    morceaux = [m for m in morceaux if len(m)]
    if not morceaux:
        vide = gpd.GeoDataFrame({"code": [], "rang": []}, geometry=[], crs=4326)
        return Contours(vide, (), (), ())
    communes = gpd.GeoDataFrame(pd.concat(morceaux, ignore_index=True), geometry="geometry", crs=4326)
    comptes = tuple(
        _count(le, c, rang, rang_de, lectures) for rang, (le, c) in enumerate(zip(lectures, candidats, strict=True))
    )
    choix = tuple(
        _say(lectures[r], communes[communes["rang"] == r], candidats[r]) for r in sorted(set(rang_de.values()))
    )
    return Contours(
        communes.sort_values("code", ignore_index=True), comptes, choix, tuple(sorted(set(rang_de.values())))
    )


def _bring(lecture: Lecture, history: CommuneHistory, perimetre: Perimetre) -> _Candidat:
    contours = gpd.GeoDataFrame(lecture.reading.table, geometry="geometry", crs=4326)
    cog = lecture.cog or perimetre.cog
    passage = history.table(cog, perimetre.cog)
    utiles = set(passage.loc[passage["code_vers"].isin(perimetre.codes), "code_de"])
    if not contours["code"].isin(utiles).any():
        return _Candidat(contours.iloc[:0], _SANS_PARTS, pd.Series([], dtype="float64"))
    dissous = dissolve(history, contours[contours["code"].isin(utiles)], "code", cog, perimetre.cog)
    communes = dissous.communes[dissous.communes["code"].isin(perimetre.codes)].reset_index(drop=True)
    points = pd.Series(shapely.get_num_coordinates(communes.geometry.values), dtype="int64")
    detail = points.groupby(departements_of(communes["code"].astype("str"))).mean()
    return _Candidat(communes, dissous.parts, detail)


def _preference(candidats: Sequence[_Candidat], departement: str, attendues: int) -> list[int]:
    notes = []
    for rang, candidat in enumerate(candidats):
        nombre = int((candidat.communes["code"].map(departement_of) == departement).sum())
        if nombre:
            notes.append((nombre < _COUVRE * attendues, -float(candidat.detail.get(departement, 0.0)), rang))
    return [rang for *_, rang in sorted(notes)]


def _count(
    lecture: Lecture, candidat: _Candidat, rang: int, rang_de: dict[str, int], lectures: Sequence[Lecture]
) -> Compte:
    table = lecture.reading.table
    arrivee = table["code"].map(dict(zip(candidat.parts["code_de"], candidat.parts["code_vers"], strict=True)))
    gagnant = arrivee.map(rang_de)
    motif = pd.Series(DEHORS, index=table.index)
    pris = gagnant == rang
    autres = gagnant.notna() & ~pris
    motif[autres] = gagnant[autres].map(lambda r: f"écarté au profit de {lectures[int(r)].nom}, plus détaillé")
    motif[arrivee.notna() & gagnant.isna()] = DEHORS
    motif[pris] = ""
    ecarts = rows_of(lecture.reading.ecarts) + gather(motif, table["code"], pd.Series(1.0, index=table.index))
    lus = float(len(table) + sum(e.lignes for e in lecture.reading.ecarts))
    return Compte(lecture.nom, "contours", "lignes", lus, float(pris.sum()), ecarts)


def _say(lecture: Lecture, communes: gpd.GeoDataFrame, candidat: _Candidat) -> str:
    detail = round(float(shapely.get_num_coordinates(communes.geometry.values).mean()))
    return (
        f"Contours\u202f: {len(communes)} communes viennent de {lecture.nom} (carte de {lecture.cog}, "
        f"{detail} points par commune en moyenne)"
    )
