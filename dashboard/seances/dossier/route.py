"""The files of a séance at `/seances/fichiers/<id>.<pdf|pptx|html>`, for the browser to save."""

from collections.abc import Mapping

from flask import Flask, Response, make_response, request

from dashboard.deps import Deps
from dashboard.seances import reading
from dashboard.seances.errors import SeanceInconnueError
from data.errors import AtlasError
from data.model import Profil
from layers.kit.texts import typeset

TYPES = {
    "pdf": "application/pdf",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "html": "text/html; charset=utf-8",
}
ROUTE = "/seances/fichiers"


def mount(server: Flask, deps: Deps) -> None:
    """Add the address; what cannot be made is one French sentence."""

    @server.get(f"{ROUTE}/<ident>.<media>")
    def fichier_de_seance(ident: str, media: str) -> Response:
        try:
            return _file(deps, ident, media, request.args)
        except AtlasError as error:
            code = 404 if isinstance(error, SeanceInconnueError) else 400
            return Response(typeset(str(error)), status=code, mimetype="text/plain")


def _file(deps: Deps, ident: str, media: str, asked: Mapping[str, str]) -> Response:
    # what draws on paper is brought by the first file asked for, not by the start of the atlas
    from dashboard.exports.trace import Trace
    from dashboard.seances.dossier.contents import dossier_of
    from dashboard.seances.dossier.files import MEDIA, file_name, made, with_notes

    if media not in MEDIA:
        raise SeanceInconnueError("Une séance n'a pas de fichier de ce format.")
    seance = reading.seance(deps.carnet, ident)
    profil = Profil.PARTENAIRE if asked.get("edition") == Profil.PARTENAIRE else Profil.INTERNE
    notes = with_notes(media, profil, asked.get("notes") == "1")
    dossier = dossier_of(seance, deps.frames(), deps.today(), profil, avec_notes=notes)
    content, reste = made(dossier, media, Trace.of_page(deps.carnet))
    response = make_response(content)
    response.headers["Content-Type"] = TYPES[media]
    response.headers["Content-Disposition"] = f'attachment; filename="{file_name(seance, media)}"'
    response.headers["Cache-Control"] = "no-store"
    if reste:
        response.headers["X-Atlas-Journal"] = "non"
    return response
