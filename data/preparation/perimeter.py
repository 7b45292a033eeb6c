"""The communes to be mapped: those of the départements asked, on the map of the year asked."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from data.cog import CommuneHistory
from data.errors import SourceError


def departement_of(code_commune: str) -> str:
    """Département of a commune code: two characters, three overseas."""
    return code_commune[:3] if code_commune.startswith(("97", "98")) else code_commune[:2]


def departements_of(codes: pd.Series) -> pd.Series:
    """Département of each commune code of a column."""
    outremer = codes.str[:2].isin(["97", "98"])
    return codes.str[:2].where(~outremer, codes.str[:3])


@dataclass(frozen=True, slots=True)
class Perimetre:
    """`departements` is empty for the whole of France; `codes` are the communes of 1 January `cog`.

    `epci` holds the Epci of these communes, once they are known.
    """

    departements: tuple[str, ...]
    cog: int
    codes: frozenset[str]
    epci: frozenset[str] = frozenset()

    def holds(self, codes: pd.Series, maille: str) -> "pd.Series[bool]":
        """Tell which territories of a maille are of the perimeter."""
        if maille == "commune":
            return codes.isin(self.codes)
        if maille == "epci":
            return codes.isin(self.epci)
        return codes.isin({departement_of(c) for c in self.codes})


def draw(history: CommuneHistory, departements: Sequence[str], cog: int) -> Perimetre:
    """Draw the perimeter. Raises SourceError for an unknown year or département."""
    connus = history.codes(cog)
    presents = {departement_of(c) for c in connus}
    demandes = tuple(dict.fromkeys(d.strip().upper().zfill(2) for d in departements))
    for departement in demandes:
        if departement not in presents:
            raise SourceError(f"Le département «\u00a0{departement}\u00a0» n'a aucune commune sur la carte de {cog}.")
    codes = frozenset(c for c in connus if not demandes or departement_of(c) in demandes)
    return Perimetre(demandes, cog, codes)
