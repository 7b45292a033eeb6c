"""The help panel, opened in the browser."""

from dash import ClientsideFunction, Dash, Input, Output, State

from dashboard.deps import Deps
from dashboard.layout.help import PANNEAU


def register(app: Dash, deps: Deps) -> None:  # noqa: ARG001 - one signature for every concern
    """Bind the button to the panel."""
    app.clientside_callback(
        ClientsideFunction("atlas", "aide"),
        Output(PANNEAU, "opened"),
        Input("bouton-aide", "n_clicks"),
        State(PANNEAU, "opened"),
        prevent_initial_call=True,
    )
