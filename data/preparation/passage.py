"""Commune codes of any file brought to the target map, each map worked out once."""

from dataclasses import dataclass, field
from functools import cached_property

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd

from data.cog import CommuneHistory
from data.plm import COMMUNE_DE
from data.preparation.perimeter import Perimetre

INCONNU = "code qui n'est pas une commune de l'année du fichier"
VIDE = "sans code de commune"
_LONGUEUR = 5
SCISSION = "commune partagée depuis entre plusieurs"


@dataclass(frozen=True, slots=True)
class _Route:
    """`arrivee` maps each code of a year to the only commune that follows it; `partages` are those that split."""

    arrivee: dict[str, str]
    partages: frozenset[str]


@dataclass(frozen=True, eq=False)
class Passages:
    """Every passage to the target map of one preparation; `contours` are its outlines there (`code`, EPSG:4326)."""

    history: CommuneHistory
    perimetre: Perimetre
    contours: gpd.GeoDataFrame
    _routes: dict[int, _Route] = field(default_factory=dict, repr=False)
    _vivants: dict[int, frozenset[str]] = field(default_factory=dict, repr=False)

    @property
    def cible(self) -> int:
        """Year of the target map."""
        return self.perimetre.cog

    def near(self, codes: "pd.Series[str]") -> "pd.Series[bool]":
        """Tell which codes may concern the perimeter: of a département that once held its land, or no code at all."""
        if not self.perimetre.departements:
            return pd.Series(True, index=codes.index)
        return (codes.str.len() != _LONGUEUR) | codes.str[:2].isin(self._prefixes)

    @cached_property
    def _prefixes(self) -> list[str]:
        return sorted({code[:2] for code in self.perimetre.anciens})

    def route(self, cog: int) -> _Route:
        """Work out the passage from one year, for the codes that concern the perimeter."""
        if cog not in self._routes:
            liens, codes = self.history.links(cog, self.cible), self.history.all_codes
            garde = np.isin(liens.before, self._ranks) if self.perimetre.departements else slice(None)
            avant, apres = codes[liens.before[garde]], codes[liens.after[garde]]
            partage = liens.targets[garde] > 1
            arrivee = dict(zip(avant[~partage].tolist(), apres[~partage].tolist(), strict=True))
            arrivee |= {piece: arrivee[ville] for piece, ville in COMMUNE_DE.items() if ville in arrivee}
            self._routes[cog] = _Route(arrivee, frozenset(avant[partage].tolist()))
        return self._routes[cog]

    @cached_property
    def _ranks(self) -> npt.NDArray[np.int64]:
        return pd.Index(self.history.all_codes).get_indexer(self.perimetre.index_anciens).astype(np.int64)

    def place(self, codes: "pd.Series[str]", cog: int | None) -> tuple["pd.Series[str]", "pd.Series[str]"]:
        """Bring codes to the target map: (code there or "", reason or "").

        A code that was no commune in the year of the file is followed from the last year when it was one, before or
        after.
        """
        route = self.route(cog or self.cible)
        uniques = codes.drop_duplicates()
        arrivee = {c: route.arrivee.get(c, "") for c in uniques.tolist()}
        perdus = [c for c, vers in arrivee.items() if not vers and c and c not in route.partages]
        arrivee |= {c: self._follow(c) for c in perdus}
        motif = {
            c: "" if vers else VIDE if not c else SCISSION if c in route.partages else INCONNU
            for c, vers in arrivee.items()
        }
        return codes.map(arrivee).astype("str"), codes.map(motif).astype("str")

    def _follow(self, code: str) -> str:
        if code not in self._ever:
            return ""
        for annee in reversed(self.history.annees):
            if code in self._alive(annee):
                return self.route(annee).arrivee.get(code, "")
        return ""

    @cached_property
    def _ever(self) -> frozenset[str]:
        return frozenset(self.history.all_codes.tolist())

    def _alive(self, annee: int) -> frozenset[str]:
        if annee not in self._vivants:
            self._vivants[annee] = self.history.codes(annee)
        return self._vivants[annee]
