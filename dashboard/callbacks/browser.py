"""What the browser does alone: painting, the tables, the panels, the theme."""

from dash import ClientsideFunction, Dash, Input, Output, State

from dashboard import ids
from dashboard.deps import Deps
from dashboard.layout.table import CHOIX, GRILLE_LIEUX, GRILLE_TERRITOIRES

ESPACE = "atlas"


def register(app: Dash, deps: Deps) -> None:  # noqa: ARG001 - one signature for every concern
    """Bind the functions of `assets/page.js`."""
    app.clientside_callback(
        ClientsideFunction(ESPACE, "peindre"),
        output={"carte": Output(ids.CARTE, "className")},
        inputs={"dessin": Input(ids.DESSIN, "data")},
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction(ESPACE, "theme"),
        output={"schema": Output(ids.THEME, "forceColorScheme")},
        inputs={"clics": Input("bouton-contraste", "n_clicks")},
    )
    app.clientside_callback(
        ClientsideFunction(ESPACE, "choisirTableau"),
        output={"choix": Output(ids.TABLEAU, "data-choix")},
        inputs={"choix": Input(CHOIX, "value")},
    )
    app.clientside_callback(
        ClientsideFunction(ESPACE, "ligneChoisie"),
        output={"selection": Output(ids.SELECTION, "data", allow_duplicate=True)},
        inputs={"territoires": Input(GRILLE_TERRITOIRES, "selectedRows"), "lieux": Input(GRILLE_LIEUX, "selectedRows")},
        state={"vue": State(ids.VUE, "data")},
        prevent_initial_call=True,
    )
