"""A register as the Caf keeps it: the sheets of a workbook or a CSV, whatever stands above their headings."""

from dataclasses import dataclass
from pathlib import Path

from data.errors import RepriseError
from data.findings import Gravite
from data.reading.encoding import decode
from data.reading.ledger import Ledger
from data.reading.rows import Rows, read_rows
from data.reading.workbook import read_sheets
from data.reprise.cibles import CIBLES, propose

SUFFIXES = (".xlsx", ".xlsm", ".xls", ".ods", ".csv")
_AVANT_ENTETE = 20
OCTETS_MAX = 20_000_000


@dataclass(frozen=True, slots=True)
class Feuille:
    """One sheet: its headings, and its rows as wide as them; `numeros[i]` is the line of row `i` in the file."""

    nom: str
    entetes: tuple[str, ...]
    lignes: tuple[tuple[str, ...], ...]
    numeros: tuple[int, ...]


def read(chemin: Path) -> tuple[Feuille, ...]:
    """Return the sheets that have a heading and a row, the one that says most of agreements first.

    Raises: RepriseError when the file is of another kind, cannot be read, or holds no such sheet.
    """
    if chemin.suffix.lower() not in SUFFIXES:
        raise RepriseError(f"« {chemin.name} » n'est ni un classeur (.xlsx, .xls, .ods) ni un fichier .csv.")
    ledger = Ledger()
    brutes = _csv(chemin, ledger) if chemin.suffix.lower() == ".csv" else read_sheets(chemin, ledger)
    feuilles = [f for nom, rows in brutes.items() if (f := _sheet(nom, rows)) is not None]
    if not feuilles:
        faute = next((c.phrase for c in ledger.constats if c.gravite is Gravite.ERREUR), "")
        raise RepriseError(faute or f"« {chemin.name} » ne contient aucune ligne sous un en-tête.")
    return tuple(sorted(feuilles, key=lambda f: -len(propose(f.entetes))))


def _csv(chemin: Path, ledger: Ledger) -> dict[str, Rows]:
    texte = decode(chemin.read_bytes(), chemin.name, ledger)
    attendues = {s for c in CIBLES for s in (c.id, *c.synonymes)}
    rows = read_rows(texte, chemin.name, attendues, ledger) if texte else None
    return {chemin.stem: rows} if rows else {}


def _sheet(nom: str, rows: Rows) -> Feuille | None:
    """Take for headings the row, near the top, that names the most facts; what stands above it is left out."""
    toutes = [(rows.ligne_entete, tuple(rows.entetes)), *zip(rows.lignes, map(tuple, rows.cellules), strict=True)]
    rangs = range(min(_AVANT_ENTETE, len(toutes)))
    entete = max(rangs, key=lambda r: (len(propose(toutes[r][1])), -r))
    suite = [(n, tuple(c.strip() for c in ligne)) for n, ligne in toutes[entete + 1 :] if any(map(str.strip, ligne))]
    if not suite:
        return None
    titres = tuple(t.strip() for t in toutes[entete][1])
    return Feuille(nom, titres, tuple(ligne for _, ligne in suite), tuple(n for n, _ in suite))
