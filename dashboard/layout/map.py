"""The map's frame; what it draws comes from `assets/carte.js`."""

from math import isfinite

import dash_leaflet as dl
from dash import html

from dashboard import ids, texts
from data.frames import Frames

MARGE_DEGRES = 0.02
METROPOLE = (-5.2, 41.3, 9.6, 51.1)
"""What a map shows (degrees: west, south, east, north) when no commune has an outline."""


def map_panel(frames: Frames) -> html.Div:
    """Build the map on the extent of the dataset, without any background that would need a network."""
    carte = dl.Map(
        id=ids.CARTE,
        bounds=_bounds(frames),
        preferCanvas=True,
        zoomSnap=0.25,
        zoomDelta=0.5,
        wheelPxPerZoomLevel=90,
        minZoom=4,
        maxZoom=16,
        attributionControl=False,
        zoomControl=False,
        trackViewport=False,
        className="carte",
    )
    return html.Div(
        [
            html.Div(
                carte,
                role="region",
                className="carte-cadre",
                **{"aria-label": texts.CARTE_ALT, "aria-describedby": ids.DESCRIPTION},
            ),
            html.Div(
                [html.Div(id=ids.AVIS_ADRESSE), html.Div(id=ids.AVIS), html.P(id="avis-fond", hidden=True)],
                className="avis",
                role="status",
            ),
        ],
        className="carte-zone",
    )


def _bounds(frames: Frames) -> list[list[float]]:
    """Return the corners of the map as Leaflet wants them: south-west, then north-east."""
    far = frames.communes["code_departement"].str.startswith(("97", "98"))
    shown = frames.communes if far.all() else frames.communes[~far]  # the mainland first, where there is one
    found = [float(v) for v in shown.total_bounds]
    west, south, east, north = found if all(map(isfinite, found)) else METROPOLE
    return [[south - MARGE_DEGRES, west - MARGE_DEGRES], [north + MARGE_DEGRES, east + MARGE_DEGRES]]
