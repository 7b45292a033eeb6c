"""A workbook, `jeu.xlsx` or a register: one sheet per table, read as text like the CSV files."""

import re
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

from data.reading.ledger import Ledger, Lieu, erreur
from data.reading.rows import Rows
from data.reading.scalars import as_text

_ILLISIBLE = erreur("Le classeur ne s'ouvre pas.", "Enregistrez-le de nouveau au format .xlsx, sans mot de passe.")
_FEUILLE = re.compile(r"xl/worksheets/[^/]+\.xml")
_CELLULE = re.compile(rb'<c\s[^>]*?r="([A-Z]+)([0-9]+)"')
_FAUTES = (
    *(CalamineError, zipfile.BadZipFile, zlib.error, SyntaxError, OSError, EOFError),
    # What openpyxl and its parsers (whose errors are SyntaxError too) let out of a damaged sheet.
    *(ArithmeticError, AttributeError, LookupError, NotImplementedError, RuntimeError, TypeError, ValueError),
)
_SURFACE_MAX = 5_000_000
"""Cells of the rectangle that a sheet spans: beyond, one stray cell far away would fill the memory."""

Sheets = Mapping[str, Iterable[Sequence[object]]]


def read_sheets(chemin: Path, ledger: Ledger) -> dict[str, Rows]:
    """Return the rows of every sheet that is not empty, by the sheet's name; lines are the sheet's own."""
    try:
        feuilles = _sparse_sheets(chemin) if _spans_too_much(chemin) else _dense_sheets(chemin)
        lues = {nom: _rows(cellules) for nom, cellules in feuilles.items()}
    except _FAUTES:
        ledger.note(_ILLISIBLE, Lieu(chemin.name))
        return {}
    return {nom: rows for nom, rows in lues.items() if rows is not None}


def _spans_too_much(chemin: Path) -> bool:
    if chemin.suffix.lower() == ".xls":
        return False  # Not an archive, and a sheet of that time is small.
    with zipfile.ZipFile(chemin) as archive:
        return any(_surface(archive.read(nom)) > _SURFACE_MAX for nom in archive.namelist() if _FEUILLE.fullmatch(nom))


def _surface(xml: bytes) -> int:
    colonne = ligne = 0
    for lettres, chiffres in set(_CELLULE.findall(xml)):
        rang = 0
        for lettre in lettres:
            rang = rang * 26 + lettre - 64
        colonne, ligne = max(colonne, rang), max(ligne, int(chiffres[:9]))
    return colonne * ligne


def _dense_sheets(chemin: Path) -> Sheets:
    classeur = CalamineWorkbook.from_path(str(chemin))
    return {nom: classeur.get_sheet_by_name(nom).to_python(skip_empty_area=False) for nom in classeur.sheet_names}


def _sparse_sheets(chemin: Path) -> Sheets:
    import openpyxl  # Slow to load, and rarely needed.

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        classeur = openpyxl.load_workbook(chemin, read_only=True, data_only=True)
    for feuille in classeur.worksheets:
        feuille.reset_dimensions()
    return {feuille.title: feuille.iter_rows(values_only=True) for feuille in classeur.worksheets}


def _rows(cellules: Iterable[Sequence[object]]) -> Rows | None:
    """Return the rows as wide as the header, empty ones left out."""
    pleines = []
    for rang, ligne in enumerate(cellules, start=1):
        textes = [as_text(cellule) for cellule in ligne]
        if any(textes):
            pleines.append((rang, textes))
    if not pleines:
        return None
    ligne_entete, entetes = pleines[0]
    largeur = len(entetes)
    suite: list[Sequence[str]] = [(ligne + [""] * (largeur - len(ligne)))[:largeur] for _, ligne in pleines[1:]]
    return Rows(tuple(entetes), ligne_entete, suite, [rang for rang, _ in pleines[1:]])
