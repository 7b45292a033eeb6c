"""Address ⇄ page: the browser writes the address (`assets/registre.js`), the server alone reads it."""

from typing import Any

from dash import MATCH, ClientsideFunction, Dash, Input, Output, State, html, no_update
from dash.exceptions import PreventUpdate

from dashboard.deps import Deps
from dashboard.registre import frame
from dashboard.registre.address import read
from dashboard.registre.contract import Section
from dashboard.registre.in_force import in_force
from dashboard.registre.parts import GRILLE, RECHERCHE
from dashboard.registre.territory_search import suggest

_TERRITOIRES = Output(frame.TERRITOIRE, "data")


def register(app: Dash, deps: Deps, sections: tuple[Section, ...]) -> None:
    """Keep the address, the controls and the section shown equal; the sections then add their own."""
    app.clientside_callback(
        ClientsideFunction("registre", "ouvrir"), Output(frame.ADRESSE, "data"), Input(frame.ADRESSE, "id")
    )
    app.clientside_callback(
        ClientsideFunction("registre", "ecrire"),
        *(Input(c, "value") for c in frame.CONTROLES.values()),
        State(frame.VUE, "data"),
        prevent_initial_call=True,
    )
    app.clientside_callback(ClientsideFunction("registre", "arriver"), Input(frame.CORPS, "children"))
    app.clientside_callback(
        ClientsideFunction("registre", "filtrer"),
        Output({"type": GRILLE, "nom": MATCH}, "dashGridOptions"),
        Input({"type": RECHERCHE, "nom": MATCH}, "value"),
        State({"type": GRILLE, "nom": MATCH}, "dashGridOptions"),
        prevent_initial_call=True,
    )
    _reading(app, deps, sections)
    _searching(app, deps, sections)
    for section in sections:
        if section.register is not None:
            section.register(app, deps)


def _reading(app: Dash, deps: Deps, sections: tuple[Section, ...]) -> None:
    @app.callback(
        output={
            "controls": {n: Output(c, "value") for n, c in frame.CONTROLES.items()},
            "territoires": _TERRITOIRES,
            "vue": Output(frame.VUE, "data"),
            "navigation": Output(frame.NAVIGATION, "children"),
            "carte": Output(frame.CARTE, "children"),
            "avis": Output(frame.AVIS, "children"),
            "titre": Output(frame.TITRE, "children"),
            "portee": Output(frame.PORTEE, "children"),
            "corps": Output(frame.CORPS, "children"),
        },
        inputs={"adresse": Input(frame.ADRESSE, "data"), "signal": Input(frame.SIGNAL, "data")},
        state={"controls": {n: State(c, "value") for n, c in frame.CONTROLES.items()}},
    )
    def lire(adresse: str | None, signal: Any, controls: dict[str, Any]) -> dict[str, Any]:  # noqa: ARG001
        if adresse is None:
            raise PreventUpdate
        return page_of(adresse, deps, sections, controls)


def page_of(adresse: str, deps: Deps, sections: tuple[Section, ...], controls: dict[str, Any]) -> dict[str, Any]:
    """Build what an address shows; a control that already says it is left alone."""
    frames, today = deps.frames(), deps.today()
    lecture = read(adresse, frames, today, sections, deps)
    wanted, vue = frame.values(lecture.contexte.vue), lecture.contexte.vue
    feuille = lecture.section.build(lecture.contexte)
    return {
        "controls": {n: no_update if controls.get(n) == wanted[n] else wanted[n] for n in frame.CONTROLES},
        "territoires": suggest(lecture.contexte.frames, "", vue.territoire),
        "vue": wanted,
        "navigation": frame.navigation(lecture.contexte, sections),
        "carte": frame.map_return(lecture.contexte),
        "avis": [html.P(a) for a in lecture.avis],
        "titre": feuille.titre,
        "portee": in_force(lecture.contexte, lecture.section),
        "corps": feuille.corps,
    }


def _searching(app: Dash, deps: Deps, sections: tuple[Section, ...]) -> None:
    @app.callback(
        output={"choix": Output(frame.TERRITOIRE, "data", allow_duplicate=True)},
        inputs={"texte": Input(frame.TERRITOIRE, "searchValue")},
        state={"choisi": State(frame.TERRITOIRE, "value"), "adresse": State(frame.ADRESSE, "data")},
        prevent_initial_call=True,
    )
    def chercher(texte: str | None, choisi: str | None, adresse: str | None) -> dict[str, Any]:
        frames = read(adresse or "", deps.frames(), deps.today(), sections).contexte.frames
        return {"choix": suggest(frames, texte or "", choisi or "")}
