"""The map's frame; what it draws comes from `assets/carte.js`."""

import dash_leaflet as dl
from dash import html

from dashboard import ids, texts
from data.frames import Frames

MARGE_DEGRES = 0.02


def map_panel(frames: Frames) -> html.Div:
    """Build the map on the extent of the dataset, without any background that would need a network."""
    west, south, east, north = (float(v) for v in frames.communes.total_bounds)
    bounds = [[south - MARGE_DEGRES, west - MARGE_DEGRES], [north + MARGE_DEGRES, east + MARGE_DEGRES]]
    carte = dl.Map(
        id=ids.CARTE,
        bounds=bounds,
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
            html.Div(carte, role="region", className="carte-cadre", **{"aria-label": texts.CARTE_ALT}),
            html.Div([html.Div(id=ids.AVIS_ADRESSE), html.Div(id=ids.AVIS)], className="avis", role="status"),
        ],
        className="carte-zone",
    )
