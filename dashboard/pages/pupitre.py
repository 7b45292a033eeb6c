"""The presenter's screen: notes, the scene shown and the next one, the clock, the decisions (`assets/pupitre.js`)."""

from typing import Any

from dash import ClientsideFunction, Input, dcc, html
from flask import Flask

from dashboard.deps import Deps
from dashboard.layout.shell import shell
from dashboard.pages.contract import Page
from dashboard.pages.mounting import DE_LA_CARTE, dash_app
from dashboard.seances import texts

AUTRES = r"projection\.js|seances\.js|stylo\.js|ajout\.js|registre\.js|comparer\.js|42-projection\.css"


def mount(server: Flask, deps: Deps) -> None:
    """Add the presenter's screen to the server."""
    app = dash_app(server, PAGE.chemin, "Pupitre", f"{DE_LA_CARTE}|{AUTRES}")
    app.layout = lambda: _page(deps)
    app.clientside_callback(ClientsideFunction("atlas", "pupitre"), Input("pupitre-depart", "data"))


def _page(deps: Deps) -> Any:
    from dashboard.pages.registry import PAGES

    children = [dcc.Store(id="pupitre-depart", data=True), html.Div(html.P(texts.CHARGEMENT), id="pupitre")]
    return shell(deps.frames(), "seances", children, PAGES)


PAGE = Page("pupitre", "", mount)
