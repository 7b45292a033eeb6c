"""The communes to be mapped: those of the départements asked, on the map of the year asked."""

from collections.abc import Sequence
from dataclasses import dataclass

from data.cog import CommuneHistory
from data.errors import SourceError


def departement_of(code_commune: str) -> str:
    """Département of a commune code: two characters, three overseas."""
    return code_commune[:3] if code_commune.startswith(("97", "98")) else code_commune[:2]


@dataclass(frozen=True, slots=True)
class Perimetre:
    """`departements` is empty for the whole of France; `codes` are the communes of 1 January `cog`."""

    departements: tuple[str, ...]
    cog: int
    codes: frozenset[str]


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
