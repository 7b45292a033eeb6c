"""The files that sections offer, at plain addresses: a browser saves them, a calendar may subscribe to them."""

from flask import Flask, Response, abort, make_response, request

from dashboard.deps import Deps
from dashboard.registre.address import CHEMIN, read
from dashboard.registre.contract import Section

TYPES = {
    "ics": "text/calendar; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "svg": "image/svg+xml",
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def mount(server: Flask, deps: Deps, sections: tuple[Section, ...]) -> None:
    """Serve the files of every section."""

    @server.get(f"{CHEMIN}fichiers/<onglet>/<nom>")
    def fichier_du_registre(onglet: str, nom: str) -> Response:
        """Serve one file, made for the view that the address says."""
        section = next((s for s in sections if s.id == onglet), None)
        if section is None or nom not in section.fichiers:
            abort(404)
        query = f"onglet={onglet}&{request.query_string.decode('utf-8', 'replace')}"
        contexte = read(query, deps.frames(), deps.today(), sections, deps).contexte
        response = make_response(section.fichiers[nom](contexte))
        response.headers["Content-Type"] = TYPES.get(nom.rpartition(".")[2], "application/octet-stream")
        response.headers["Content-Disposition"] = f'attachment; filename="{nom}"'
        response.headers["Cache-Control"] = "no-store"
        return response
