"""Snapshots as a workbook: how to read it, the data, and what its columns, sources and blanks mean."""

import io
from collections.abc import Iterable, Sequence
from datetime import datetime, time

import pandas as pd

from dashboard.exports.snapshot import Instantane
from dashboard.exports.tables import as_text, headers
from data.model import Blanc, Source
from layers.kit.contract import Drawing
from layers.kit.marks import Fill
from layers.kit.sources import sources_of
from layers.kit.table import Cellule, Tableau
from layers.kit.texts import short_date

CELLULE_MAX = 32_767
LARGEUR_MAX = 60
TITRE_MAX = 255
_REGLAGES = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "in_memory": True,  # a temporary folder that is full or closed is no reason to fail
}
_SIGNES = (
    ("0", "Zéro", "Une valeur connue, égale à zéro."),
    ("s.", Blanc.SECRET.libelle, "Un effectif trop petit, ou qui en livrerait un par soustraction."),
    ("non publié", Blanc.NON_PUBLIE.libelle, "Le producteur ne donne pas ce chiffre à cette maille."),
    ("nd", Blanc.MANQUANT.libelle, "Le chiffre devrait exister ; le jeu de données ne l'a pas."),
    ("–", Blanc.PETIT_DENOMINATEUR.libelle, "Un rapport sur si peu de personnes ne dirait rien."),
)


def xlsx(instantane: Instantane) -> bytes:
    """Write a workbook: reading, territories, places where there are any, definitions, sources, blanks."""
    out = io.BytesIO()
    with pd.ExcelWriter(out, engine="xlsxwriter", engine_kwargs={"options": _REGLAGES}) as workbook:
        _sheet(workbook, "Lecture", _reading(instantane))
        _sheet(workbook, "Territoires", _frame(instantane.territoires))
        if instantane.lieux.rows:
            _sheet(workbook, "Lieux", _frame(instantane.lieux))
        _sheet(workbook, "Définitions", _definitions(instantane))
        _sheet(workbook, "Sources", _sources(instantane))
        _sheet(workbook, "Blancs", _blanks(instantane.drawings))
        workbook.book.set_properties(
            {
                "title": as_text(instantane.cartouche.titre)[:TITRE_MAX],
                "author": "Atlas Ctg",
                "created": datetime.combine(instantane.jour, time()),
            }
        )
    return out.getvalue()


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


def _definitions(instantane: Instantane) -> pd.DataFrame:
    """Say of each column what it holds; the columns of a layer share its definition and its method."""
    par_couche = {d.couche: d for d in instantane.drawings}
    rows = []
    for column in instantane.territoires.columns:
        drawing = next((d for c, d in par_couche.items() if column.id == c or column.id.startswith(f"{c}_")), None)
        said = (drawing.titre, drawing.definition, drawing.lecture) if drawing else ("Territoire", "", "")
        rows.append([as_text(t) for t in (column.libelle, said[0], column.unite, *said[1:])])
    return pd.DataFrame(rows, columns=["Colonne", "Couche", "Unité", "Définition", "Méthode"])


def _sources(instantane: Instantane) -> pd.DataFrame:
    sources = [s for d in instantane.drawings for s in d.sources] + list(sources_of(instantane.frames, "communes"))
    rows = [[as_text(t) for t in _source(s)] for s in dict.fromkeys(sources)]
    columns = ["Fichier", "Producteur", "Titre", "Millésime", "Mise à jour", "Licence", "Adresse"]
    return pd.DataFrame(rows, columns=columns)


def _source(source: Source) -> tuple[str, ...]:
    jour = short_date(source.date_maj) if source.date_maj else ""
    return source.fichier, source.producteur, source.titre, source.millesime, jour, source.licence, source.url


def _blanks(drawings: Sequence[Drawing]) -> pd.DataFrame:
    """Say what each blank means, and how many territories of each layer bear it."""
    nombres = {d.titre: _counted(d) for d in drawings if any(isinstance(m, Fill) and m.valeurs for m in d.marques)}
    kinds = ("zero", *(b.value for b in (Blanc.SECRET, Blanc.NON_PUBLIE, Blanc.MANQUANT, Blanc.PETIT_DENOMINATEUR)))
    rows = [
        [*signe, *(found.get(kind, 0) for found in nombres.values())]
        for signe, kind in zip(_SIGNES, kinds, strict=True)
    ]
    return pd.DataFrame(rows, columns=["Signe", "Nom", "Sens", *map(as_text, nombres)])


def _counted(drawing: Drawing) -> dict[str, int]:
    """Count the territories of a layer by blank, zeros among them."""
    found: dict[str, int] = {}
    for mark in (m for m in drawing.marques if isinstance(m, Fill)):
        for rank, valeur in zip(mark.classe, mark.valeurs, strict=False):
            blanc = mark.classes[rank].blanc
            kind = blanc.value if blanc else "zero" if valeur == 0 else ""
            found[kind] = found.get(kind, 0) + 1
    return found


def _frame(tableau: Tableau) -> pd.DataFrame:
    rows = [[_cell(c) for c in row] for row in tableau.rows]
    return pd.DataFrame(rows, columns=headers(tableau.columns), dtype=object)


def _cell(cell: Cellule) -> Cellule:
    return as_text(cell)[:CELLULE_MAX] if isinstance(cell, str) else cell


def _sheet(workbook: pd.ExcelWriter, name: str, frame: pd.DataFrame) -> None:
    frame.to_excel(workbook, sheet_name=name, index=False)
    sheet = workbook.sheets[name]
    sheet.freeze_panes(1, 0)
    if len(frame):
        sheet.autofilter(0, 0, len(frame), len(frame.columns) - 1)
    for rank, header in enumerate(frame.columns):
        sheet.set_column(rank, rank, _width(frame.iloc[:, rank], str(header)))


def _width(cells: Iterable[object], header: str) -> int:
    longest = max((len(str(c)) for c in cells if c is not None), default=0)
    return min(LARGEUR_MAX, max(10, min(len(header), 24), longest) + 2)
