"""The map and its sentence, asked for by the browser as it writes the address; what is read beside it follows."""

import gzip
import hashlib
from dataclasses import dataclass
from typing import Any

from dash import ClientsideFunction, Dash, Input
from flask import Response, request
from flask.typing import ResponseReturnValue

from dashboard import ids
from dashboard.deps import Deps
from dashboard.scene import sentence
from dashboard.seen import drawings, seen
from layers.renderers.leaflet import Fichier, compact, mentions, render


@dataclass(frozen=True, slots=True)
class Envoi:
    """A drawing ready to be sent: compressed JSON, its mark, and the files that it names."""

    gzip: bytes
    etag: str
    fichiers: tuple[Fichier, ...]


def register(app: Dash, deps: Deps) -> None:
    """Draw each view: `/dessin?…` is its drawing, `/mentions/<code>?…` what is written of a département in it."""

    @app.server.get("/dessin")
    def dessin() -> ResponseReturnValue:
        return _answer(drawing(deps, _address()))

    @app.server.get("/mentions/", defaults={"departement": ""})
    @app.server.get("/mentions/<departement>")
    def dits(departement: str) -> ResponseReturnValue:
        return _answer(words(deps, _address(), departement))

    app.clientside_callback(ClientsideFunction("atlas", "demander"), Input(ids.VUE, "data"), prevent_initial_call=True)


def drawing(deps: Deps, adresse: str) -> Envoi:
    """Return the drawing of a view and the sentence above it."""
    envoi: Envoi = deps.product("dessin", adresse, lambda: _drawing(deps, adresse))
    deps.published.publish(envoi.fichiers)
    return envoi


def words(deps: Deps, adresse: str, departement: str) -> Envoi:
    """Return the words and values of a département's communes in a view, of all of them for ""."""
    return deps.product(f"mentions-{departement}", adresse, lambda: _words(deps, adresse, departement))


def _drawing(deps: Deps, adresse: str) -> Envoi:
    frames, view = seen(deps, adresse)
    made = drawings(deps, adresse)
    rendu = render(made, frames, view.maille)
    charge = {"vue": adresse, "territoire": view.territoire, "fond": deps.ground(frames), **rendu.charge}
    return _sent({"dessin": charge, "phrase": sentence(view, frames, made)}, rendu.fichiers)


def _words(deps: Deps, adresse: str, departement: str) -> Envoi:
    frames, _ = seen(deps, adresse)
    return _sent(mentions(drawings(deps, adresse), frames, departement))


def _sent(content: Any, files: tuple[Fichier, ...] = ()) -> Envoi:
    raw = compact(content)
    return Envoi(gzip.compress(raw, 5, mtime=0), hashlib.sha256(raw).hexdigest()[:20], files)


def _address() -> str:
    query = request.query_string.decode()
    return f"?{query}" if query else "?"


def _answer(envoi: Envoi) -> Response:
    """Send what is ready, or say that the browser has it already; it asks each time, for datasets change."""
    response = Response(envoi.gzip, mimetype="application/json")
    response.headers |= {"Content-Encoding": "gzip", "Cache-Control": "private, no-cache"}
    response.set_etag(envoi.etag)
    response.make_conditional(request)
    return response
