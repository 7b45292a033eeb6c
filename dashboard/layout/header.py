"""The head of the page: whose data, search, export, help, theme."""

from typing import Any

import dash_mantine_components as dmc
from dash import dcc, html

from dashboard import ids, texts
from data.frames import Frames

LIBELLES_MEDIA = {
    "html": "Page autonome (HTML)", "png": "Image (PNG)", "svg": "Dessin (SVG)", "csv": "Tableau (CSV)",
    "xlsx": "Classeur (XLSX)", "geojson": "Géographie (GeoJSON)", "pdf": "Document (PDF)", "pptx": "Diapositive (PPTX)",
}


def header(frames: Frames, media: tuple[str, ...]) -> html.Header:
    """Build the head of the page."""
    return html.Header(
        [
            html.Div(
                [
                    html.Button(_icon("menu"), id="bouton-filtres", className="icone-bouton seulement-etroit",
                                **{"aria-label": "Montrer ou cacher les filtres", "aria-expanded": "false", "aria-controls": "filtres"}),
                    html.A(texts.NOM, href="/", className="marque"),
                    html.Span(frames.jeu.nom, className="caf"),
                    *_fictif(frames),
                ],
                className="entete-nom",
            ),
            _search(),
            html.Div([_export(media), _button("aide", "Aide et glossaire"), _button("contraste", "Thème clair ou sombre")],
                     className="entete-actions"),
        ],
        className="entete",
    )


def _fictif(frames: Frames) -> list[Any]:
    if not frames.jeu.fictif:
        return []
    return [html.Span(texts.FICTIF, className="fictif", title=texts.FICTIF_AIDE)]


def _icon(name: str) -> html.Span:
    return html.Span(className=f"icone icone-{name}", **{"aria-hidden": "true"})


def _button(name: str, label: str) -> html.Button:
    return html.Button(_icon(name), id=f"bouton-{name}", className="icone-bouton", title=label, **{"aria-label": label})


def _search() -> dmc.Select:
    """Build the search box; the browser fills its choices from the geometry that it holds anyway."""
    return dmc.Select(
        id=ids.RECHERCHE,
        data=[],
        searchable=True,
        clearable=True,
        limit=30,
        placeholder="Chercher une commune, un Epci, un code…",
        nothingFoundMessage=texts.INTROUVABLE,
        filter={"function": "atlasTout"},
        leftSection=_icon("loupe"),
        className="recherche",
        size="sm",
        attributes={"input": {"aria-label": "Chercher un territoire par son nom ou son code"}},
        clearButtonProps={"aria-label": "Effacer la recherche"},
    )


def _export(media: tuple[str, ...]) -> html.Div:
    items = [
        dmc.MenuItem(LIBELLES_MEDIA.get(m, m.upper()), id={"type": "export", "media": m}) for m in media
    ]
    return html.Div(
        [
            dmc.Menu(
                [
                    dmc.MenuTarget(dmc.Button("Exporter", id=ids.EXPORTER, size="sm", leftSection=_icon("telecharger"))),
                    dmc.MenuDropdown(items),
                ],
                position="bottom-end",
                withinPortal=True,
            ),
            dcc.Download(id="telechargement"),
        ]
    )
