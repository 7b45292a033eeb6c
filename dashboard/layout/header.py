"""The head of the page: whose data, search, export, help, theme."""

import dash_mantine_components as dmc
from dash import html

from dashboard import ids, texts
from dashboard.layout.caf import LISTE_LONGUE, caf_choice
from dashboard.layout.export_menu import export_menu
from dashboard.layout.shell import fictif, icon, icon_button, links
from dashboard.pages.contract import Page
from data.frames import Frames

CHERCHER = "Chercher un territoire, un quartier prioritaire ou un point d'accès par son nom ou son code"


def header(frames: Frames, media: tuple[str, ...], pages: tuple[Page, ...]) -> html.Section:
    """Build the head of the page; a section, since the help panel brings a banner of its own."""
    return html.Section(
        [
            html.Div(
                [
                    html.Button(
                        icon("menu"),
                        id="bouton-filtres",
                        className="icone-bouton seulement-etroit",
                        **{
                            "aria-label": "Montrer ou cacher les filtres",
                            "aria-expanded": "false",
                            "aria-controls": "filtres",
                        },
                    ),
                    html.A(texts.NOM, href="/", className="marque"),
                    caf_choice(frames),
                    *fictif(frames),
                ],
                className="entete-nom",
            ),
            links("", pages),
            _search(),
            html.Div(
                [
                    export_menu(media),
                    html.Button([html.Span("Ajouter à une "), "séance"], id="bouton-seance", className="ajout-seance"),
                    icon_button("aide", "Aide et glossaire"),
                    icon_button("contraste", "Thème clair ou sombre"),
                ],
                className="entete-actions",
            ),
        ],
        className="entete",
        **{"aria-label": "En-tête"},
    )


def _search() -> dmc.Select:
    """Build the search box; the browser fills its choices from the geometry that it holds anyway."""
    return dmc.Select(
        id=ids.RECHERCHE,
        data=[],
        searchable=True,
        clearable=True,
        allowDeselect=False,
        limit=30,
        placeholder="Chercher une commune, un Epci, un quartier, un lieu…",
        filter={"function": "atlasTout"},
        leftSection=icon("loupe"),
        className="recherche",
        classNames={"dropdown": "recherche-choix"},
        comboboxProps={"width": "max-content", "position": "bottom-end", "withinPortal": False},
        **LISTE_LONGUE,
        size="sm",
        clearButtonProps={"aria-label": "Effacer la recherche"},
        **{"aria-label": CHERCHER},
    )
