"""The export button."""

import tempfile
from pathlib import Path
from typing import Any

from dash import ALL, Dash, Input, Output, State, ctx, dcc, html, set_props
from dash.exceptions import PreventUpdate

from dashboard import ids
from dashboard.deps import Deps
from dashboard.exports import export
from dashboard.exports.trace import Trace
from dashboard.seen import seen


def register(app: Dash, deps: Deps) -> None:
    """Send a snapshot of the view shown."""

    @app.callback(
        output={"fichier": Output("telechargement", "data")},
        inputs={"clics": Input({"type": "export", "media": ALL}, "n_clicks")},
        state={"vue": State(ids.VUE, "data")},
        prevent_initial_call=True,
    )
    def exporter(clics: list[int | None], vue: str) -> dict[str, Any]:
        if not any(clics) or not ctx.triggered_id:
            raise PreventUpdate
        return {"fichier": snapshot(deps, vue, ctx.triggered_id["media"])}


def snapshot(deps: Deps, adresse: str, media: str) -> Any:
    """Make the file of a view for the browser to save."""
    frames, view = seen(deps, adresse)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"atlas-ctg_{view.date.isoformat()}_{view.maille}.{media}"
        if reste := export(view, frames, path, trace=Trace.of_page(deps.carnet)):
            set_props(ids.AVIS_ADRESSE, {"children": html.P(reste)})
        return dcc.send_bytes(path.read_bytes(), path.name)
