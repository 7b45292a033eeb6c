"""Section « Échéances »."""

from dashboard.registre.contract import Contexte, Feuille, Section


def build(contexte: Contexte) -> Feuille:
    """Build the section."""
    return Feuille("Échéances", [f"{len(contexte.frames['ctg'])} conventions"])


SECTION = Section("echeances", "Échéances", build)
