"""The head of the page: whose data, search, export, help, theme."""

from typing import Any

import dash_mantine_components as dmc
from dash import dcc, html

from dashboard import ids, texts
from data.frames import Frames

LIBELLES_MEDIA = {
    "html": "Page autonome (HTML)",
    "png": "Image (PNG)",
    "svg": "Dessin (SVG)",
    "csv": "Tableau (CSV)",
    "xlsx": "Classeur (XLSX)",
    "geojson": "Géographie (GeoJSON)",
    "pdf": "Document (PDF)",
    "pptx": "Diapositive (PPTX)",
}


def header(frames: Frames, media: tuple[str, ...]) -> html.Section:
    """Build the head of the page; a section, since the help panel brings a banner of its own."""
    return html.Section(
        [
            html.Div(
                [
                    html.Button(
                        _icon("menu"),
                        id="bouton-filtres",
                        className="icone-bouton seulement-etroit",
                        **{
                            "aria-label": "Montrer ou cacher les filtres",
                            "aria-expanded": "false",
                            "aria-controls": "filtres",
                        },
                    ),
                    html.A(texts.NOM, href="/", className="marque"),
                    html.Span(frames.jeu.nom, className="caf"),
                    *_fictif(frames),
                ],
                className="entete-nom",
            ),
            _search(),
            html.Div(
                [_export(media), _button("aide", "Aide et glossaire"), _button("contraste", "Thème clair ou sombre")],
                className="entete-actions",
            ),
        ],
        className="entete",
        **{"aria-label": "En-tête"},
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
        allowDeselect=False,
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


def _export(media: tuple[str, ...]) -> html.Details:
    """Build the export menu; a native disclosure, since dmc.MenuTarget puts its aria attributes on a plain div."""
    items = [html.Button(LIBELLES_MEDIA.get(m, m.upper()), id={"type": "export", "media": m}) for m in media]
    summary = html.Summary([_icon("telecharger"), "Exporter"], id=ids.EXPORTER)
    return html.Details([summary, html.Div([*items, dcc.Download(id="telechargement")])], className="menu")
