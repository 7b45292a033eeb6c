"""Section « Registre »."""

from dashboard.registre.contract import Contexte, Feuille, Section


def build(contexte: Contexte) -> Feuille:
    """Build the section."""
    return Feuille("Registre", [f"{len(contexte.frames['ctg'])} conventions"])


SECTION = Section("registre", "Registre", build)
