"""Snapshots as tables: CSV for programs and spreadsheets, a workbook with its words on a sheet of their own."""

import csv as standard_csv
import io
import re
from collections.abc import Iterable

import pandas as pd

from dashboard.exports.snapshot import Instantane
from layers.kit.table import Cellule, Colonne, Tableau

FORMULE = ("=", "+", "-", "@", "\t", "\r")
_ILLISIBLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
CELLULE_MAX = 32_767
LARGEUR_MAX = 60


def csv(instantane: Instantane) -> bytes:
    """Write the territories as CSV: `;`, decimal comma, UTF-8 with BOM, codes as text, one line per territory.

    The last columns repeat what the file must carry wherever it goes: date, mention, sources, edition.
    """
    out = io.StringIO(newline="")
    writer = standard_csv.writer(out, delimiter=";", lineterminator="\r\n")
    columns, rows = instantane.territoires
    constants = _constants(instantane)
    writer.writerow([*_headers(columns), *constants])
    for row in rows:
        writer.writerow([*map(_text, row), *map(_text, constants.values())])
    return ("\ufeff" + out.getvalue()).encode("utf-8", "replace")


def xlsx(instantane: Instantane) -> bytes:
    """Write a workbook: territories, places where there are any, and a sheet that says how to read them."""
    out = io.BytesIO()
    with pd.ExcelWriter(out, engine="openpyxl") as workbook:
        _sheet(workbook, "Lecture", _reading(instantane))
        _sheet(workbook, "Territoires", _frame(instantane.territoires))
        if instantane.lieux.rows:
            _sheet(workbook, "Lieux", _frame(instantane.lieux))
    return out.getvalue()


def _headers(columns: Iterable[Colonne]) -> list[str]:
    return [c.libelle for c in columns]


def _constants(instantane: Instantane) -> dict[str, str]:
    cartouche = instantane.cartouche
    mention = {"Mention": cartouche.mention} if cartouche.mention else {}
    credits = dict.fromkeys(f"{s.producteur} {s.millesime}".strip() for d in instantane.drawings for s in d.sources)
    edition = " ".join(cartouche.notes[-1].paragraphes) if cartouche.notes else ""
    return {
        "Situation au": instantane.vue.date.isoformat(),
        **mention,
        "Sources": " ; ".join(credits),
        "Édition": edition,
    }


def _text(cell: Cellule) -> str:
    """Write a cell; a text that a spreadsheet would run as a formula is kept a text by a leading apostrophe."""
    if cell is None:
        return ""
    if isinstance(cell, int | float):
        return f"{cell:.10g}".replace(".", ",")
    plain = _ILLISIBLE.sub(" ", cell)
    return f"'{plain}" if plain.startswith(FORMULE) else plain


def _reading(instantane: Instantane) -> pd.DataFrame:
    cartouche = instantane.cartouche
    lines: list[tuple[str, str]] = [("Titre", cartouche.titre), ("Organisme", cartouche.organisme)]
    lines += [("Mention", cartouche.mention)] if cartouche.mention else []
    lines += [("Ce que montre la carte", cartouche.phrase), ("Filtres", cartouche.filtres)]
    lines += [("Chiffre clé", f"{c.valeur} {c.libelle}") for c in cartouche.chiffres]
    lines += [("Fait", b) for b in cartouche.bandeau]
    lines += [("Avis", a) for a in (*(n for d in instantane.drawings for n in d.notice), *cartouche.avis)]
    lines += [(n.titre, p) for n in cartouche.notes for p in n.paragraphes]
    return pd.DataFrame([(k, _cell(v)) for k, v in lines if v], columns=["Rubrique", "Texte"])


def _frame(tableau: Tableau) -> pd.DataFrame:
    rows = [[_cell(c) for c in row] for row in tableau.rows]
    return pd.DataFrame(rows, columns=_headers(tableau.columns), dtype=object)


def _cell(cell: Cellule) -> Cellule:
    return _text(cell)[:CELLULE_MAX] if isinstance(cell, str) else cell


def _sheet(workbook: pd.ExcelWriter, name: str, frame: pd.DataFrame) -> None:
    frame.to_excel(workbook, sheet_name=name, index=False)
    sheet = workbook.sheets[name]
    sheet.freeze_panes = "A2"
    if len(frame):
        sheet.auto_filter.ref = sheet.dimensions
    for rank, column in enumerate(sheet.iter_cols(min_row=1, max_row=1), start=0):
        sheet.column_dimensions[column[0].column_letter].width = _width(frame.iloc[:, rank], str(frame.columns[rank]))


def _width(cells: Iterable[object], header: str) -> int:
    longest = max((len(str(c)) for c in cells if c is not None), default=0)
    return min(LARGEUR_MAX, max(10, min(len(header), 24), longest) + 2)
