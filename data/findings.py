"""What `verifier` says of a dataset: one finding per problem, with its place and its remedy."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Gravite(StrEnum):
    """Whether a finding refuses the dataset."""

    ERREUR = "erreur"
    AVERTISSEMENT = "avertissement"


@dataclass(frozen=True, slots=True)
class Constat:
    """One problem of a dataset, in French.

    `ligne` is the physical line counted from 1, header included; the rank of the feature for geometries; None
    where a finding has no line. `valeur` is the cell as written, or the column's name where the cell may hold
    a person's data.
    """

    fichier: str
    ligne: int | None
    colonne: str
    valeur: str
    gravite: Gravite
    message: str
    remede: str

    @property
    def phrase(self) -> str:
        """One line of text for a terminal."""
        place = self.fichier + (f", ligne {self.ligne}" if self.ligne is not None else "")
        colonne = f", colonne {self.colonne}" if self.colonne else ""
        return f"{place}{colonne}\u202f: {self.message} {self.remede}".rstrip()

    def to_json(self) -> dict[str, str | int | None]:
        """Return the object of FORMATS §4."""
        return {
            "fichier": self.fichier,
            "ligne": self.ligne,
            "colonne": self.colonne,
            "valeur": self.valeur,
            "gravite": self.gravite.value,
            "message": self.message,
            "remede": self.remede,
        }


def count_errors(constats: Iterable[Constat]) -> int:
    """Count the findings that refuse the dataset."""
    return sum(c.gravite is Gravite.ERREUR for c in constats)


def report(jeu: str, constats: Iterable[Constat]) -> dict[str, object]:
    """Return the JSON of `verifier` (FORMATS §4); `jeu` is the name of the dataset."""
    tous = tuple(constats)
    erreurs = count_errors(tous)
    return {
        "jeu": jeu,
        "erreurs": erreurs,
        "avertissements": len(tous) - erreurs,
        "constats": [c.to_json() for c in tous],
    }


def text(jeu: str, constats: Iterable[Constat]) -> str:
    """Return the report for a terminal: the verdict, then every problem, errors first.

    Beyond twenty lines of one kind, the others are named by their numbers only.
    """
    tous = sorted(constats, key=lambda c: c.gravite is not Gravite.ERREUR)
    groupes: dict[tuple[str, ...], list[Constat]] = {}
    for constat in tous:
        genre = constat.message.replace(constat.valeur, "") if constat.valeur else constat.message
        groupes.setdefault((constat.gravite, constat.fichier, constat.colonne, genre), []).append(constat)
    erreurs = count_errors(tous)
    verdict = f"{jeu}\u202f: {_verdict(erreurs, len(tous) - erreurs)}"
    return "\n".join([verdict, *(ligne for groupe in groupes.values() for ligne in _paragraph(groupe))])


def _paragraph(groupe: list[Constat]) -> list[str]:
    dits, tus = groupe[:_DE_CHAQUE_GENRE], groupe[_DE_CHAQUE_GENRE:]
    lignes = [f"{_MOTS[c.gravite]}  {c.phrase}" for c in dits]
    if tus:
        numeros = _ranges([c.ligne for c in tus if c.ligne is not None])
        lignes.append(f"{' ' * 15}De même {len(tus)} fois encore{f', lignes {numeros}' * bool(numeros)}.")
    return lignes


def _ranges(lignes: list[int]) -> str:
    """Write `3, 4, 5, 9` as `3-5, 9`."""
    suites: list[list[int]] = []
    for ligne in sorted(set(lignes)):
        if suites and ligne == suites[-1][-1] + 1:
            suites[-1].append(ligne)
        else:
            suites.append([ligne])
    return ", ".join(str(s[0]) if len(s) == 1 else f"{s[0]}-{s[-1]}" for s in suites)


_DE_CHAQUE_GENRE = 20
_MOTS = {Gravite.ERREUR: "ERREUR       ", Gravite.AVERTISSEMENT: "avertissement"}


def _verdict(erreurs: int, avertissements: int) -> str:
    if not erreurs and not avertissements:
        return "aucun problème."
    compte = f"{_count(erreurs, 'erreur')}, {_count(avertissements, 'avertissement')}"
    return f"{compte}. {'Le jeu est refusé.' if erreurs else 'Le jeu est accepté.'}"


def _count(nombre: int, mot: str) -> str:
    return f"{nombre or 'aucun' + 'e' * (mot == 'erreur')} {mot}{'s' * (nombre > 1)}"
