"""The help panel: French pages, and the settings and sources of the dataset in service."""

from dash import Dash

from dashboard.deps import Deps


def register(app: Dash, deps: Deps) -> None:
    """Bind the help panel."""
    del app, deps
