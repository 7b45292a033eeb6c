"""The communes to be mapped: those of the départements asked, on the map of the year asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from data.cog import CommuneHistory
from data.errors import SourceError
from data.plm import VILLES
from data.reading.codes import departement_of


def departements_of(codes: pd.Series) -> pd.Series:
    """Département of each commune code of a column."""
    outremer = codes.str[:2].isin(["97", "98"])
    return codes.str[:2].where(~outremer, codes.str[:3])


def among(codes: pd.Series, known: pd.Index) -> "pd.Series[bool]":
    """Tell which codes of a column are in an index (far quicker than `isin` on thousands of texts)."""
    return pd.Series(known.get_indexer(pd.Index(codes)) >= 0, index=codes.index, dtype="bool")


@dataclass(frozen=True)
class Perimetre:
    """`departements` is empty for the whole of France; `codes` are the communes of 1 January `cog`.

    `anciens` are all the codes that ever held a piece of their land (none is kept for the whole of France); `epci`
    holds their Epci, once they are known.
    """

    departements: tuple[str, ...]
    cog: int
    codes: frozenset[str]
    anciens: frozenset[str]
    epci: frozenset[str] = frozenset()

    @cached_property
    def index(self) -> pd.Index:
        """Communes of the perimeter, sorted."""
        return pd.Index(sorted(self.codes), dtype="str")

    @cached_property
    def index_anciens(self) -> pd.Index:
        """`anciens`, sorted."""
        return pd.Index(sorted(self.anciens), dtype="str")

    def holds(self, codes: pd.Series, maille: str) -> "pd.Series[bool]":
        """Tell which territories of a maille are of the perimeter."""
        if maille == "commune":
            return among(codes, self.index)
        if maille == "epci":
            return among(codes, pd.Index(sorted(self.epci), dtype="str"))
        return among(codes, pd.Index(departements_of(self.index.to_series()).unique(), dtype="str"))


def draw(history: CommuneHistory, departements: Sequence[str], cog: int) -> Perimetre:
    """Draw the perimeter. Raises SourceError for an unknown year or département."""
    connus = history.codes(cog)
    presents = {departement_of(c) for c in connus}
    demandes = tuple(dict.fromkeys(d.strip().upper().zfill(2) for d in departements))
    for departement in demandes:
        if departement not in presents:
            raise SourceError(f"Le département «\u00a0{departement}\u00a0» n'a aucune commune sur la carte de {cog}.")
    codes = frozenset(c for c in connus if not demandes or departement_of(c) in demandes)
    return Perimetre(demandes, cog, codes, _former(history, cog, codes) if demandes else frozenset())


def _former(history: CommuneHistory, cog: int, codes: frozenset[str]) -> frozenset[str]:
    rangs = pd.Index(history.all_codes).get_indexer(pd.Index(sorted(codes)))
    terres = np.isin(history.owner(cog), rangs)
    proprietaires = np.unique(np.concatenate([history.owner(annee)[terres] for annee in history.annees]))
    anciens = frozenset(history.all_codes[proprietaires[proprietaires >= 0]])
    return anciens | frozenset(a for ville in anciens & VILLES.keys() for a in VILLES[ville])
