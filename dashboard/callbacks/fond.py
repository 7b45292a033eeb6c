"""The background that the dataset brings: one file, asked for by the browser once the map is painted."""

import gzip
import json

from dash import Dash
from flask import Response, make_response

from dashboard.deps import Deps
from data.frames import Frames
from data.measures.cache import per_frames
from layers.renderers.context import context_content

UN_AN = 31_536_000


def register(app: Dash, deps: Deps) -> None:
    """Serve the background at an address that carries the version of the dataset."""

    @app.server.get("/contexte/<version>")
    def contexte(version: str) -> Response:  # noqa: ARG001 - it is there to be kept for ever under its name
        response = make_response(_compressed(deps.frames()))
        response.headers["Content-Type"] = "application/json"
        response.headers["Content-Encoding"] = "gzip"
        response.headers["Cache-Control"] = f"public, max-age={UN_AN}, immutable"
        return response


@per_frames
def _compressed(frames: Frames) -> bytes:
    content = json.dumps(context_content(frames), separators=(",", ":")).encode()
    return gzip.compress(content, 6, mtime=0)
