"""Rows of a text table with their physical lines, whatever stands in the cells."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from data.reading.ledger import Ledger, Lieu, avertissement, erreur
from data.reading.names import bare

DELIMITEURS = (";", ",", "\t", "|")

_SANS_LIMITE = 2**31 - 1
_VIDE = erreur("Le fichier est vide.", "Remettez son contenu, ou retirez le fichier du dossier.")
_DELIMITEUR = avertissement(
    "Les cellules sont séparées par «\u00a0{valeur}\u00a0» et non par un point-virgule\u202f: le fichier est lu ainsi.",
    "Enregistrez-le avec le point-virgule pour séparateur.",
)
_TROP = erreur(
    "La ligne n'a pas le même nombre de cellules que l'en-tête ({valeur})\u202f: elle est mise de côté.",
    "Mettez entre guillemets la cellule qui contient un point-virgule, ou retirez les cellules en trop.",
)
_TROP_PEU = avertissement(
    "La ligne a moins de cellules que l'en-tête ({valeur})\u202f: celles qui manquent sont lues comme vides.",
    "Ajoutez les séparateurs manquants.",
)
_GUILLEMET = avertissement(
    "Un guillemet n'est pas fermé ou est mal placé sur cette ligne\u202f: elle est lue telle quelle, sans lui.",
    "Doublez les guillemets à l'intérieur d'une cellule, et fermez celui qui l'ouvre.",
)


@dataclass(frozen=True, slots=True)
class Rows:
    """Header and rows of one table; `lignes[i]` is the physical line, from 1, where `cellules[i]` starts."""

    entetes: tuple[str, ...]
    ligne_entete: int
    cellules: list[Sequence[str]]
    lignes: list[int]


def read_rows(texte: str, fichier: str, attendues: Iterable[str], ledger: Ledger) -> Rows | None:
    """Read a CSV; every row comes out as wide as the header. None where no header is found.

    The delimiter is the one that makes the most `attendues` columns out of the header.
    """
    # A cell may be as long as the file, which is in memory already.
    csv.field_size_limit(_SANS_LIMITE)
    physiques = io.StringIO(texte, newline="").readlines()
    depart = next((i for i, ligne in enumerate(physiques) if ligne.strip(' \t\r\n;,"')), None)
    if depart is None:
        ledger.note(_VIDE, Lieu(fichier))
        return None
    if physiques[depart].startswith("sep=") and depart + 1 < len(physiques):
        depart += 1
    delimiteur = _delimiter(physiques[depart], {bare(nom) for nom in attendues})
    if delimiteur != ";":
        nom = "tabulation" if delimiteur == "\t" else delimiteur
        ledger.note(_DELIMITEUR, Lieu(fichier), depart + 1, nom)
    suite = _records(physiques, depart, delimiteur)
    ligne_entete, entetes, _ = next(suite)
    tas = Rows(tuple(cellule.strip() for cellule in entetes), ligne_entete, [], [])
    _fill(tas, suite, Lieu(fichier), ledger)
    return tas


def _delimiter(entete: str, attendues: set[str]) -> str:
    def known(delimiteur: str) -> tuple[int, int]:
        noms = next(csv.reader([entete], delimiter=delimiteur), [])
        return sum(bare(nom) in attendues for nom in noms), len(noms)

    return max(DELIMITEURS, key=known)


Record = tuple[int, list[str], bool]
"""Physical line, cells, and whether its quotes were broken."""


def _records(physiques: list[str], depart: int, delimiteur: str) -> Iterator[Record]:
    """Yield the records; one whose quotes are broken is read again alone, quotes taken as plain characters."""
    largeur = 0
    while depart < len(physiques):
        restantes = (physiques[rang] for rang in range(depart, len(physiques)))
        lecteur = csv.reader(restantes, delimiter=delimiteur, strict=True)
        debut = 0
        try:
            for cellules in lecteur:
                fin = lecteur.line_num
                largeur = largeur or len(cellules)
                if fin - debut > 1 and len(cellules) != largeur:
                    break
                if cellules:
                    yield depart + debut + 1, cellules, False
                debut = fin
            else:
                return
        except csv.Error:
            pass
        yield depart + debut + 1, _literal(physiques[depart + debut], delimiteur), True
        depart += debut + 1


def _literal(ligne: str, delimiteur: str) -> list[str]:
    return [cellule.strip('"').replace('""', '"') for cellule in ligne.rstrip("\r\n").split(delimiteur)]


def _fill(tas: Rows, suite: Iterator[Record], lieu: Lieu, ledger: Ledger) -> None:
    largeur = len(tas.entetes)
    for ligne, cellules, guillemet in suite:
        garde: Sequence[str] | None = cellules
        if guillemet:
            ledger.note(_GUILLEMET, lieu, ligne)
        if len(cellules) != largeur:
            garde = _fit(cellules, largeur, ligne, (lieu, ledger))
        if garde is not None and any(garde):
            tas.cellules.append(garde)
            tas.lignes.append(ligne)


def _fit(cellules: list[str], largeur: int, ligne: int, note: tuple[Lieu, Ledger]) -> list[str] | None:
    """Bring a row to the width of the header, or return None where cells may have slid."""
    lieu, ledger = note
    if not any(cellule.strip() for cellule in cellules):
        return None
    if len(cellules) > largeur and not any(cellule.strip() for cellule in cellules[largeur:]):
        return cellules[:largeur]
    compte = f"{len(cellules)} au lieu de {largeur}"
    if len(cellules) > largeur:
        ledger.note(_TROP, lieu, ligne, compte)
        return None
    ledger.note(_TROP_PEU, lieu, ligne, compte)
    return cellules + [""] * (largeur - len(cellules))
