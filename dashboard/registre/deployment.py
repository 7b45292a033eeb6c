"""Section « Déploiement »."""

from dashboard.registre.contract import Contexte, Feuille, Section


def build(contexte: Contexte) -> Feuille:
    """Build the section."""
    return Feuille("Déploiement", [f"{len(contexte.frames['ctg'])} conventions"])


SECTION = Section("deploiement", "Déploiement", build)
