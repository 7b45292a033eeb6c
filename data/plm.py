"""Paris, Lyon and Marseille: the one fold of arrondissements into their commune, and back."""

from typing import overload

import pandas as pd

VILLES: dict[str, tuple[str, ...]] = {
    "75056": tuple(f"751{n:02d}" for n in range(1, 21)),
    "69123": tuple(f"6938{n}" for n in range(1, 10)),
    "13055": tuple(f"132{n:02d}" for n in range(1, 17)),
}
"""Arrondissements of each city, by the code of the commune."""

COMMUNE_DE: dict[str, str] = {arrondissement: ville for ville, codes in VILLES.items() for arrondissement in codes}
"""Commune of each of the 45 arrondissements."""
_PIECES = list(COMMUNE_DE)


@overload
def vers_commune(codes: str) -> str: ...


@overload
def vers_commune(codes: "pd.Series[str]") -> "pd.Series[str]": ...


def vers_commune(codes: "str | pd.Series[str]") -> "str | pd.Series[str]":
    """Fold arrondissement codes to their commune's; any other code is given back unchanged.

    A Series keeps its index, its name and its blanks.
    """
    if isinstance(codes, str):
        return COMMUNE_DE.get(codes, codes)
    pieces = codes.isin(_PIECES)
    return codes.mask(pieces, codes[pieces].map(COMMUNE_DE)) if pieces.any() else codes


plm_vers_commune = vers_commune
"""The same fold under the name that the domain reference gives it."""


def arrondissements(code: str) -> tuple[str, ...]:
    """Give the arrondissements of Paris, Lyon or Marseille, sorted; none for any other commune."""
    return VILLES.get(code, ())
