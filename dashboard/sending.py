"""What is sent over a plain GET: JSON, compressed and marked once, then the same bytes to whoever asks."""

import gzip
import hashlib
from dataclasses import dataclass

from flask import Response, request

from layers.renderers.leaflet import Fichier


@dataclass(frozen=True, slots=True)
class Envoi:
    """JSON ready to be sent: compressed, its mark, and the files that it names."""

    gzip: bytes
    etag: str
    fichiers: tuple[Fichier, ...] = ()


def sent(raw: bytes, files: tuple[Fichier, ...] = ()) -> Envoi:
    """Make JSON ready to be sent."""
    return Envoi(gzip.compress(raw, 5, mtime=0), hashlib.sha256(raw).hexdigest()[:20], files)


def asked() -> str:
    """Return the address of a view as the request gives it."""
    query = request.query_string.decode()
    return f"?{query}" if query else "?"


def answer(envoi: Envoi) -> Response:
    """Send what is ready, or say that the browser has it already; it asks each time, for datasets change."""
    response = Response(envoi.gzip, mimetype="application/json")
    response.headers |= {"Content-Encoding": "gzip", "Cache-Control": "private, no-cache"}
    response.set_etag(envoi.etag)
    response.make_conditional(request)
    return response
