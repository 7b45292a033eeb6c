"""The map and its sentence; what is read beside it follows once it is painted (`reading.py`)."""

from typing import Any

from dash import Dash, Input, Output

from dashboard import ids
from dashboard.deps import Deps
from dashboard.permalink import from_query
from dashboard.scene import drawings_of, sentence
from layers.renderers.leaflet import Rendu, render


def register(app: Dash, deps: Deps) -> None:
    """Draw each view."""

    @app.callback(
        output={"dessin": Output(ids.DESSIN, "data"), "phrase": Output(ids.PHRASE, "children")},
        inputs={"vue": Input(ids.VUE, "data")},
        prevent_initial_call=True,
    )
    def carte(vue: str) -> dict[str, Any]:
        rendu, phrase = deps.product("carte", vue, lambda: scene(deps, vue))
        deps.published.publish(rendu.fichiers)
        return {"dessin": rendu.charge, "phrase": phrase}


def scene(deps: Deps, adresse: str) -> tuple[Rendu, str]:
    """Draw a view for the live page: the payload of the map, and the sentence above it."""
    frames = deps.frames()
    view = from_query(adresse, frames, deps.today()).vue
    drawings = deps.product("dessins", adresse, lambda: drawings_of(view, frames))
    rendu = render(drawings, frames, view.maille, deps.meshes())
    charge = rendu.charge | {"vue": adresse, "territoire": view.territoire}
    return Rendu(charge, rendu.fichiers), sentence(view, frames, drawings)
