"""The page, assembled from its parts."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import dash_mantine_components as dmc
from dash import dcc, html

from dashboard import ids, texts
from dashboard.layout.description import description
from dashboard.layout.exploration import panels, strip
from dashboard.layout.filters import filters
from dashboard.layout.header import header
from dashboard.layout.help import help_panel
from dashboard.layout.map import map_panel
from dashboard.layout.table import table_panel
from dashboard.layout.theme import THEME
from dashboard.pages.contract import Page
from data.frames import Frames
from layers.kit.view import View

LECTURE = "lecture"  # what is read beside the map


@dataclass(frozen=True, slots=True)
class Start:
    """What a page begins with: the view of an empty address, and what each parameter is by default.

    `media` are the suffixes that `exporter` offers, `pages` stand beside the map.
    """

    vue: View
    parameters: Mapping[str, str]
    media: tuple[str, ...]
    pages: tuple[Page, ...]


def page(frames: Frames, start: Start) -> dmc.MantineProvider:
    """Build the page for a dataset."""
    return dmc.MantineProvider(
        id=ids.THEME,
        theme=THEME,
        children=dmc.DatesProvider(
            settings={"locale": "fr", "firstDayOfWeek": 1, "weekendDays": [0, 6]},
            children=html.Div(
                [
                    *_state(start),
                    *_skips(),
                    header(frames, start.media, start.pages),
                    _body(frames, start.vue),
                    help_panel(frames),
                ],
                className="page",
            ),
        ),
    )


def _state(start: Start) -> list[Any]:
    return [
        dcc.Store(id=ids.ADRESSE),
        dcc.Store(id=ids.DEFAUTS, data=start.parameters),
        dcc.Store(id=ids.VUE),
        dcc.Store(id=ids.VUE_PEINTE),
        dcc.Store(id=ids.SELECTION),
        dcc.Store(id=ids.EXPLORATION),
    ]


def _skips() -> list[Any]:
    return [
        html.A(texts.ALLER_FILTRES, href="#filtres", className="saut"),
        html.A(texts.PASSER_CARTE, href=f"#{ids.TABLEAU}", className="saut"),
        html.A(texts.ALLER_LECTURE, href=f"#{LECTURE}", className="saut"),
    ]


def _body(frames: Frames, vue: View) -> html.Div:
    return html.Div(
        [
            html.Nav(filters(frames, vue), id="filtres", className="colonne filtres", **{"aria-label": "Filtres"}),
            html.Main(
                [
                    html.Div(
                        [
                            html.H1(id=ids.PHRASE, **{"aria-live": "polite"}),
                            html.Div(id=ids.BANDEAU, className="bandeau"),
                        ],
                        className="titre",
                    ),
                    strip(frames),
                    html.Div([*panels(), map_panel(frames)], className="carte-rang"),
                    table_panel(),
                ],
                className="centre",
            ),
            html.Aside(
                [
                    html.Div(
                        [
                            html.Section(id=ids.FICHE, className="fiche", **{"aria-label": "Fiche du territoire"}),
                            html.Section(id=ids.CHIFFRES, className="chiffres", **{"aria-label": "Chiffres clés"}),
                        ],
                        id=LECTURE,
                        className="cote-haut",
                        tabIndex=0,
                        role="region",
                        **{"aria-label": "Fiche et chiffres clés"},
                    ),
                    html.Section(
                        [html.H2("Légende"), html.Div(id=ids.LEGENDE), description()],
                        className="legende",
                        tabIndex=0,
                        **{"aria-label": "Légende"},
                    ),
                ],
                className="colonne cote",
                **{"aria-label": "Lecture de la carte"},
            ),
        ],
        className="corps",
    )
