"""The shell of every page beside the map: its head, the links between pages, the theme."""

from typing import Any

import dash_mantine_components as dmc
from dash import html

from dashboard import ids, texts
from dashboard.layout.theme import THEME
from dashboard.pages.contract import Page
from data.frames import Frames

CONTENU = "contenu"


def shell(frames: Frames, actif: str, children: list[Any], pages: tuple[Page, ...]) -> dmc.MantineProvider:
    """Build a page: `actif` is its path, "" for the map; `pages` are those that its head links to."""
    head = html.Header(
        [
            html.Div(
                [
                    html.A(texts.NOM, href="/", className="marque"),
                    html.Span(frames.jeu.nom, className="caf"),
                    *fictif(frames),
                ],
                className="entete-nom",
            ),
            links(actif, pages),
            html.Div([icon_button("contraste", "Thème clair ou sombre")], className="entete-actions"),
        ],
        className="entete",
    )
    skip = html.A("Aller au contenu", href=f"#{CONTENU}", className="saut")
    main = html.Main(children, id=CONTENU, className="feuille", tabIndex=-1)
    return dmc.MantineProvider(
        id=ids.THEME,
        theme=THEME,
        children=dmc.DatesProvider(
            settings={"locale": "fr", "firstDayOfWeek": 1, "weekendDays": [0, 6]},
            children=html.Div([skip, head, main], className="page-simple"),
        ),
    )


def links(actif: str, pages: tuple[Page, ...]) -> html.Nav:
    """Link the pages to each other; the one shown says so."""
    entries = [("", "Carte"), *((p.chemin, p.libelle) for p in pages if p.libelle)]
    return html.Nav(
        [_link(chemin, libelle, chemin == actif) for chemin, libelle in entries],
        className="pages",
        **{"aria-label": "Pages de l'atlas"},
    )


def _link(chemin: str, libelle: str, here: bool) -> html.A:
    attributes = {"aria-current": "page"} if here else {}
    return html.A(libelle, href=f"/{chemin}/" if chemin else "/", **attributes)


def fictif(frames: Frames) -> list[Any]:
    """Say that the data are invented, where they are."""
    if not frames.jeu.fictif:
        return []
    return [html.Span(texts.FICTIF, className="fictif", title=texts.FICTIF_AIDE)]


def icon(name: str) -> html.Span:
    """Show one of the icons of `assets/icones`, silent to a screen reader."""
    return html.Span(className=f"icone icone-{name}", **{"aria-hidden": "true"})


def icon_button(name: str, label: str) -> html.Button:
    """Build the button `bouton-<name>` that shows an icon and says its label."""
    return html.Button(icon(name), id=f"bouton-{name}", className="icone-bouton", title=label, **{"aria-label": label})
