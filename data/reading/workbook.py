"""The workbook `jeu.xlsx`: one sheet per table, read as text like the CSV files."""

from collections.abc import Sequence
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

from data.reading.ledger import Ledger, Lieu, erreur
from data.reading.rows import Rows
from data.reading.scalars import as_text

CLASSEUR = "jeu.xlsx"
_ILLISIBLE = erreur("Le classeur ne s'ouvre pas.", "Enregistrez-le de nouveau au format .xlsx, sans mot de passe.")


def read_sheets(chemin: Path, ledger: Ledger) -> dict[str, Rows]:
    """Return the rows of every sheet that is not empty, by the sheet's name; lines are the sheet's own."""
    try:
        classeur = CalamineWorkbook.from_path(str(chemin))
        feuilles = {
            nom: classeur.get_sheet_by_name(nom).to_python(skip_empty_area=False) for nom in classeur.sheet_names
        }
    except (CalamineError, OSError, ValueError):
        ledger.note(_ILLISIBLE, Lieu(chemin.name))
        return {}
    lues = {nom: _rows(cellules) for nom, cellules in feuilles.items()}
    return {nom: rows for nom, rows in lues.items() if rows is not None}


def _rows(cellules: Sequence[Sequence[object]]) -> Rows | None:
    textes = [[as_text(cellule) for cellule in ligne] for ligne in cellules]
    pleines = [(rang, ligne) for rang, ligne in enumerate(textes, start=1) if any(ligne)]
    if not pleines:
        return None
    ligne_entete, entetes = pleines[0]
    return Rows(tuple(entetes), ligne_entete, [ligne for _, ligne in pleines[1:]], [rang for rang, _ in pleines[1:]])
