"""The addresses under `/carnet/` by which the pages of séances read and write; JSON only, French sentences on refusal.

Writing asks for JSON, which a page of another site cannot send without asking first, and is never told it may.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Blueprint, Flask, Response, abort, jsonify, request
from sqlalchemy import Table

from dashboard.deps import Deps
from dashboard.seances import offer, payload, reading, writing
from dashboard.seances.errors import ConflitError, SaisieError, SeanceInconnueError
from dashboard.seances.model import Brouillon, Modification
from dashboard.seances.positions import Positions
from dashboard.seances.scenes import pin
from dashboard.seances.tables import DECISION, SCENE, SEANCE
from data.errors import AtlasError, CarnetError
from layers.kit.texts import typeset

OCTETS_MAX = 2_000_000
_CODES = ((SeanceInconnueError, 404), (ConflitError, 409), (SaisieError, 422), (CarnetError, 503))
_TABLES: dict[str, Table] = {"seances": SEANCE, "scenes": SCENE, "decisions": DECISION}
_TEXTES = ("titre", "lecture", "question", "notes")

Answer = Response | tuple[Response, int]


def mount(server: Flask, deps: Deps) -> None:
    """Add the addresses to the server."""
    routes = Blueprint("carnet", __name__, url_prefix="/carnet")
    _read(routes, deps)
    _write_seances(routes, deps)
    _write_scenes(routes, deps)
    _write_texts(routes, deps)
    _follow(routes, deps)
    server.register_blueprint(routes)


def _told(view: Callable[..., Any]) -> Callable[..., Answer]:
    """Answer what the function returns, or the sentence of the error that it met."""

    @wraps(view)
    def answered(**arguments: Any) -> Answer:
        try:
            found = view(**arguments)
        except AtlasError as error:
            code = next((c for kind, c in _CODES if isinstance(error, kind)), 400)
            extra = {"enregistres": error.enregistres, "version": error.version} if code == 409 else {}  # type: ignore[attr-defined]
            return jsonify({"phrase": typeset(str(error)), "champ": getattr(error, "champ", "")} | extra), code
        return found if isinstance(found, Response) else jsonify(found)

    return answered


def _given() -> dict[str, Any]:
    """Return what was sent: an object whose values are texts, numbers, lists of texts or objects of texts."""
    if not request.is_json or (request.content_length or 0) > OCTETS_MAX:
        abort(415)
    found = request.get_json(silent=True)
    if not isinstance(found, dict):
        raise SaisieError("Cette demande n'est pas lisible.")
    return found


def _text(given: dict[str, Any], name: str) -> str:
    value = given.get(name, "")
    if not isinstance(value, str):
        raise SaisieError("Cette demande n'est pas lisible.", name)
    return value


def _some(given: dict[str, Any], *names: str) -> dict[str, str]:
    return {name: _text(given, name) for name in names if name in given}


def _texts(given: dict[str, Any], name: str) -> dict[str, str]:
    value = given.get(name, {})
    if not isinstance(value, dict) or not all(isinstance(v, str) for v in value.values()):
        raise SaisieError("Cette demande n'est pas lisible.", name)
    return value


def _read(routes: Blueprint, deps: Deps) -> None:
    @routes.get("/seances")
    @_told
    def summaries() -> Any:
        return {
            "seances": [payload.of_summary(s) for s in reading.summaries(deps.carnet)],
            "modeles": offer.models(deps),
        }

    @routes.get("/seances/<ident>")
    @_told
    def seance(ident: str) -> Any:
        return payload.of_seance(reading.seance(deps.carnet, ident))

    @routes.get("/proposition")
    @_told
    def proposition() -> Any:
        """Propose the texts and figures of a scene from the address that the map shows."""
        return offer.proposition(deps, request.args.get("vue", ""))

    @routes.get("/vignette")
    @_told
    def vignette() -> Any:
        adresse = f"?{request.query_string.decode()}"
        svg = deps.product("vignette", adresse, lambda: offer.drawn(deps, adresse))
        response = Response(svg, mimetype="image/svg+xml")
        response.headers["Cache-Control"] = "private, no-cache"
        response.add_etag()
        return response.make_conditional(request)


def _write_seances(routes: Blueprint, deps: Deps) -> None:
    carnet = deps.carnet

    @routes.post("/seances")
    @_told
    def create() -> Any:
        given = _given()
        if source := _text(given, "copie"):
            return {"id": writing.duplicate(carnet, source)}
        texts = _some(given, "titre", "instance", "jour")
        scenes = offer.of_model(deps, _text(given, "modele"), _text(given, "accord")) if _text(given, "modele") else ()
        return {"id": writing.create(carnet, texts, scenes)}

    @routes.post("/seances/<ident>/archive")
    @_told
    def archive(ident: str) -> Any:
        writing.archive(carnet, ident, bool(_given().get("archivee")))
        return payload.of_seance(reading.seance(carnet, ident))

    @routes.post("/seances/<ident>/scenes")
    @_told
    def add_scene(ident: str) -> Any:
        given = _given()
        figures = tuple(c for c in _text(given, "chiffres").split(",") if c)
        texts = {n: _text(given, n) for n in _TEXTES}
        adresse = pin(_text(given, "adresse"), deps.frames(), deps.today())
        return {"id": writing.add_scene(carnet, ident, Brouillon(adresse=adresse, chiffres=figures, **texts))}


def _write_scenes(routes: Blueprint, deps: Deps) -> None:
    carnet = deps.carnet

    @routes.post("/scenes/<ident>/copie")
    @_told
    def copy_scene(ident: str) -> Any:
        return {"id": writing.duplicate_scene(carnet, ident)}

    @routes.post("/scenes/<ident>/place")
    @_told
    def move(ident: str) -> Any:
        writing.move_scene(carnet, ident, _text(_given(), "avant"))
        return {}

    @routes.post("/scenes/<ident>/decisions")
    @_told
    def decide(ident: str) -> Any:
        given = _given()
        return {"id": writing.add_decision(carnet, ident, _some(given, "texte", "charge", "echeance"))}


def _write_texts(routes: Blueprint, deps: Deps) -> None:
    carnet = deps.carnet

    @routes.post("/<kind>/<ident>/retrait")
    @_told
    def withdraw(kind: str, ident: str) -> Any:
        if kind not in ("scenes", "decisions"):
            raise SeanceInconnueError("Cette adresse n'existe pas.")
        writing.withdraw(carnet, _TABLES[kind], ident, bool(_given().get("retiree")))
        return {}

    @routes.patch("/<kind>/<ident>")
    @_told
    def edit(kind: str, ident: str) -> Any:
        if kind not in _TABLES:
            raise SeanceInconnueError("Cette adresse n'existe pas.")
        given = _given()
        version = given.get("version")
        if not isinstance(version, int):
            raise SaisieError("Cette demande n'est pas lisible.", "version")
        apres = _texts(given, "apres")
        if kind == "scenes" and "adresse" in apres:
            apres = apres | {"adresse": pin(apres["adresse"], deps.frames(), deps.today())}
        change = Modification(version, _texts(given, "avant"), apres)
        return {"version": writing.edit(carnet, _TABLES[kind], ident, change), "apres": apres}


def _follow(routes: Blueprint, deps: Deps) -> None:
    positions = Positions(deps.carnet)

    @routes.get("/seances/<ident>/position")
    @_told
    def position(ident: str) -> Any:
        found = positions.get(ident)
        return {"tour": found.tour, "origine": found.origine, "etat": found.etat}

    @routes.post("/seances/<ident>/position")
    @_told
    def move_to(ident: str) -> Any:
        given = _given()
        etat = given.get("etat")
        if not isinstance(etat, dict) or len(str(etat)) > 4_000 or len(ident) > 64:
            raise SaisieError("Cette demande n'est pas lisible.", "etat")
        found = positions.put(ident, _text(given, "origine")[:64], etat)
        return {"tour": found.tour, "origine": found.origine, "etat": found.etat}
