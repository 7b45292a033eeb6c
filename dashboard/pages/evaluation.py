"""The evaluation of one agreement as a file: `/evaluation/<id>.html`, `/evaluation/<id>.pdf`.

At the day `?date=`, for `?edition=partenaire` under the strictest secrecy.
"""

from flask import Flask, Response, abort, make_response, request

from dashboard.deps import Deps
from dashboard.pages.contract import Page
from dashboard.permalink import from_query
from data.caf import within
from data.errors import VueError
from data.model import Profil

TYPES = {"html": "text/html; charset=utf-8", "pdf": "application/pdf"}


def mount(server: Flask, deps: Deps) -> None:
    """Add the route to the server."""

    @server.get("/evaluation/<path:ident>.<media>")
    def evaluation(ident: str, media: str) -> Response:
        """Serve the page of an agreement; the day and the edition come from the address, as on the map."""
        if media not in TYPES:
            abort(404)
        response = make_response(_content(deps, ident, media))
        response.headers["Content-Type"] = TYPES[media]
        response.headers["Content-Disposition"] = f'inline; filename="evaluation-{ident}.{media}"'
        response.headers["Cache-Control"] = "no-store"
        return response


def _content(deps: Deps, ident: str, media: str) -> bytes:
    from dashboard.exports.evaluation import evaluation_of
    from dashboard.exports.evaluation_files import sealed
    from dashboard.exports.trace import Trace

    frames, today = deps.frames(), deps.today()
    vue = from_query(request.query_string.decode("utf-8", "replace"), frames, today).vue
    frames = within(frames, vue.caf)
    try:
        page = evaluation_of(frames, ident, vue.date, _edition(), today)
    except VueError:
        abort(404)
    trace = Trace.of_page(deps.carnet)
    identite, content = sealed(page, media, trace)
    trace.record(identite, content)
    return content


def _edition() -> Profil:
    """Read the edition asked; anything but a partner's is the Caf's own."""
    return Profil.PARTENAIRE if request.args.get("edition") == Profil.PARTENAIRE else Profil.INTERNE


PAGE = Page("evaluation", "", mount)
