"""The export menu: the view at once, an atlas by a process of its own."""

import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from dash import ALL, ClientsideFunction, Dash, Input, Output, State, ctx, dcc, html, set_props
from dash.exceptions import PreventUpdate
from flask import Response, abort, request, send_file

from dashboard import ids
from dashboard.carnet import journal
from dashboard.deps import Deps
from dashboard.exports import export
from dashboard.exports.options import STATUT, Fond, Options, Orientation, Papier
from dashboard.exports.trace import Trace
from dashboard.exports.travaux import Etat, Travaux
from dashboard.layout import export_menu as menu
from dashboard.seen import seen
from data.frames import Frames
from data.model import Maille, Profil

REGLAGES = {
    "papier": State(menu.PAPIER, "value"),
    "orientation": State(menu.ORIENTATION, "value"),
    "echelle": State(menu.ECHELLE, "value"),
    "fond": State(menu.FOND, "value"),
    "statut": State(menu.STATUT_DIT, "value"),
    "instance": State(menu.INSTANCE, "value"),
    "public": State(menu.PUBLIC, "value"),
    "edition": State(menu.EDITION, "value"),
    "media": State(menu.MEDIA, "value"),
    "maille": State(menu.ATLAS_MAILLE, "value"),
    "contenu": State(menu.ATLAS_CONTENU, "value"),
}
ROUTE = "/exports"


def register(app: Dash, deps: Deps) -> None:
    """Send a snapshot of the view shown; make an atlas, tell how far it is, give its file."""
    travaux = Travaux(deps.carnet)

    @app.callback(
        output={"fichier": Output("telechargement", "data")},
        inputs={"clics": Input({"type": "export", "media": ALL}, "n_clicks")},
        state={"vue": State(ids.VUE, "data"), "reglages": REGLAGES},
        prevent_initial_call=True,
    )
    def exporter(clics: list[int | None], vue: str, reglages: dict[str, str]) -> dict[str, Any]:
        if not any(clics) or not ctx.triggered_id:
            raise PreventUpdate
        media = ctx.triggered_id["media"]
        return {"fichier": snapshot(deps, vue, reglages["media"] if media == menu.CHOIX else media, reglages)}

    @app.callback(
        output={"travail": Output(menu.TRAVAIL, "data")},
        inputs={"clics": Input(menu.ATLAS, "n_clicks")},
        state={"vue": State(ids.VUE, "data"), "reglages": REGLAGES},
        prevent_initial_call=True,
    )
    def composer(clics: int, vue: str, reglages: dict[str, str]) -> dict[str, str]:  # noqa: ARG001
        return {"travail": travaux.start(atlas_arguments(deps, vue, reglages), _file_name(reglages))}

    @app.callback(
        output={
            "suivi": Output(menu.SUIVI, "children"),
            "arret": Output(menu.HORLOGE, "disabled"),
            "sans_annuler": Output(menu.ANNULER, "disabled"),
        },
        inputs={
            "travail": Input(menu.TRAVAIL, "data"),
            "temps": Input(menu.HORLOGE, "n_intervals"),
            "annuler": Input(menu.ANNULER, "n_clicks"),
        },
        prevent_initial_call=True,
    )
    def suivre(travail: str | None, temps: int, annuler: int) -> dict[str, Any]:  # noqa: ARG001
        if travail and ctx.triggered_id == menu.ANNULER:
            travaux.cancel(travail)
        etat = travaux.state(travail or "")
        over = etat is None or etat.fini
        return {"suivi": progress(etat, travail or ""), "arret": over, "sans_annuler": over}

    app.clientside_callback(
        ClientsideFunction("atlas", "aide"),
        Output(menu.DIALOGUE, "opened"),
        Input(menu.OUVRIR, "n_clicks"),
        State(menu.DIALOGUE, "opened"),
        prevent_initial_call=True,
    )

    @app.server.get(f"{ROUTE}/<ident>")
    def fichier(ident: str) -> Response:
        etat = travaux.state(ident)
        if etat is None or etat.fichier is None:
            abort(404)
        return send_file(etat.fichier, as_attachment=True)


def snapshot(deps: Deps, adresse: str, media: str, reglages: Mapping[str, str]) -> Any:
    """Make the file of a view for the browser to save."""
    frames, view = seen(deps, adresse)
    view = replace(view, profil=Profil(reglages["edition"]))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"atlas-ctg_{view.date.isoformat()}_{view.maille}.{media}"
        options = options_of(reglages, frames)
        if reste := export(view, frames, path, options=options, trace=Trace.of_page(deps.carnet)):
            set_props(ids.AVIS_ADRESSE, {"children": html.P(reste)})
        return dcc.send_bytes(path.read_bytes(), path.name)


def options_of(reglages: Mapping[str, str], frames: Frames) -> Options:
    """Read the options of the dialog; the address is that of the dataset, else the one that the reader is on."""
    return Options(
        papier=Papier(reglages["papier"]),
        orientation=Orientation(reglages["orientation"]),
        echelle=int(reglages["echelle"]),
        fond=Fond(reglages["fond"]),
        statut=reglages["statut"] or STATUT,
        instance=reglages["instance"] or "",
        public=reglages["public"] or "",
        adresse=frames.jeu.parametres.adresse_publique or request.host_url,
    )


def atlas_arguments(deps: Deps, adresse: str, reglages: Mapping[str, str]) -> list[str]:
    """Write the options of the dialog as those of the command; each value is tied to its name."""
    frames, _ = seen(deps, adresse)
    options = options_of(reglages, frames)
    values = {
        "jeu": deps.datasets.dossier,
        "atlas": Maille(reglages["maille"]),
        "contenu": "pdf" if reglages["contenu"] == "document" else reglages["contenu"],
        "format": options.papier,
        "orientation": options.orientation,
        "echelle": options.echelle,
        "fond": options.fond,
        "statut": options.statut,
        "instance": options.instance,
        "public": options.public,
        "edition": Profil(reglages["edition"]),
        "adresse": options.adresse,
        "par": journal.PAGE,
    }
    return [*(f"--{name}={value}" for name, value in values.items()), adresse]


def _file_name(reglages: Mapping[str, str]) -> str:
    suffix = "pdf" if reglages["contenu"] == "document" else "zip"
    return f"atlas-ctg_{Maille(reglages['maille'])}.{suffix}"


def progress(etat: Etat | None, ident: str) -> list[Any]:
    """Say how far an atlas is, with a link to its file once it is made."""
    if etat is None:
        return []
    if etat.erreur:
        return [html.P(etat.erreur)]
    if etat.fichier:
        return [html.A(f"Télécharger {etat.fichier.name}", href=f"{ROUTE}/{ident}", download=etat.fichier.name)]
    bar = html.Progress(max=str(max(etat.total, 1)), value=str(etat.fait), **{"aria-label": "Avancement de l'atlas"})
    return [html.P(f"{etat.etape} ({etat.fait} sur {etat.total})" if etat.total else etat.etape), bar]
