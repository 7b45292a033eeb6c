"""The search box: territories, which the browser knows, then the places and lists that it asks for once."""

from datetime import date
from math import isfinite

from dash import ClientsideFunction, Dash, Input, Output, State
from flask.typing import ResponseReturnValue

from dashboard import ids
from dashboard.deps import Deps
from dashboard.seen import seen
from dashboard.sending import Envoi, answer, asked, sent
from data.frames import Frames
from data.measures import places, priority
from layers.kit.places import category
from layers.kit.texts import count, typeset
from layers.renderers.leaflet import compact

QUARTIER = "Quartier prioritaire"
DEGRES = 5  # decimals, about one metre


def register(app: Dash, deps: Deps) -> None:
    """Propose names as they are typed, go to the one chosen; `/lieux?caf=…` is what is not a commune nor an Epci."""

    @app.server.get("/lieux")
    def lieux() -> ResponseReturnValue:
        adresse = asked()
        envoi: Envoi = deps.product("lieux", adresse, lambda: _sent(deps, adresse))
        return answer(envoi)

    app.clientside_callback(
        ClientsideFunction("atlas", "chercher"),
        Output(ids.RECHERCHE, "data"),
        Input(ids.RECHERCHE, "searchValue"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction("atlas", "trouve"),
        Input(ids.RECHERCHE, "value"),
        State(ids.VUE, "data"),
        prevent_initial_call=True,
    )


def _sent(deps: Deps, adresse: str) -> Envoi:
    frames, view = seen(deps, adresse)
    return sent(compact(found(frames, view.date)))


def found(frames: Frames, jour: date) -> list[dict[str, object]]:
    """Return what may be found by name beside communes, Epci and départements: `nom`, `genre`, then where it is.

    `commune` is a code and `ou` a point or a box in degrees, empty where unknown; a list of priority territories has
    its `definition` instead.
    """
    return [*_lists(frames), *_quarters(frames), *_points(frames, jour)]


def _lists(frames: Frames) -> list[dict[str, object]]:
    known = {d.id: d for d in priority.definitions(frames)}
    return [
        {
            "nom": definie.libelle,
            "genre": typeset(f"Territoires prioritaires : {count(definie.nombre, 'territoire')}"),
            "definition": ident,
        }
        for ident, definie in known.items()
    ]


def _quarters(frames: Frames) -> list[dict[str, object]]:
    communes = [str(codes).partition("|")[0].strip() for codes in frames.qpv["codes_communes"]]
    boxes = frames.qpv.geometry.bounds.to_numpy().tolist()
    names = zip(frames.qpv["nom"], frames.qpv["code_qpv"], communes, boxes, strict=True)
    return [
        {"nom": nom or code, "genre": f"{QUARTIER} {code}", "commune": commune, "ou": _where(box)}
        for nom, code, commune, box in names
    ]


def _points(frames: Frames, jour: date) -> list[dict[str, object]]:
    table, states = frames["points_acces"], places.states(frames, jour)
    columns = ("type", "nom", "adresse", "code_commune", "longitude", "latitude")
    kinds = {(t, e): category(t, e).libelle for t, e in set(zip(table["type"], states, strict=True))}
    return [
        {
            "nom": nom or adresse or kinds[genre, etat],
            "genre": kinds[genre, etat],
            "commune": commune,
            "ou": _where([longitude, latitude]),
        }
        for (genre, nom, adresse, commune, longitude, latitude), etat in zip(
            zip(*(table[c].tolist() for c in columns), strict=True), states, strict=True
        )
    ]


def _where(degrees: list[float]) -> list[float]:
    """Round a position; empty where one of its numbers is not known."""
    return [round(v, DEGRES) for v in degrees] if all(isfinite(v) for v in degrees) else []
