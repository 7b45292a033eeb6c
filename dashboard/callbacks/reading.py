"""What is read beside the map: legend, departmental agreement, notices; asked for once the map is painted."""

from dataclasses import replace
from typing import Any

from dash import Dash, Input, Output, html

from dashboard import ids
from dashboard.deps import Deps
from dashboard.layout.description import paragraphs
from dashboard.layout.legend import legend
from dashboard.scene import sentence
from dashboard.seen import drawings, seen
from layers.kit.wording import describe


def register(app: Dash, deps: Deps) -> None:
    """Explain each view."""

    @app.callback(
        output={
            "legende": Output(ids.LEGENDE, "children"),
            "bandeau": Output(ids.BANDEAU, "children"),
            "avis": Output(ids.AVIS, "children"),
            "description": Output(ids.DESCRIPTION, "children"),
        },
        inputs={"vue": Input(ids.VUE_PEINTE, "data")},
        prevent_initial_call=True,
    )
    def lecture(vue: str) -> dict[str, Any]:
        return deps.product("lecture", vue, lambda: explain(deps, vue))


def explain(deps: Deps, adresse: str) -> dict[str, Any]:
    """Return the legend of a view, its facts whatever the zoom, why a layer shows nothing at all, the map in words."""
    frames, view = seen(deps, adresse)
    made = drawings(deps, adresse)
    notices = dict.fromkeys(n for d in made if not d.marques for n in d.notice)
    return {
        "legende": legend([replace(d, vue=view) for d in made], frames.noms),  # shared ones know no chosen territory
        "bandeau": [html.P(b, title=b) for d in made for b in d.bandeau],
        "avis": [html.P(n) for n in notices],
        "description": paragraphs((sentence(view, frames, made), *describe(made))),
    }
