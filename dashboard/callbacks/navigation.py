"""Address ⇄ controls: the browser writes the address (`assets/navigation.js`), the server alone reads it."""

from datetime import date
from typing import Any

from dash import ClientsideFunction, Dash, Input, Output, State, html, no_update
from dash.development.base_component import Component
from dash.exceptions import PreventUpdate

from dashboard import ids
from dashboard.deps import Deps
from dashboard.layout.filters import months
from dashboard.permalink import from_query, to_query
from data.frames import Frames
from layers.kit.view import View

CONTROLES = {
    "caf": (ids.FILTRE_CAF, "value"),
    "maille": (ids.FILTRE_MAILLE, "value"),
    "echelon": (ids.FILTRE_ECHELON, "value"),
    "champ": (ids.FILTRE_CHAMP_CHOIX, "value"),
    "couches": (ids.FILTRE_COUCHES_CHOIX, "value"),
    "definitions": (ids.FILTRE_DEFINITIONS, "value"),
    "date": (ids.FILTRE_DATE, "value"),
    "mois": (ids.FILTRE_MOIS, "value"),
    "indicateur": (ids.INDICATEUR_CHOISI, "data"),
    "indicateur2": (ids.INDICATEUR2_CHOISI, "data"),
    "classes": (ids.FILTRE_CLASSES, "value"),
    "nb": (ids.FILTRE_NB, "value"),
    "bornes": (ids.FILTRE_BORNES, "value"),
}


def register(app: Dash, deps: Deps) -> None:
    """Keep the address and the controls equal.

    The browser only puts a control's value in its parameter, at once; whether an address is right is decided here,
    when one is opened, copied, or come back to.
    """
    app.clientside_callback(
        ClientsideFunction("atlas", "ouvrir"),
        Output(ids.ADRESSE, "data"),
        Input(ids.DEFAUTS, "data"),
    )
    app.clientside_callback(
        ClientsideFunction("atlas", "ecrire"),
        *(Input(*where) for where in CONTROLES.values()),
        Input(ids.SELECTION, "data"),
        Input(ids.EXPLORATION, "data"),
        State(ids.VUE, "data"),
        State(ids.DEFAUTS, "data"),
        prevent_initial_call=True,
    )

    @app.callback(
        output={
            "vue": Output(ids.VUE, "data"),  # before the controls: what they wake compares itself with it
            "avis": Output(ids.AVIS_ADRESSE, "children"),
            "controls": {name: Output(*where) for name, where in CONTROLES.items()},
        },
        inputs={"adresse": Input(ids.ADRESSE, "data")},
        state={"controls": {name: State(*where) for name, where in CONTROLES.items()}, "vue": State(ids.VUE, "data")},
    )
    def lire(adresse: str | None, controls: dict[str, Any], vue: str | None) -> dict[str, Any]:
        if adresse is None:
            raise PreventUpdate
        return read_address(adresse, deps.frames(), deps.today(), controls, vue)


def preset(page: Component, view: View) -> Component:
    """Set the controls of a page on a view, so that the reading of an empty address has nothing left to move."""
    for name, value in _values(view).items():
        setattr(page[CONTROLES[name][0]], CONTROLES[name][1], value)
    return page


def read_address(
    adresse: str, frames: Frames, today: date, controls: dict[str, Any], shown: str | None
) -> dict[str, Any]:
    """Read an address opened or come back to: what the controls show, the view, and what had to be replaced."""
    lecture = from_query(adresse, frames, today)
    query, wanted = to_query(lecture.vue, frames, today), _values(lecture.vue)
    return {
        "controls": {n: no_update if controls.get(n) == wanted[n] else wanted[n] for n in CONTROLES},
        "vue": no_update if query == shown else query,
        "avis": [html.P(a) for a in lecture.avis],
    }


def _values(view: View) -> dict[str, Any]:
    return {
        "caf": view.caf,
        "maille": view.maille.value,
        "echelon": view.echelon.value,
        "champ": view.champ,
        "couches": list(view.couches),
        "definitions": list(view.definitions),
        "date": view.date.isoformat(),
        "mois": months(view.date),
        "indicateur": view.indicateur or None,
        "indicateur2": view.indicateur2 or None,
        "classes": view.classes.value,
        "nb": str(view.nb),
        "bornes": " ; ".join(f"{b:.15g}".replace(".", ",") for b in view.bornes),
    }
