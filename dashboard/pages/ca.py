"""The page `/ca/`: the board's view, printable on one A4."""

from typing import Any
from urllib.parse import urlsplit

from dash import Dash, Input, Output, dcc, html
from flask import Flask, Response, make_response, request

from dashboard.deps import Deps
from dashboard.layout.shell import shell
from dashboard.pages.contract import Page
from dashboard.pages.mounting import DE_LA_CARTE, dash_app

ADRESSE, CORPS = "ca-adresse", "ca-corps"


def mount(server: Flask, deps: Deps) -> None:
    """Add the page, and the pictures of its maps."""
    app = dash_app(server, PAGE.chemin, "Conseil d'administration", DE_LA_CARTE.replace(r"|repartition\.js", ""))
    app.layout = lambda: _page(deps)
    _register(app, deps)

    @server.get("/ca/carte.svg")
    def carte() -> Response:
        from dashboard.ca.maps import picture

        response = make_response(picture(deps, f"?{request.query_string.decode('utf-8', 'replace')}"))
        response.headers["Content-Type"] = "image/svg+xml"
        response.headers["Cache-Control"] = "no-cache"
        return response


def _page(deps: Deps) -> Any:
    from dashboard.pages.registry import PAGES

    children = [
        dcc.Location(id=ADRESSE, refresh=False),
        html.Div(id=CORPS, className="ca"),
    ]
    return shell(deps.frames(), PAGE.chemin, children, PAGES)


def _register(app: Dash, deps: Deps) -> None:
    @app.callback(output={"corps": Output(CORPS, "children")}, inputs={"adresse": Input(ADRESSE, "href")})
    def lire(adresse: str | None) -> dict[str, Any]:
        query = f"?{urlsplit(adresse or '').query}"
        return {"corps": deps.product("ca", query, lambda: content(deps, query))}


def content(deps: Deps, query: str) -> list[Any]:
    """Build what the page says for an address: the parameters of the map."""
    from dashboard.ca.board import board
    from dashboard.ca.maps import maps
    from dashboard.permalink import from_query
    from dashboard.registre.contract import Contexte

    frames, today = deps.frames(), deps.today()
    lecture = from_query(query, frames, today)
    told = [html.P(a, className="note") for a in lecture.avis]
    return [*told, *board(Contexte(frames, lecture.vue, today), maps(lecture.vue, deps))]


PAGE = Page("ca", "CA", mount)
