"""The files of a séance: a short one at once, a long one by a process of its own, for the browser to save."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from flask import Flask, Response, abort, jsonify, make_response, request, send_file

from dashboard.carnet import journal
from dashboard.deps import Deps
from dashboard.exports.travaux import Travaux
from dashboard.seances import reading
from dashboard.seances.errors import SeanceInconnueError
from dashboard.seances.model import Seance
from data.errors import AtlasError, ExportError
from data.model import Profil
from layers.kit.texts import typeset

TYPES = {
    "pdf": "application/pdf",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "html": "text/html; charset=utf-8",
}
ROUTE, TRAVAUX = "/seances/fichiers", "/seances/travaux"
SCENES_DIRECTES = 10
"""Scenes drawn while the browser waits, about a fifth of a second each; beyond, other people would feel it."""


def mount(server: Flask, deps: Deps) -> None:
    """Add the addresses; what cannot be made is one French sentence."""
    travaux = Travaux(deps.carnet)

    @server.get(f"{ROUTE}/<ident>.<media>")
    @_told
    def fichier_de_seance(ident: str, media: str) -> Response:
        return _file(deps, _known(deps, ident, media, SCENES_DIRECTES), media, request.args)

    @server.post(f"{ROUTE}/<ident>.<media>")
    @_told
    def preparer(ident: str, media: str) -> Response:
        """Start the file of a long séance; say that a short one is there to be taken."""
        if not request.is_json:
            abort(415)  # a page of another site cannot send JSON without asking
        seance = _known(deps, ident, media)
        if len(seance.scenes) <= SCENES_DIRECTES:
            return jsonify({"travail": ""})
        return jsonify({"travail": _started(travaux, deps, seance, media, request.args)})

    @server.get(f"{TRAVAUX}/<travail>")
    @_told
    def suivre(travail: str) -> Response:
        etat = travaux.state(travail)
        if etat is None:
            raise SeanceInconnueError("Ce fichier n'est plus en préparation : le demander de nouveau.")
        said = {"etape": etat.etape, "fait": etat.fait, "total": etat.total, "erreur": etat.erreur}
        return jsonify(said | {"fini": etat.fini})

    @server.delete(f"{TRAVAUX}/<travail>")
    @_told
    def annuler(travail: str) -> Response:
        travaux.cancel(travail)
        return jsonify({})

    @server.get(f"{TRAVAUX}/<travail>/fichier")
    @_told
    def prendre(travail: str) -> Response:
        etat = travaux.state(travail)
        if etat is None or etat.fichier is None:
            raise SeanceInconnueError("Ce fichier n'est plus là : le demander de nouveau.")
        return send_file(etat.fichier, as_attachment=True)


def _told(view: Callable[..., Response]) -> Callable[..., Response]:
    """Answer the response of the function, or the sentence of the error that it met."""

    @wraps(view)
    def answered(**arguments: str) -> Response:
        try:
            response = view(**arguments)
        except AtlasError as error:
            code = 404 if isinstance(error, SeanceInconnueError) else 400
            response = Response(typeset(str(error)), status=code, mimetype="text/plain")
        response.headers["Cache-Control"] = "no-store"
        return response

    return answered


def _known(deps: Deps, ident: str, media: str, scenes_max: int = 0) -> Seance:
    """Read the séance of an address. Raises: SeanceInconnueError; ExportError for more scenes than a limit."""
    if media not in TYPES:
        raise SeanceInconnueError("Une séance n'a pas de fichier de ce format.")
    seance = reading.seance(deps.carnet, ident)
    if scenes_max and len(seance.scenes) > scenes_max:
        raise ExportError("Cette séance est longue : son fichier se prépare depuis sa page, à « Emporter ».")
    return seance


def _wanted(media: str, asked: Mapping[str, str]) -> tuple[Profil, bool]:
    """Read for whom a file is made, and whether the notes go into it."""
    from dashboard.seances.dossier.files import with_notes

    profil = Profil.PARTENAIRE if asked.get("edition") == Profil.PARTENAIRE else Profil.INTERNE
    return profil, with_notes(media, profil, asked.get("notes") == "1")


def _started(travaux: Travaux, deps: Deps, seance: Seance, media: str, asked: Mapping[str, str]) -> str:
    from dashboard.seances.dossier.files import file_name

    profil, notes = _wanted(media, asked)
    arguments: list[Any] = [seance.id, f"--jeu={deps.datasets.dossier}", f"--edition={profil}", f"--par={journal.PAGE}"]
    return travaux.start([*arguments, *(["--avec-notes"] if notes else [])], file_name(seance, media), "seance")


def _file(deps: Deps, seance: Seance, media: str, asked: Mapping[str, str]) -> Response:
    # what draws on paper is brought by the first file asked for, not by the start of the atlas
    from dashboard.exports.trace import Trace
    from dashboard.seances.dossier.contents import dossier_of
    from dashboard.seances.dossier.files import file_name, made

    profil, notes = _wanted(media, asked)
    dossier = dossier_of(seance, deps.frames(), deps.today(), profil, avec_notes=notes)
    content, reste = made(dossier, media, Trace.of_page(deps.carnet))
    response = make_response(content)
    response.headers["Content-Type"] = TYPES[media]
    response.headers["Content-Disposition"] = f'attachment; filename="{file_name(seance, media)}"'
    if reste:
        response.headers["X-Atlas-Journal"] = "non"
    return response
