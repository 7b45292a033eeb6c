"""The timeline of conventions: one bar each, grouped by collectivité, the table of the inventory as its twin."""

from datetime import date, timedelta
from typing import Any

import plotly.graph_objects as go
from dash import dcc, html

from dashboard.registre.contract import Contexte
from dashboard.registre.parts import note
from dashboard.registre.wording import FONCTIONS, TYPES_CONVENTION, place, said, scope_of
from data.measures import conventions
from data.measures.conventions import Convention
from layers.kit.table import sort_key
from layers.kit.texts import number, short_date

LIGNES_MAX = 40
HAUTEUR_LIGNE, HAUTEUR_BASE = 24, 90
COULEURS = {True: "#b98300", False: "#4c80ad"}
_MARGE = timedelta(days=365)


def timeline(contexte: Contexte, liste: tuple[Convention, ...]) -> list[Any]:
    """Draw the conventions; where they are many, those whose transverse function is paid several times."""
    titre = html.H2("Chronologie des chevauchements")
    montrees, dit = _shown(contexte, liste)
    if not montrees:
        return [titre, note(dit)]
    legende = note(
        "Barres pleines : fonctionnement des structures ; barres hachurées : fonctions transversales ; bord épais : "
        "reprise dans une Ctg ; trait vertical : le jour choisi. Tout se lit aussi dans l'inventaire, plus bas."
    )
    graphe = dcc.Graph(
        id={"type": "registre-graphe", "nom": "conventions"},
        figure=_figure(contexte, montrees),
        config={"displayModeBar": False, "locale": "fr", "responsive": True},
        responsive=True,
        style={"height": f"{HAUTEUR_BASE + HAUTEUR_LIGNE * len(montrees)}px"},
    )
    image = html.Div(
        graphe,
        className="chronologie",
        role="img",
        **{"aria-label": f"Chronologie de {number(len(montrees))} conventions"},
    )
    return [titre, *([note(dit)] if dit else []), legende, image]


def _shown(contexte: Contexte, liste: tuple[Convention, ...]) -> tuple[list[Convention], str]:
    ordre = sorted(liste, key=lambda c: (sort_key(_holder(contexte, c)), c.fonction, c.date_debut or date.min))
    if len(ordre) <= LIGNES_MAX:
        return ordre, ""
    plusieurs = {m.id for c in conventions.overlaps(contexte.frames, scope_of(contexte)) for m in c.conventions}
    choisies = [c for c in ordre if c.id in plusieurs][:LIGNES_MAX]
    dit = f"{number(len(choisies))} conventions sur {number(len(ordre))} : celles dont une fonction transversale est "
    return choisies, dit + "payée plusieurs fois. Choisir un territoire pour voir toutes les siennes."


def _holder(contexte: Contexte, c: Convention) -> str:
    return c.collectivite or place(contexte, c.code)


def _figure(contexte: Contexte, liste: list[Convention]) -> go.Figure:
    jour = contexte.vue.date
    debuts, fins = [c.date_debut for c in liste if c.date_debut], [c.date_fin for c in liste if c.date_fin]
    premier, dernier = min([jour, *debuts]) - _MARGE, max([jour, *fins]) + _MARGE
    bornes = [(c.date_debut or premier, c.date_fin or dernier) for c in liste]
    rangs = list(range(len(liste)))
    figure = go.Figure(
        go.Bar(
            orientation="h",
            y=rangs,
            base=[debut.isoformat() for debut, _ in bornes],
            x=[(fin - debut).days * 86_400_000 for debut, fin in bornes],
            marker={
                "color": [COULEURS[c.transversale] for c in liste],
                "pattern": {"shape": ["/" if c.transversale else "" for c in liste], "fgcolor": "#ffffff", "size": 6},
                "line": {"width": [3 if c.id_ctg else 0 for c in liste], "color": "#16202b"},
            },
            hovertext=[_hover(contexte, c) for c in liste],
            hoverinfo="text",
        )
    )
    figure.add_shape(
        type="line",
        x0=jour.isoformat(),
        x1=jour.isoformat(),
        y0=0,
        y1=1,
        yref="paper",
        line={"width": 2, "dash": "dot"},
    )
    figure.update_layout(
        margin={"l": 8, "r": 8, "t": 8, "b": 36},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        showlegend=False,
        bargap=0.35,
        dragmode=False,
        xaxis={"type": "date", "range": [premier.isoformat(), dernier.isoformat()], "tickformat": "%Y", "dtick": "M24"},
        yaxis={
            "autorange": "reversed",
            "tickvals": rangs,
            "ticktext": [_tick(contexte, c) for c in liste],
            "automargin": True,
            "fixedrange": True,
        },
    )
    return figure


def _tick(contexte: Contexte, c: Convention) -> str:
    nom = _holder(contexte, c)
    return f"{nom if len(nom) <= NOM_MAX else nom[: NOM_MAX - 1] + '…'} · {said(FONCTIONS, c.fonction).split(' ')[0]}"


NOM_MAX = 26


def _hover(contexte: Contexte, c: Convention) -> str:
    dates = f"{short_date(c.date_debut) if c.date_debut else '…'} – {short_date(c.date_fin) if c.date_fin else '…'}"
    reprise = "<br>reprise dans une Ctg" if c.id_ctg else ""
    dits = (_holder(contexte, c), said(TYPES_CONVENTION, c.type), said(FONCTIONS, c.fonction), dates)
    return "<br>".join(dits) + reprise
