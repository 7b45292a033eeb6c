"""The key figures."""

from typing import Any

from dash import Dash, Input, Output

from dashboard import ids
from dashboard.deps import Deps
from dashboard.figures import figures
from dashboard.layout.figures import key_figures
from dashboard.seen import seen, without


def register(app: Dash, deps: Deps) -> None:
    """Count each view."""

    @app.callback(
        output={"chiffres": Output(ids.CHIFFRES, "children")},
        inputs={"vue": Input(ids.VUE_PEINTE, "data")},
        prevent_initial_call=True,
    )
    def chiffres(vue: str) -> dict[str, Any]:
        key = without(deps, vue, "territoire")
        return {"chiffres": deps.product("chiffres", key, lambda: count(deps, vue))}


def count(deps: Deps, adresse: str) -> list[Any]:
    """Return the block of key figures of a view."""
    frames, view = seen(deps, adresse)
    return key_figures(figures(frames, view, adresse), frames, view)
