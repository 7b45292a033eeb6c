"""Parts that every section is made of: tables, links to the map, what is missing."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import dash_ag_grid as dag
import dash_mantine_components as dmc
from dash import html

from dashboard.layout.grid_locale import TEXTES
from dashboard.registre.address import map_href
from dashboard.registre.contract import Contexte
from layers.kit.texts import typeset

Ligne = Mapping[str, Any]


def colonne(champ: str, libelle: str, **options: Any) -> dict[str, Any]:
    """Describe a column of text; sorted as French words are."""
    return {"field": champ, "headerName": libelle, "comparator": {"function": "atlasOrdre"}, "minWidth": 110} | options


def colonne_nombre(champ: str, libelle: str, **options: Any) -> dict[str, Any]:
    """Describe a column of numbers, written the French way."""
    return {
        "field": champ,
        "headerName": libelle,
        "type": "rightAligned",
        "filter": "agNumberColumnFilter",
        "valueFormatter": {"function": "atlasNombreFr(params)"},
        "minWidth": 100,
    } | options


def colonne_date(champ: str, libelle: str, **options: Any) -> dict[str, Any]:
    """Describe a column of days: cells hold AAAA-MM-JJ, so that they sort, and show JJ/MM/AAAA."""
    return {"field": champ, "headerName": libelle, "valueFormatter": {"function": "atlasJour(params)"}} | options


def colonne_lien(champ: str, libelle: str, lien: str, **options: Any) -> dict[str, Any]:
    """Describe a column of links: the cell says `champ`, and goes to the address held in `lien` (no link if "")."""
    return colonne(champ, libelle, cellRenderer="AtlasLien", cellRendererParams={"lien": lien}, **options)


def colonne_carte() -> dict[str, Any]:
    """Describe the last column: « Voir sur la carte », to the address held in `carte`."""
    return colonne_lien("carte_libelle", "Carte", "carte", sortable=False, filter=False, minWidth=150)


def grid(nom: str, colonnes: Sequence[Ligne], lignes: Sequence[Ligne], etiquette: str, recherche: str = "") -> html.Div:
    """Show a table; `nom` is unique in the page, `etiquette` says what the table holds. Each row has an `id`.

    With `recherche`, a box of that label keeps the rows that hold the words typed in it.
    """
    haut = len(lignes) <= LIGNES_D_UN_COUP
    options: dict[str, Any] = {
        "domLayout": "autoHeight" if haut else "normal",
        "rowHeight": 34,
        "headerHeight": 38,
        "animateRows": False,
        "localeText": TEXTES,
        "enableCellTextSelection": True,
        "ensureDomOrder": True,
    }
    table = dag.AgGrid(
        id={"type": GRILLE, "nom": nom},
        columnDefs=list(colonnes),
        rowData=[dict(ligne) for ligne in lignes],
        getRowId="params.data.id",
        className=f"ag-theme-quartz grille grille-registre{'' if haut else ' grille-longue'}",
        columnSize="autoSize",
        defaultColDef={"sortable": True, "resizable": True, "filter": True, "suppressHeaderMenuButton": True},
        dashGridOptions=options,
        style={"height": None if haut else "32rem", "width": "100%"},
    )
    cadre = html.Div(table, className="grille-cadre", role="region", **{"aria-label": etiquette})
    return html.Div([_search(nom, recherche), cadre]) if recherche else cadre


def _search(nom: str, libelle: str) -> dmc.TextInput:
    return dmc.TextInput(id={"type": RECHERCHE, "nom": nom}, label=libelle, size="sm", className="grille-recherche")


GRILLE, RECHERCHE = "registre-grille", "registre-recherche"


LIGNES_D_UN_COUP = 60


def table(etiquette: str, tetes: Sequence[str], lignes: Iterable[Sequence[Any]]) -> html.Div:
    """Show a plain table of texts whose first column names its rows; it scrolls in itself where the page is narrow."""
    head = html.Thead(html.Tr([html.Th(t, scope="col") for t in tetes]))
    body = html.Tbody([html.Tr([html.Th(ligne[0], scope="row"), *(html.Td(c) for c in ligne[1:])]) for ligne in lignes])
    return html.Div(
        html.Table([html.Caption(etiquette, className="pour-lecteur"), head, body], className="textes"),
        className="textes-cadre",
        tabIndex=0,
        role="region",
        **{"aria-label": etiquette},
    )


def map_link(contexte: Contexte, territoire: str, libelle: str = "Voir sur la carte") -> html.A:
    """Link a territory to its place on the map, at the day of the page."""
    return html.A(libelle, href=map_href(contexte, territoire), className="vers-carte")


def missing(fichier: str, sert: str) -> html.P:
    """Say that a table of the dataset is missing, and what it would bring."""
    return note(f"La table {fichier} manque dans ce jeu de données : {sert}.")


def note(texte: str) -> html.P:
    """Write a line of explanation."""
    return html.P(typeset(texte), className="note")


def twin(titre: str, table: Any) -> html.Details:
    """Fold the table that says what a chart says."""
    return html.Details([html.Summary(typeset(titre)), table], className="jumeau")
