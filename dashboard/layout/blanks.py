"""The words of an absent figure."""

from data.model import Blanc


def blank_label(statut: str) -> str:
    """Return the French label of a blank, « nd » where its reason is unknown."""
    return Blanc(statut).libelle if statut in list(Blanc) else "nd"
