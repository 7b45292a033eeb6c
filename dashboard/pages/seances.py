"""The page of séances: their list, the built-in models, and the editor of one of them (`assets/seances.js`)."""

from typing import Any

from dash import ClientsideFunction, Input, dcc, html
from flask import Flask

from dashboard.deps import Deps
from dashboard.layout.shell import shell
from dashboard.pages.contract import Page
from dashboard.pages.mounting import DE_LA_CARTE, dash_app
from dashboard.seances import api, texts
from dashboard.seances.dossier import route

AUTRES = r"projection\.js|pupitre\.js|synchro\.js|stylo\.js|ajout\.js|registre\.js|comparer\.js|42-projection\.css"


def mount(server: Flask, deps: Deps) -> None:
    """Add the page, and the addresses by which the three pages of the meeting read and write."""
    app = dash_app(server, PAGE.chemin, PAGE.libelle, f"{DE_LA_CARTE}|{AUTRES}")
    app.layout = lambda: _page(deps)
    app.clientside_callback(ClientsideFunction("atlas", "seances"), Input("seances-depart", "data"))
    api.mount(server, deps)
    route.mount(server, deps)


def _page(deps: Deps) -> Any:
    from dashboard.pages.registry import PAGES

    children = [dcc.Store(id="seances-depart", data=True), html.Div(html.P(texts.CHARGEMENT), id="seances")]
    return shell(deps.frames(), PAGE.chemin, children, PAGES)


PAGE = Page("seances", "Séances", mount)
