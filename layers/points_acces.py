"""Access points: visio kiosks first, then every other place where a family can reach the Caf (S83, S85-S88)."""

from dataclasses import replace
from datetime import date
from math import isnan
from typing import Any

import pandas as pd

from data.frames import Frames
from data.measures import places
from data.measures.places import EtatPoint
from data.model import MAILLES_CARTE, Maille
from layers.kit import places as wording
from layers.kit.contract import Champs, Drawing
from layers.kit.marks import Mark, Points, Symbols
from layers.kit.notices import lacking, missing, without_epci
from layers.kit.sources import sources_of
from layers.kit.texts import count, typeset
from layers.kit.view import View

_LIEUX = "Un point est ouvert à une date si son ouverture est passée ou inconnue et sa fermeture à venir ou inconnue."
_DISQUES = " La surface d'un disque est proportionnelle au nombre de points ouverts, bornes visio comprises."


class PointsAcces:
    """Places at the maille of communes, proportional discs at the others."""

    id = "points_acces"
    libelle = "Points d'accès"
    mailles = frozenset(MAILLES_CARTE)
    champs = Champs(filtrable=False)

    def needs(self, view: View) -> tuple[str, ...]:  # noqa: ARG002
        """Name the table of access points."""
        return ("points_acces",)

    def describe(self, frames: Frames, view: View) -> Drawing:
        """Describe the access points at the day and maille of the view."""
        drawing = Drawing(self.id, self.libelle, view, phrase="points d'accès")
        if manque := missing(frames, "points_acces"):
            return drawing.saying(lacking(manque, "aucun point d'accès n'est montré"))
        lieux = places.points(frames, view.date)
        communes = view.maille is Maille.COMMUNE
        marques = (_points(lieux, view.date),) if communes else _symbols(frames, view)
        return replace(
            drawing,
            marques=marques,
            unite="" if communes else "points d'accès ouverts",
            definition=_LIEUX if communes else _LIEUX + _DISQUES,
            sources=sources_of(frames, "points_acces"),
            notice=(*_unplaced(lieux, communes=communes), *without_epci(frames, view.maille)),
        )


def _points(lieux: pd.DataFrame, jour: date) -> Points:
    """Place every point that has a position, in the order of the legend."""
    tous: list[Any] = list(lieux.itertuples(index=False))
    lignes = [p for p in tous if not isnan(p.longitude) and not isnan(p.latitude)]
    lignes.sort(key=lambda p: (wording.order(p.type, p.etat), p.id))
    rangs = {paire: rang for rang, paire in enumerate(dict.fromkeys((p.type, p.etat) for p in lignes))}
    return Points(
        tuple(p.id for p in lignes),
        tuple(p.code_commune for p in lignes),
        tuple(p.nom for p in lignes),
        tuple(p.longitude for p in lignes),
        tuple(p.latitude for p in lignes),
        tuple(rangs[p.type, p.etat] for p in lignes),
        tuple(wording.category(*paire) for paire in rangs),
        tuple(_detail(p, jour) for p in lignes),
    )


def _detail(lieu: Any, jour: date) -> str:  # noqa: ANN401 - a row of a frame
    """Write host, address, opening days, staff, then dates as seen from the day."""
    place = wording.place(lieu.lieu_hote, lieu.adresse, lieu.jours_par_semaine, lieu.personnel_forme)
    dates = wording.period(_day(lieu.date_ouverture), _day(lieu.date_fermeture), jour)
    return typeset(" ; ".join(p for p in (place, dates) if p))


def _day(instant: pd.Timestamp) -> date | None:
    return None if pd.isna(instant) else instant.date()


def _symbols(frames: Frames, view: View) -> tuple[Mark, ...]:
    """Draw two nested discs per territory, on one scale: all open points, and the kiosks among them."""
    nombres = places.count(frames, view.date, view.maille, EtatPoint.OUVERT)
    totaux = nombres.sum(axis=1)
    types = list(nombres.columns)
    dits = {
        code: wording.tally(dict(zip(types, ligne, strict=True)))
        for code, ligne in zip(nombres.index, nombres.to_numpy().tolist(), strict=True)
    }

    def discs(valeurs: pd.Series, libelle: str, couleur: str) -> Symbols:
        presents = valeurs[valeurs > 0]
        codes, maximum = tuple(presents.index), float(totaux.max() if len(totaux) else 0)
        tailles, details = tuple(presents.astype(float)), tuple(dits[c] for c in codes)
        return Symbols(view.maille, codes, tailles, details, libelle, "points", couleur, maximum)

    bornes = discs(nombres[wording.BORNE], "dont bornes visio", wording.genre(wording.BORNE).couleur)
    return discs(totaux, "Points d'accès ouverts", "#4a6a86"), bornes


def _unplaced(lieux: pd.DataFrame, *, communes: bool) -> tuple[str, ...]:
    """Say how many places are not where the file puts them, or on the map at all, for want of a position."""
    if not communes:
        perdus = (lieux["code_commune"] == "") & (lieux["etat"] == EtatPoint.OUVERT.value)
        return _said(perdus, "point ouvert sans commune,", "points ouverts sans commune,", "hors de cette carte")
    absents = lieux["longitude"].isna() | lieux["latitude"].isna()
    approches = lieux["position_approchee"] & ~absents
    dedans = ("point sans coordonnées, placé", "points sans coordonnées, placés", "à l'intérieur de la commune")
    dehors = ("point sans position connue,", "points sans position connue,", "hors de cette carte")
    return (*_said(approches, *dedans), *_said(absents, *dehors))


def _said(lesquels: pd.Series, singulier: str, pluriel: str, suite: str) -> tuple[str, ...]:
    nombre = int(lesquels.sum())
    return (f"{count(nombre, singulier, pluriel)} {suite}.",) if nombre else ()
