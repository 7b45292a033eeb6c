"""The map and its sentence, asked for by the browser as it writes the address; what is read beside it follows."""

from typing import Any

from dash import ClientsideFunction, Dash, Input
from flask.typing import ResponseReturnValue

from dashboard import ids
from dashboard.deps import Deps
from dashboard.scene import sentence
from dashboard.seen import drawings, seen, without
from dashboard.sending import Envoi, answer, asked, sent
from layers.renderers.leaflet import Fichier, compact, mentions, render


def register(app: Dash, deps: Deps) -> None:
    """Draw each view: `/dessin?…` is its drawing, `/mentions/<code>?…` what is written of a département in it."""

    @app.server.get("/dessin")
    def dessin() -> ResponseReturnValue:
        return answer(drawing(deps, asked()))

    @app.server.get("/mentions/", defaults={"departement": ""})
    @app.server.get("/mentions/<departement>")
    def dits(departement: str) -> ResponseReturnValue:
        return answer(words(deps, asked(), departement))

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
    """Complete what all the territories chosen in a view share: its layers, already written."""
    frames, view = seen(deps, adresse)
    shared = without(deps, adresse, "territoire", "emprise")
    layers, files = deps.product("couches", shared, lambda: _layers(deps, shared))
    own = {"vue": adresse, "territoire": view.territoire, "fond": deps.ground(frames)}
    return sent(b'{"dessin":' + compact(own)[:-1] + b"," + layers, files)


def _layers(deps: Deps, adresse: str) -> tuple[bytes, tuple[Fichier, ...]]:
    """Write the layers of a view and its sentence: what follows, in JSON, the parts of a drawing that are its own."""
    frames, view = seen(deps, adresse)
    made = drawings(deps, adresse)
    rendu = render(made, frames, view.maille)
    return compact(rendu.charge)[1:] + b',"phrase":' + compact(sentence(view, frames, made)) + b"}", rendu.fichiers


def _words(deps: Deps, adresse: str, departement: str) -> Envoi:
    frames, _ = seen(deps, adresse)
    content: Any = mentions(drawings(deps, adresse), frames, departement)
    return sent(compact(content))
