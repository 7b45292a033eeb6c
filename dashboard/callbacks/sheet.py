"""The territory sheet."""

from typing import Any

from dash import Dash, Input, Output

from dashboard import ids
from dashboard.deps import Deps
from dashboard.layout.sheet import Composition, sheet_panel
from dashboard.seances.on_sheet import decisions_section
from dashboard.seen import seen, without
from data.frames import Frames
from data.measures.sheet import of_communes, of_territory
from data.measures.territories import communes_of
from layers.kit import composed
from layers.kit.view import View

AILLEURS = (
    "emprise",
    "maille",
    "echelon",
    "champ",
    "couches",
    "definitions",
    "indicateur",
    "indicateur2",
    "classes",
    "nb",
    "bornes",
)
"""Parameters that change the map and not the sheet."""


def register(app: Dash, deps: Deps) -> None:
    """Show the chosen territory."""

    @app.callback(
        output={"fiche": Output(ids.FICHE, "children")},
        inputs={"vue": Input(ids.VUE_PEINTE, "data")},
        prevent_initial_call=True,
    )
    def fiche(vue: str) -> dict[str, Any]:
        sheet = deps.product("fiche", without(deps, vue, *AILLEURS), lambda: describe(deps, vue))
        return {"fiche": [*sheet, *decisions_section(deps, vue)]}


def describe(deps: Deps, adresse: str) -> list[Any]:
    """Return the sheet of the view's territory and that of the territory made; nothing where there is neither."""
    frames, view = seen(deps, adresse)
    fiche = of_territory(frames, view.territoire, view.date, view.profil) if view.territoire else None
    return sheet_panel(fiche, frames, _made(frames, view))


def _made(frames: Frames, view: View) -> Composition:
    nom = composed.name_of(view)
    fiche = of_communes(frames, view.communes, nom, view.date, view.profil) if view.communes else None
    ici = communes_of(frames, view.territoire) if view.territoire else ()
    return Composition(fiche, bool(ici) and set(ici) <= set(view.communes))
