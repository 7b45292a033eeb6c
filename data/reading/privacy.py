"""Keeping persons out of the store: an installed copy does not hold the columns that the reading drops."""

import csv
import io
import json
from pathlib import Path

from data.reading.encoding import decode
from data.reading.folder import files_of
from data.reading.headers import is_personal
from data.reading.ledger import Ledger
from data.reading.names import bare
from data.reading.rows import read_rows
from data.tables import PAR_NOM, TABLES

_CONNUES = frozenset(bare(nom) for table in TABLES for nom in table.noms)


def forget_personal_columns(dossier: Path) -> None:
    """Rewrite in place the files of a checked dataset that bring a personal column, without it.

    GeoPackage, GeoParquet and Shapefile are left as they are: no tool writes a person's address into outlines.
    """
    forget = {".csv": _forget_in_csv, ".xlsx": _forget_in_workbook} | dict.fromkeys(
        (".geojson", ".json"), _forget_in_geojson
    )
    for chemin in files_of(dossier):
        if chemin.suffix.lower() in forget:
            forget[chemin.suffix.lower()](chemin)


def _is_dropped(entete: object) -> bool:
    return is_personal(str(entete or "")) and bare(str(entete)) not in _CONNUES


def _forget_in_csv(chemin: Path) -> None:
    texte = decode(chemin.read_bytes(), chemin.name, Ledger()) or ""
    attendues = next((t.noms for nom, t in PAR_NOM.items() if bare(nom) == bare(chemin.stem)), ())
    rows = read_rows(texte, chemin.name, attendues, Ledger())
    if rows is None or not any(map(_is_dropped, rows.entetes)):
        return
    gardees = [rang for rang, entete in enumerate(rows.entetes) if not _is_dropped(entete)]
    tampon = io.StringIO()
    plume = csv.writer(tampon, delimiter=";", lineterminator="\n")
    plume.writerows([cellules[rang] for rang in gardees] for cellules in (rows.entetes, *rows.cellules))
    chemin.write_text(tampon.getvalue(), encoding="utf-8")


def _forget_in_workbook(chemin: Path) -> None:
    import openpyxl  # A fifth of a second that a server without workbook must not wait for.

    classeur = openpyxl.load_workbook(chemin)
    change = False
    for feuille in classeur.worksheets:
        entete = next((ligne for ligne in feuille.iter_rows() if any(cellule.value for cellule in ligne)), ())
        for cellule in reversed([cellule for cellule in entete if _is_dropped(cellule.value)]):
            feuille.delete_cols(cellule.column)
            change = True
    if change:
        classeur.save(chemin)


def _forget_in_geojson(chemin: Path) -> None:
    collection = json.loads(decode(chemin.read_bytes(), chemin.name, Ledger()) or "{}")
    change = False
    for entite in collection.get("features") or ():
        proprietes = entite.get("properties") or {}
        for nom in [nom for nom in proprietes if _is_dropped(nom)]:
            del proprietes[nom]
            change = True
    if change:
        chemin.write_text(json.dumps(collection, ensure_ascii=False), encoding="utf-8")
