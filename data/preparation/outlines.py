"""Outlines of the perimeter: for each département the most detailed file, brought to the target map."""

from collections.abc import Sequence
from dataclasses import dataclass

import geopandas as gpd
import pandas as pd
import shapely

from data.cog import CommuneHistory
from data.cog.contours import Dissolved, dissolve
from data.plm import COMMUNE_DE
from data.preparation.account import Compte, gather, rows_of
from data.preparation.passage import SCISSION
from data.preparation.perimeter import Perimetre, among, departements_of
from data.preparation.placing import DEHORS
from data.preparation.vintage import Lecture

_COUVRE = 0.9
"""A file that outlines less than this share of a département only fills the gaps of the others."""
_ARRONDISSEMENT = "arrondissement municipal, dans le contour de sa ville"
_INCOMPLET = "le fichier n'a pas toutes les parties de la commune d'aujourd'hui"


@dataclass(frozen=True, eq=False)
class Contours:
    """Outlines on the target map.

    `communes`: `code`, `geometry` (EPSG:4326) of those that a file outlines; `utilises` are the readings used,
    `intactes` the communes that keep the outline of a single one of a file.
    """

    communes: gpd.GeoDataFrame
    comptes: tuple[Compte, ...]
    choix: tuple[str, ...]
    utilises: tuple[Lecture, ...]
    intactes: frozenset[str]


@dataclass(frozen=True, eq=False)
class _Candidat:
    """One file on the target map."""

    lecture: Lecture
    dissous: Dissolved
    communes: gpd.GeoDataFrame


def outline(lectures: Sequence[Lecture], history: CommuneHistory, perimetre: Perimetre) -> Contours:
    """Choose and merge the outlines of the perimeter; communes that no file outlines are absent from the result."""
    loin = tuple(_elsewhere(le) for le in lectures if le.cog is None)
    candidats = [_bring(le, history, perimetre) for le in lectures if le.cog is not None]
    rang_de = _ranks(candidats, perimetre)
    morceaux = [c.communes[c.communes["code"].map(rang_de) == rang] for rang, c in enumerate(candidats)]
    utiles = [(c.lecture, m) for c, m in zip(candidats, morceaux, strict=True) if len(m)]
    comptes = tuple(_count(c, rang, rang_de, candidats) for rang, c in enumerate(candidats))
    vide = gpd.GeoDataFrame({"code": pd.Series([], dtype="str")}, geometry=[], crs=4326)
    communes = pd.concat([m for _, m in utiles], ignore_index=True) if utiles else vide
    return Contours(
        gpd.GeoDataFrame(communes.sort_values("code", ignore_index=True), geometry="geometry", crs=4326),
        comptes + loin,
        tuple(_say(lecture, morceau) for lecture, morceau in utiles),
        tuple(lecture for lecture, _ in utiles),
        frozenset(c for candidat in candidats for c in _whole(candidat)),
    )


def _whole(candidat: _Candidat) -> list[str]:
    vers = candidat.dissous.parts["code_vers"]
    seuls: list[str] = vers[~vers.duplicated(keep=False)].tolist()
    return seuls


def _bring(lecture: Lecture, history: CommuneHistory, perimetre: Perimetre) -> _Candidat:
    contours = gpd.GeoDataFrame(lecture.reading.table, geometry="geometry", crs=4326)
    if perimetre.departements:
        contours = contours[among(contours["code"], perimetre.index_anciens)]
    dissous = dissolve(history, contours, "code", lecture.cog or perimetre.cog, perimetre.cog)
    communes = dissous.communes[among(dissous.communes["code"], perimetre.index)].reset_index(drop=True)
    return _Candidat(lecture, dissous, communes)


def _ranks(candidats: Sequence[_Candidat], perimetre: Perimetre) -> dict[str, int]:
    """Give each commune the rank of the file that outlines it: whole départements first, then the most detailed."""
    offres = [
        pd.DataFrame(
            {
                "code": c.communes["code"].astype("str"),
                "rang": rang,
                "points": shapely.get_num_coordinates(c.communes.geometry.values),
            }
        )
        for rang, c in enumerate(candidats)
    ]
    if not offres:
        return {}
    toutes = pd.concat(offres, ignore_index=True)
    toutes["departement"] = departements_of(toutes["code"])
    attendues = departements_of(pd.Series(sorted(perimetre.codes), dtype="str")).value_counts()
    groupe = toutes.groupby(["rang", "departement"])["points"]
    toutes["partiel"] = groupe.transform("size") < _COUVRE * toutes["departement"].map(attendues)
    toutes["detail"] = -groupe.transform("mean")
    premiers = toutes.sort_values(["partiel", "detail", "rang"], kind="stable").drop_duplicates("code")
    return dict(zip(premiers["code"].tolist(), premiers["rang"].tolist(), strict=True))


def _count(candidat: _Candidat, rang: int, rang_de: dict[str, int], candidats: Sequence[_Candidat]) -> Compte:
    reading, dissous = candidat.lecture.reading, candidat.dissous
    codes = reading.table["code"]
    arrivee = codes.map(dict(zip(dissous.parts["code_de"].tolist(), dissous.parts["code_vers"].tolist(), strict=True)))
    gagnant = arrivee.map(rang_de)
    motif = pd.Series(DEHORS, index=codes.index, dtype="str")
    motif[codes.isin(COMMUNE_DE)] = _ARRONDISSEMENT
    motif[codes.isin(dissous.ruptures["code_de"])] = SCISSION
    motif[arrivee.isin(dissous.incompletes)] = _INCOMPLET
    for autre, lot in gagnant.dropna().groupby(gagnant):
        texte = f"écarté au profit de {candidats[int(autre)].lecture.nom}, plus détaillé ou plus complet"
        motif[lot.index] = "" if int(autre) == rang else texte
    ecarts = rows_of(reading.ecarts) + gather(motif, codes)
    place = float((motif == "").sum())
    return Compte(candidat.lecture.nom, "contours", "lignes", _read(candidat.lecture), place, ecarts)


def _elsewhere(lecture: Lecture) -> Compte:
    table = lecture.reading.table
    dehors = gather(pd.Series(DEHORS, index=table.index), table["code"])
    return Compte(lecture.nom, "contours", "lignes", _read(lecture), 0.0, rows_of(lecture.reading.ecarts) + dehors)


def _read(lecture: Lecture) -> float:
    return float(len(lecture.reading.table) + sum(e.lignes for e in lecture.reading.ecarts))


def _say(lecture: Lecture, communes: gpd.GeoDataFrame) -> str:
    detail = round(float(shapely.get_num_coordinates(communes.geometry.values).mean()))
    return (
        f"Contours\u202f: {len(communes)} communes viennent de {lecture.nom} (carte de {lecture.cog}, "
        f"{detail} points par commune en moyenne)"
    )
