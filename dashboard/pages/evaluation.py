"""The evaluation of one agreement as a file: `/evaluation/<id>.html`, `/evaluation/<id>.pdf`, at the day `?date=`."""

from flask import Flask, Response, abort, make_response, request

from dashboard.deps import Deps
from dashboard.pages.contract import Page
from dashboard.permalink import from_query
from data.caf import within
from data.errors import VueError

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
    from dashboard.exports.evaluation_files import ECRIVAINS, log
    from dashboard.exports.trace import Trace

    frames, today = deps.frames(), deps.today()
    vue = from_query(request.query_string.decode("utf-8", "replace"), frames, today).vue
    frames = within(frames, vue.caf)
    try:
        page = evaluation_of(frames, ident, vue.date, vue.profil, today)
    except VueError:
        abort(404)
    content = ECRIVAINS[media](page)
    log(page, media, content, Trace.of_page(deps.carnet))
    return content


PAGE = Page("evaluation", "", mount)
