"""The only place where the objects of the web application are assembled."""

import logging
from datetime import date
from importlib.metadata import version
from types import ModuleType

from dash import Dash, html, set_props
from dash.development.base_component import Component
from flask import Flask, Response, abort, jsonify, make_response
from flask_caching import Cache
from flask_compress import Compress

from dashboard import exports, ids, texts
from dashboard.beside.trees import plain
from dashboard.callbacks import browser, carte, export, fond, help, navigation, reading, recherche
from dashboard.carnet.database import Carnet
from dashboard.datasets import DatasetInService
from dashboard.deps import Deps, Published
from dashboard.layout.page import Start, page
from dashboard.pages.mounting import SETTINGS, adopt
from dashboard.pages.registry import PAGES
from dashboard.permalink import default_view, defaults
from data.errors import AtlasError
from layers.kit.texts import typeset

CONCERNS: tuple[ModuleType, ...] = (navigation, carte, reading, export, help, browser, recherche, fond)
OCTETS_GARDES = 128_000_000
"""How many bytes the products kept may take in all."""
UN_AN = 31_536_000


def create_app(store: DatasetInService, carnet: Carnet | None = None) -> Dash:
    """Assemble the atlas over the dataset in service; `app.server` is the WSGI application.

    `carnet` is what people write down, that of this machine where None.
    """
    server = Flask("atlas_ctg", static_folder=None)
    server.config |= {
        "COMPRESS_MIMETYPES": [
            "application/json",
            "text/html",
            "text/css",
            "application/javascript",
            "text/javascript",
        ],
        "COMPRESS_ALGORITHM": ["gzip"],
        "COMPRESS_MIN_SIZE": 400,
    }
    Compress(server)
    cache = Cache(server, config={"CACHE_TYPE": "dashboard.memory.Memory", "CACHE_THRESHOLD": OCTETS_GARDES})
    deps = Deps(store, cache, Published(), date.today, carnet or Carnet.default())
    app = adopt(Dash(__name__, server=server, title=texts.NOM, on_error=_tell, **SETTINGS))
    app.layout = lambda: deps.product("page", "", lambda: _page(deps))
    app.validation_layout = plain(app.validation_layout)  # Dash writes it again in each page
    for concern in CONCERNS:
        concern.register(app, deps)
    for other in PAGES:
        other.mount(server, deps)
    _routes(server, deps)
    return app


def _page(deps: Deps) -> Component:
    frames, today = deps.frames(), deps.today()
    deps.ground(frames)  # made before the first map asks for it
    view = default_view(frames, today)
    start = Start(view, defaults(frames, today), exports.SUFFIXES, PAGES)
    return navigation.preset(page(frames, start), view)


def _tell(error: Exception) -> None:
    """Say what a user can mend; log any other error whole, for it is a bug, and say that the view stayed."""
    if not isinstance(error, AtlasError):
        logging.getLogger(__name__).error("callback failed", exc_info=error)
    phrase = str(error) if isinstance(error, AtlasError) else texts.ERREUR_INATTENDUE
    set_props(ids.AVIS_ADRESSE, {"children": html.P(typeset(phrase))})


def _routes(server: Flask, deps: Deps) -> None:
    @server.get("/sante")
    def sante() -> Response:
        jeu = deps.frames().jeu
        return jsonify({"statut": "ok", "version": version("atlas-ctg"), "jeu": jeu.nom, "version_jeu": jeu.version})

    @server.get("/fichiers/<nom>")
    def fichiers(nom: str) -> Response:
        """Serve a content-named file; a name forgotten by a restart is published again by the page's next drawing."""
        content = deps.published.get(nom)
        if content is None:
            deps.ground(deps.frames())
            content = deps.published.get(nom)
        if content is None:
            abort(404)
        response = make_response(content)
        response.headers["Content-Type"] = "application/json"
        response.headers["Content-Encoding"] = "gzip"
        response.headers["Cache-Control"] = f"public, max-age={UN_AN}, immutable"
        return response
