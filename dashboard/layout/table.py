"""The map's accessible twin: one grid of territories, one of places."""

import dash_ag_grid as dag
import dash_mantine_components as dmc
from dash import html

from dashboard import ids, texts
from dashboard.layout.grid_locale import TEXTES

GRILLE_TERRITOIRES = "tableau-territoires"
GRILLE_LIEUX = "tableau-lieux"
CHOIX = "tableau-choix"


def _grid(id_grille: str) -> dag.AgGrid:
    return dag.AgGrid(
        id=id_grille,
        columnDefs=[],
        rowData=[],
        getRowId="params.data.id",
        className="ag-theme-quartz grille",
        columnSize="autoSize",
        defaultColDef={"sortable": True, "resizable": True, "filter": True, "suppressHeaderMenuButton": True},
        dashGridOptions={
            "rowHeight": 32,
            "headerHeight": 36,
            "animateRows": False,
            "rowSelection": {"mode": "singleRow", "checkboxes": False, "enableClickSelection": True},
            "localeText": TEXTES,
            "enableCellTextSelection": True,
        },
    )


def table_panel() -> html.Section:
    """Build the twin of the map, filled in the browser from the same drawing as the map."""
    return html.Section(
        [
            html.Div(
                [
                    html.H2("Tableau"),
                    html.Span(texts.SANS_SELECTION, className="discret tableau-aide"),
                    dmc.SegmentedControl(
                        id=CHOIX,
                        value="territoires",
                        data=[
                            {"value": "territoires", "label": "Territoires"},
                            {"value": "lieux", "label": "Points d'accès"},
                        ],
                        size="xs",
                        attributes={"root": {"aria-label": "Contenu du tableau"}},
                    ),
                    html.Button("Replier", id="tableau-replier", className="lien", **{"aria-expanded": "true"}),
                ],
                className="tableau-tete",
            ),
            html.Div(_grid(GRILLE_TERRITOIRES), className="tableau-corps"),
            html.Div(_grid(GRILLE_LIEUX), className="tableau-corps"),
        ],
        id=ids.TABLEAU,
        className="tableau",
        tabIndex=-1,
        **{"aria-label": "Tableau de la carte", "data-choix": "territoires"},
    )
