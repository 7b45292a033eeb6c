"""What is read beside the map, asked for once the map is painted: one answer for all of its parts."""

from hashlib import sha256

from dash import ClientsideFunction, Dash, Input, Output
from flask.typing import ResponseReturnValue

from dashboard import ids
from dashboard.beside.explanation import explanation
from dashboard.beside.figures import figures
from dashboard.beside.sheet import sheet
from dashboard.deps import Deps
from dashboard.sending import Envoi, answer, asked, sent

PARTIES = (ids.LEGENDE, ids.BANDEAU, ids.AVIS, ids.DESCRIPTION, ids.CHIFFRES, ids.FICHE)


def register(app: Dash, deps: Deps) -> None:
    """Explain each view: `/lecture?…` gives what each part of the page then holds, and the browser sets it there."""

    @app.server.get("/lecture")
    def lecture() -> ResponseReturnValue:
        return answer(reading(deps, asked()))

    app.clientside_callback(
        ClientsideFunction("atlas", "lire"),
        [Output(partie, "children") for partie in PARTIES],
        Input(ids.VUE_PEINTE, "data"),
        prevent_initial_call=True,
    )


def reading(deps: Deps, adresse: str) -> Envoi:
    """Return the parts of a view in their order, as Dash writes the children of each."""
    parts = explanation(deps, adresse) | figures(deps, adresse) | sheet(deps, adresse)
    body = f"[{','.join(parts[partie] for partie in PARTIES)}]".encode()
    return deps.product("lecture", sha256(body).hexdigest(), lambda: sent(body))
