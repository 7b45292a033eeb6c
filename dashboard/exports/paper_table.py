"""The tables of a view as paper can hold them: fewer columns, figures already written."""

from collections.abc import Sequence
from typing import Any

from layers.kit.table import Cellule, Colonne, Tableau
from layers.kit.texts import number

_DETAIL, _VALEUR, _NOM, _CODE = "_detail", "_valeur", "nom", "code"
PRIORITES = "territoires_prioritaires"
LIEUX = ("nom", "categorie", "commune", "detail")
PARTS = {"nom": 1.5, "epci": 1.5, PRIORITES: 1.8, "detail": 2.2, "categorie": 1.2, "commune": 1.1}
PART_NOMBRE = 0.8


def territories_table(tableau: Tableau, sujet: str) -> dict[str, Any]:
    """Return the table of territories: name and code together, and one column per measure.

    A measure shows its figure, its class where it has none: a blank then says its reason. Details stay in the files
    of data. `parts` are the shares of the width.
    """
    tableau = _without_outlines(tableau)
    ids = [c.id for c in tableau.columns]
    kept = [c for c in tableau.columns if _is_kept(c, ids)]
    values = {c.id: ids.index(c.id + _VALEUR) if c.id + _VALEUR in ids else None for c in kept}
    code = ids.index(_CODE)
    rows = [
        [_cell(row, ids.index(c.id), values[c.id], code if c.id == _NOM else None) for c in kept]
        for row in tableau.rows
    ]
    return {
        "sujet": sujet,
        "entetes": [_header(c, tableau.columns, values[c.id]) for c in kept],
        "nombres": [c.nombre or values[c.id] is not None for c in kept],
        "parts": [PARTS.get(c.id, PART_NOMBRE if c.nombre else 1.0) for c in kept],
        "lignes": rows,
    }


def _without_outlines(tableau: Tableau) -> Tableau:
    """Put the lists of priority territories in one column, that names those which hold the territory."""
    ranks = [i for i, c in enumerate(tableau.columns) if c.id.startswith(f"{PRIORITES}_")]
    if len(ranks) < 2:
        return tableau
    others = [i for i in range(len(tableau.columns)) if i not in ranks]
    column = Colonne(PRIORITES, "Territoires prioritaires")
    rows = tuple((*(row[i] for i in others), _lists(tableau.columns, row, ranks)) for row in tableau.rows)
    return Tableau((*(tableau.columns[i] for i in others), column), rows)


def _lists(columns: Sequence[Colonne], row: Sequence[Cellule], ranks: Sequence[int]) -> str:
    return " ; ".join(columns[i].libelle for i in ranks if row[i])


def _is_kept(colonne: Colonne, ids: Sequence[str]) -> bool:
    if colonne.id == _CODE or colonne.id.endswith(_DETAIL):
        return False
    return not (colonne.id.endswith(_VALEUR) and colonne.id.removesuffix(_VALEUR) in ids)


def _header(colonne: Colonne, columns: Sequence[Colonne], value: int | None) -> str:
    unite = columns[value].unite if value is not None else colonne.unite
    return f"{colonne.libelle} ({unite})" if unite else colonne.libelle


def _cell(row: Sequence[Cellule], rank: int, value: int | None, code: int | None) -> str:
    if value is not None and row[value] is not None:
        return _written(row[value])
    return _written(row[rank]) + (f" ({row[code]})" if code is not None else "")


def _written(cell: Cellule) -> str:
    return "" if cell is None else number(cell) if isinstance(cell, int | float) else cell


def places_table(tableau: Tableau, sujet: str) -> dict[str, Any]:
    """Return the table of places: name, kind, commune, detail."""
    ranks = [i for i, c in enumerate(tableau.columns) if c.id in LIEUX]
    ranks.sort(key=lambda i: LIEUX.index(tableau.columns[i].id))
    return {
        "sujet": sujet,
        "entetes": [tableau.columns[i].libelle for i in ranks],
        "nombres": [False] * len(ranks),
        "parts": [PARTS[tableau.columns[i].id] for i in ranks],
        "lignes": [[_written(row[i]) for i in ranks] for row in tableau.rows],
    }
