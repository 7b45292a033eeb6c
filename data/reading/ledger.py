"""The ledger: where every reader notes what it met."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from data.findings import Constat, Gravite


@dataclass(frozen=True, slots=True)
class Probleme:
    """One kind of problem; `{valeur}` in the message and the remedy stands for the cell."""

    gravite: Gravite
    message: str
    remede: str

    def at(self, lieu: "Lieu", ligne: int | None, valeur: str = "") -> Constat:
        """Return the finding of this problem at one place."""
        return Constat(
            lieu.fichier,
            ligne,
            lieu.colonne,
            valeur,
            self.gravite,
            self.message.replace("{valeur}", valeur),
            self.remede.replace("{valeur}", valeur),
        )


@dataclass(frozen=True, slots=True)
class Lieu:
    """A file and, where it matters, a column of it."""

    fichier: str
    colonne: str = ""


@dataclass(slots=True)
class Ledger:
    """Findings in the order they were made; the only thing that readers write into."""

    constats: list[Constat] = field(default_factory=list)

    def note(self, probleme: Probleme, lieu: Lieu, ligne: int | None = None, valeur: str = "") -> None:
        """Note one problem."""
        self.constats.append(probleme.at(lieu, ligne, valeur))

    def note_lines(self, probleme: Probleme, lieu: Lieu, lignes: Iterable[int], valeurs: Iterable[str]) -> None:
        """Note the same problem on several lines, each with its own cell."""
        self.constats.extend(probleme.at(lieu, ligne, valeur) for ligne, valeur in zip(lignes, valeurs, strict=True))


def erreur(message: str, remede: str = "") -> Probleme:
    """Return a problem that refuses the dataset."""
    return Probleme(Gravite.ERREUR, message, remede)


def avertissement(message: str, remede: str = "") -> Probleme:
    """Return a problem that is told and lets the dataset through."""
    return Probleme(Gravite.AVERTISSEMENT, message, remede)
