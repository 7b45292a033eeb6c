"""The one-sentence readings of what is crossed on a map: access points with something else, a territory with its time.

Facts, each with both of its terms; a place without something is a situation to look at, never a verdict.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from data.frames import Frames
from data.measures import composition, coverage, density, indicators, places, priority
from data.measures.definitions import definition
from data.measures.sums import Lecture
from data.model import TOUS_CHAMPS, Champ, FiltreEchelon, Maille
from layers.kit.indicators import said
from layers.kit.texts import count, long_date, lower_first, noun, number, typeset


@dataclass(frozen=True)
class Croisement:
    """Sentences about one day of a dataset, over some of its communes (all of them where `communes` is empty)."""

    frames: Frames
    jour: date
    communes: tuple[str, ...] = ()

    def couverture(self) -> str:
        """Say how many communes of a territory are covered."""
        held = self._inside(coverage.compute(self.frames, self.jour, FiltreEchelon.LOCAL).couvertes)
        told = noun(int(held.sum()), "commune couverte", "communes couvertes")
        found = "aucune commune couverte" if not held.any() else f"{number(int(held.sum()))} {told}"
        return f"Au {long_date(self.jour)}, {found} sur {number(len(held))} dans ce territoire."

    def services(self, champ: str) -> str:
        """Say how many services of a field are open in a territory, in how many communes, for how many people."""
        by_commune = self._inside(self._services(champ))
        total, equipped = int(by_commune.sum()), int((by_commune > 0).sum())
        dedans = composition.of_codes(self.frames, self.communes)
        mesure, over = density.field(self.frames, champ), density.over(self.frames, self.jour, champ, dedans)
        rate = f", soit {number(float(over['valeur']), 1)} pour {number(mesure.facteur)} {mesure.denominateur_libelle}"
        told = f"{count(total, 'service ouvert', 'services ouverts')}{_of_field(mesure.libelle, champ)}"
        if not total:
            return typeset(f"Aucun service ouvert{_of_field(mesure.libelle, champ)}, dans ce territoire.")
        where = f", dans {count(equipped, 'commune')} du territoire sur {number(len(by_commune))}"
        return typeset(f"{told}{where * (len(by_commune) > 1)}{rate if not over['statut'] else ''}.")

    def served(self, champs: Sequence[Champ]) -> str:
        """Return the first of these fields that has an open service in the territory, failing that the first."""
        found = (c.id for c in champs if self._inside(self._services(c.id)).sum() > 0)
        return next(found, champs[0].id if champs else TOUS_CHAMPS)

    def points(self) -> str:
        """Say how many access points are open in a territory, and in how many communes."""
        by_commune = self._inside(self._points())
        total, equipped = int(by_commune.sum()), int((by_commune > 0).sum())
        if not total:
            return "Aucun point d'accès ouvert dans ce territoire."
        told = count(total, "point d'accès ouvert", "points d'accès ouverts")
        where = f", dans {count(equipped, 'commune')} sur {number(len(by_commune))}" if len(by_commune) > 1 else ""
        return f"{told} dans ce territoire{where}."

    def indicateur(self, indicateur: str) -> str:
        """Say between what an indicator lies from one commune of a territory to another; "" under two published."""
        definie = definition(self.frames, indicateur)
        table = indicators.values(self.frames, indicateur, Maille.COMMUNE, Lecture(self.jour.year))
        known = self._inside(table.set_index("code")["valeur"]).dropna()
        if len(known) == len(self.communes) == 1:
            return typeset(f"{definie.libelle} : {said(float(known.iloc[0]), '', definie)} dans cette commune.")
        if len(known) < 2:
            return ""
        low, high = (said(float(v), "", definie) for v in (known.min(), known.max()))
        published = f"{count(len(known), 'commune')} où la valeur est publiée"
        return typeset(f"{definie.libelle} : de {low} à {high} selon les communes ({published}).")

    def points_et_services(self, champ: str) -> str:
        """Say how many communes have a service of a field, and how many of these have an access point."""
        with_service = self._services(champ) > 0
        both = int((with_service & (self._points() > 0)).sum())
        label = lower_first(density.field(self.frames, champ).libelle)
        first = f"{count(int(with_service.sum()), 'commune a', 'communes ont')} un service ouvert du champ {label}"
        return typeset(
            f"{first} ; {number(both)} d'entre elles {noun(both, 'a', 'ont')} aussi un point d'accès ouvert."
        )

    def points_prioritaires(self) -> str:
        """Say how many communes of the first list of priority communes have an access point; "" without such a list."""
        for liste in priority.definitions(self.frames):
            if liste.maille is Maille.COMMUNE:
                named = priority.of_definition(self.frames, liste.id)
                codes = sorted({p.code for p in named if p.maille is Maille.COMMUNE})
                held = int((self._points().reindex(codes).fillna(0) > 0).sum())
                told = noun(held, "commune a", "communes ont")
                return typeset(
                    f"{liste.libelle} : {number(held)} {told} un point d'accès ouvert, sur {number(len(codes))}."
                )
        return ""

    def points_couverts(self) -> str:
        """Say how many access points stand in a commune covered by a local agreement."""
        covered = coverage.compute(self.frames, self.jour, FiltreEchelon.LOCAL).couvertes
        points = self._points()
        inside, total = int(points[covered.reindex(points.index).fillna(False).astype(bool)].sum()), int(points.sum())
        told = noun(inside, "point d'accès ouvert est", "points d'accès ouverts sont")
        return f"{number(inside)} {told} dans une commune couverte par une Ctg locale, sur {number(total)}."

    def points_seuls(self, libelle: str) -> str:
        """Say how many communes have an access point, over the map of an indicator."""
        points = self._points()
        held = int((points > 0).sum())
        told = f"{count(held, 'commune a', 'communes ont')} au moins un point d'accès ouvert, sur {number(len(points))}"
        return typeset(f"{told} ; le fond de carte montre : {lower_first(libelle)}.")

    def _points(self) -> "pd.Series[Any]":
        return places.count(self.frames, self.jour, Maille.COMMUNE).sum(axis=1)

    def _services(self, champ: str) -> "pd.Series[Any]":
        table = density.compute(self.frames, self.jour, champ, Maille.COMMUNE)
        return table.set_index("code")["services"]

    def _inside(self, by_commune: "pd.Series[Any]") -> "pd.Series[Any]":
        return by_commune.reindex(list(self.communes)) if self.communes else by_commune


def _of_field(libelle: str, champ: str) -> str:
    return "" if champ == TOUS_CHAMPS else f", champ {lower_first(libelle)}"
