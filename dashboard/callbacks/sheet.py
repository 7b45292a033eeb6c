"""The territory sheet."""

from typing import Any

from dash import Dash, Input, Output

from dashboard import ids
from dashboard.deps import Deps
from dashboard.layout.sheet import sheet_panel
from dashboard.permalink import from_query
from data.measures.sheet import of_territory


def register(app: Dash, deps: Deps) -> None:
    """Show the chosen territory."""

    @app.callback(
        output={"fiche": Output(ids.FICHE, "children")},
        inputs={"vue": Input(ids.VUE_PEINTE, "data")},
        prevent_initial_call=True,
    )
    def fiche(vue: str) -> dict[str, Any]:
        return {"fiche": deps.product("fiche", vue, lambda: describe(deps, vue))}


def describe(deps: Deps, adresse: str) -> list[Any]:
    """Return the sheet of the view's territory, an invitation where there is none."""
    frames = deps.frames()
    view = from_query(adresse, frames, deps.today()).vue
    fiche = of_territory(frames, view.territoire, view.date, view.profil) if view.territoire else None
    return sheet_panel(fiche, frames)
