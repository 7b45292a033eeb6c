"""The projection of a séance: the map and what is said over it, for a room (`assets/projection.js`)."""

from typing import Any

import dash_mantine_components as dmc
from dash import ClientsideFunction, Input, dcc, html
from flask import Flask

from dashboard import ids
from dashboard.deps import Deps
from dashboard.layout.map import map_panel
from dashboard.layout.theme import THEME
from dashboard.pages.contract import Page
from dashboard.pages.mounting import dash_app
from dashboard.seances import projection, texts

SANS = (
    r"navigation\.js|page\.js|cadre\.js|lecteur\.js|exploration\.js|composer\.js|lasso\.js|mesure\.js|fond\.js|indicateurs\.js"
    r"|comparer\.js|registre\.js|seances\.js|pupitre\.js|ajout\.js|35-exploration\.css|40-registre\.css|41-moyens\.css|45-.*|50-.*"
)
"""Assets of the other pages: the projection takes the map's painting and nothing that drives it."""


def mount(server: Flask, deps: Deps) -> None:
    """Add the projection to the server."""
    projection.mount(server, deps)
    app = dash_app(server, PAGE.chemin, "Projection", SANS)
    app.layout = lambda: _page(deps)
    app.clientside_callback(ClientsideFunction("atlas", "projection"), Input("projection-depart", "data"))


def _page(deps: Deps) -> Any:
    frames = deps.frames()
    stage = html.Div(
        [
            html.Header([html.H1(id="projection-titre"), html.P(id="projection-lecture")]),
            html.Main(map_panel(frames), className="projection-carte"),
            html.Aside(
                [
                    html.Dl(id="projection-chiffres"),
                    html.P(id="projection-question"),
                    html.H2("Légende", className="lu"),
                    html.Div(id="projection-legende", className="legende"),
                    html.Div(id="projection-avis"),
                ],
                **{"aria-label": "Chiffres, question et légende"},
                tabIndex=0,
            ),
            html.Section(
                [html.Span(id="projection-pied"), *_mention(frames.jeu.fictif), *_states()],
                className="projection-pied",
                **{"aria-label": "Repères de la scène"},
            ),
        ],
        id="projection-cadre",
        className="projection-cadre",
    )
    return dmc.MantineProvider(
        id=ids.THEME,
        theme=THEME,
        children=html.Div(
            [
                *(dcc.Store(id=i) for i in (ids.VUE_PEINTE, ids.SELECTION)),
                dcc.Store(id="projection-depart", data=True),
                stage,
                _black(),
                html.P(id="projection-message", role="alert", hidden=True),
                html.P(texts.INDICE, id="projection-indice", hidden=True, role="status"),
                _gestures(),
                _help(),
                _choice(),
            ],
            className="projection",
        ),
    )


def _mention(fictif: bool) -> list[Any]:
    return [html.Span(texts.FICTIF, className="fictif")] if fictif else []


def _states() -> list[Any]:
    return [
        html.Span(id="projection-eclaire", role="status"),
        html.Span(id="projection-stylo-etat", role="status"),
    ]


def _black() -> html.Div:
    told = html.Button(html.Span(texts.NOIR, className="lu"), className="noir-bouton")
    return html.Div(told, id="projection-noir", hidden=True)


def _gestures() -> html.Nav:
    """Build the buttons that stay out of sight until the pointer moves or the keyboard reaches them."""
    buttons = [
        html.Button(
            [html.Span(sign, **{"aria-hidden": "true"}), html.Span(label, className="lu")],
            title=f"{label} ({key})",
            **{"data-geste": gesture, **({"aria-pressed": "false"} if gesture in texts.BASCULES else {})},
        )
        for gesture, sign, label, key in texts.GESTES
    ]
    theme = html.Button([html.Span("◐", **{"aria-hidden": "true"}), html.Span(texts.THEME, className="lu")])
    theme.id, theme.title = "bouton-contraste", texts.THEME
    return html.Nav([*buttons, theme], className="gestes", **{"aria-label": "Commandes de la projection"})


def _help() -> html.Dialog:
    rows = [html.Tr([html.Th(keys, scope="row"), html.Td(what)]) for keys, what in texts.TOUCHES]
    close = html.Form(html.Button("Fermer", className="bouton-seance"), method="dialog")
    table = html.Table(html.Tbody(rows))
    return html.Dialog(
        [html.H2("Touches"), table, close], id="projection-aide", **{"aria-label": "Touches de la projection"}
    )


def _choice() -> html.Dialog:
    form = html.Form(
        [
            html.Label("Territoire à éclairer", htmlFor="projection-nom"),
            dcc.Input(id="projection-nom", list="projection-noms", autoComplete="off"),
            html.Datalist(id="projection-noms"),
            html.P(id="projection-introuvable", role="alert"),
            html.Button("Éclairer", type="submit", className="bouton-seance"),
        ],
        id="projection-formulaire",
    )
    return html.Dialog(form, id="projection-choix", **{"aria-label": "Choisir un territoire"})


PAGE = Page("projection", "", mount)
