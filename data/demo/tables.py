"""Write the tables: one CSV per table of FORMATS.md, in its columns and their order."""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from data.tables import PAR_NOM

Cellule = str | int | float | None
Lignes = list[dict[str, Cellule]]


def write(dossier: Path, nom: str, lignes: Sequence[Mapping[str, Cellule]]) -> None:
    """Write one table: `;`, decimal comma, UTF-8 with BOM so that a French spreadsheet opens it as it is."""
    table = PAR_NOM[nom]
    texte = io.StringIO()
    plume = csv.DictWriter(texte, table.noms, delimiter=";", lineterminator="\n")
    plume.writeheader()
    for ligne in lignes:
        plume.writerow({colonne: _cell(valeur) for colonne, valeur in ligne.items()})
    (dossier / f"{nom.replace('_', '-')}.csv").write_text(texte.getvalue(), encoding="utf-8-sig")


def _cell(valeur: Cellule) -> str:
    if valeur is None:
        return ""
    if isinstance(valeur, float):
        return f"{valeur:.5f}".rstrip("0").rstrip(".").replace(".", ",")
    return typography(str(valeur))


def typography(texte: str) -> str:
    """Put narrow no-break spaces where French wants them: before ; : ! ? % and inside numbers."""
    return re.sub(r"(?<=\d) (?=\d{3}\b)| (?=[;:!?%])", "\u202f", texte)
