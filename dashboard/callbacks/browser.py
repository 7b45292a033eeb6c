"""What the browser does alone: painting, the tables, the panels, the theme (`assets/page.js`)."""

from dash import ClientsideFunction, Dash, Input, Output, State

from dashboard import ids
from dashboard.deps import Deps
from dashboard.layout.table import CHOIX, GRILLE_LIEUX, GRILLE_TERRITOIRES


def register(app: Dash, deps: Deps) -> None:  # noqa: ARG001 - one signature for every concern
    """Bind the browser's functions; Dash takes no named groups here, so their arguments are positional."""
    app.clientside_callback(_function("choisirTableau"), Output(ids.TABLEAU, "data-choix"), Input(CHOIX, "value"))
    app.clientside_callback(
        _function("indicateurs"),
        Input(ids.INDICATEURS, "data"),
        Input(ids.INDICATEUR_CHOISI, "data"),
        Input(ids.INDICATEUR2_CHOISI, "data"),
    )
    app.clientside_callback(
        _function("ligneChoisie"),
        Input(GRILLE_TERRITOIRES, "selectedRows"),
        Input(GRILLE_LIEUX, "selectedRows"),
        State(ids.VUE, "data"),
        prevent_initial_call=True,
    )


def _function(name: str) -> ClientsideFunction:
    return ClientsideFunction("atlas", name)
