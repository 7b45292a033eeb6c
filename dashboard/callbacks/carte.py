"""The map, its legend, its sentence and its notices: all from the same drawings."""

from typing import Any

from dash import Dash, Input, Output, html

from dashboard import ids
from dashboard.deps import Deps
from dashboard.layout.legend import legend
from dashboard.permalink import from_query
from dashboard.scene import drawings_of, sentence
from layers.kit.contract import Drawing
from layers.renderers.leaflet import Rendu, render


def register(app: Dash, deps: Deps) -> None:
    """Draw each view."""

    @app.callback(
        output={
            "dessin": Output(ids.DESSIN, "data"),
            "legende": Output(ids.LEGENDE, "children"),
            "phrase": Output(ids.PHRASE, "children"),
            "bandeau": Output(ids.BANDEAU, "children"),
            "avis": Output(ids.AVIS, "children"),
        },
        inputs={"vue": Input(ids.VUE, "data")},
        prevent_initial_call=True,
    )
    def carte(vue: str) -> dict[str, Any]:
        product = deps.product("carte", vue, lambda: scene(deps, vue))
        deps.published.publish(product["rendu"].fichiers)
        return {"dessin": product["rendu"].charge, **product["textes"]}


def scene(deps: Deps, adresse: str) -> dict[str, Any]:
    """Draw a view for the live page: the payload of the map, and the texts beside it."""
    frames = deps.frames()
    view = from_query(adresse, frames, deps.today()).vue
    drawings = drawings_of(view, frames)
    rendu = render(drawings, frames, view.maille, deps.meshes())
    charge = rendu.charge | {"vue": adresse, "territoire": view.territoire}
    texts = {
        "legende": legend(drawings),
        "phrase": sentence(view, frames, drawings),
        "bandeau": [html.P(b, title=b) for d in drawings for b in d.bandeau],
        "avis": _notices(drawings),
    }
    return {"rendu": Rendu(charge, rendu.fichiers), "textes": texts}


def _notices(drawings: tuple[Drawing, ...]) -> list[html.P]:
    """Say over the map why a layer shows nothing at all; its other notices stand in the legend."""
    return [html.P(n) for n in dict.fromkeys(n for d in drawings if not d.marques for n in d.notice)]
