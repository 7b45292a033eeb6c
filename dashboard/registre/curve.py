"""Curves of coverage over time, reusable: several series against references, in % of a share with its two terms."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import plotly.graph_objects as go
from dash import dcc, html

from layers.kit.texts import percent, short_date, typeset

# Each stands out by 3 to 1 at least from the light ground and from the dark one.
COULEURS = ("#3a7ab0", "#b3761a", "#3b8a82", "#8a7891")
SYMBOLES = ("circle", "square", "diamond", "triangle-up")
TRAITS = ("solid", "dash", "dot", "dashdot")
REFERENCE = "#6b7680"


@dataclass(frozen=True, slots=True)
class Serie:
    """One curve: `points` are days and rates out of 100 (None where unknown), `details` a phrase for each, or none."""

    nom: str
    points: tuple[tuple[date, float | None], ...]
    details: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reperes:
    """Points to compare with, drawn apart from the curves: `nom` says whose they are."""

    nom: str
    points: tuple[tuple[date, float], ...]


@dataclass(frozen=True, slots=True)
class Allure:
    """How curves are drawn: `marches` holds each rate until the next point, `jour` draws a line there, if any."""

    marches: bool = False
    jour: date | None = None


def figure(series: Sequence[Serie], reperes: Sequence[Reperes] = (), allure: Allure | None = None) -> go.Figure:
    """Draw curves; each has its colour, its dash and its symbol, so that none is told by colour alone."""
    voulue = allure or Allure()
    dessin = go.Figure()
    for rang, serie in enumerate(series):
        dessin.add_trace(_line(serie, rang, voulue))
    for repere in reperes:
        dessin.add_trace(
            go.Scatter(
                name=repere.nom,
                x=[jour.isoformat() for jour, _ in repere.points],
                y=[taux for _, taux in repere.points],
                mode="markers+lines",
                line={"color": REFERENCE, "dash": "dot", "width": 1.5},
                marker={"symbol": "cross", "size": 8, "color": REFERENCE},
                hovertext=[typeset(f"{repere.nom}<br>{jour.year} : {percent(t, 0)}") for jour, t in repere.points],
                hoverinfo="text",
            )
        )
    if voulue.jour:
        dessin.add_vline(x=voulue.jour.isoformat(), line={"width": 2, "dash": "dot"})
    dessin.update_layout(
        margin={"l": 8, "r": 16, "t": 12, "b": 8},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        dragmode=False,
        legend={"orientation": "h", "y": -0.14, "yanchor": "top", "x": 0},
        xaxis=_axis(series, reperes, voulue),
        yaxis={"range": [0, 102], "ticksuffix": "\u202f%", "dtick": 20, "fixedrange": True, "automargin": True},
    )
    return dessin


def _line(serie: Serie, rang: int, allure: Allure) -> go.Scatter:
    couleur = COULEURS[rang % len(COULEURS)]
    dits = serie.details or ("",) * len(serie.points)
    return go.Scatter(
        name=serie.nom,
        x=[jour.isoformat() for jour, _ in serie.points],
        y=[taux for _, taux in serie.points],
        mode="lines" if allure.marches else "lines+markers",
        line={
            "color": couleur,
            "dash": TRAITS[rang % len(TRAITS)],
            "width": 3,
            "shape": "hv" if allure.marches else "linear",
        },
        marker={"symbol": SYMBOLES[rang % len(SYMBOLES)], "size": 8},
        hovertext=[
            typeset(f"{serie.nom}<br>{short_date(jour)} : {percent(taux)}{'<br>' + dit if dit else ''}")
            for (jour, taux), dit in zip(serie.points, dits, strict=True)
        ],
        hoverinfo="text",
    )


def _axis(series: Sequence[Serie], reperes: Sequence[Reperes], allure: Allure) -> dict[str, Any]:
    """Set the years where the points stand: under each 31 December, or at each 1 January where rates hold on."""
    courbes: list[Serie | Reperes] = [*series, *reperes]
    jours = [jour for courbe in courbes for jour, _ in courbe.points]
    if not jours:
        return {"visible": False}
    annees = range(min(jours).year, max(jours).year + 1)
    pas = 1 + len(annees) // _ANNEES_ECRITES
    ecrites = [a for a in annees if (a - annees[-1]) % pas == 0]
    repere = (1, 1) if allure.marches else (12, 31)
    marge = timedelta(days=60)
    return {
        "type": "date",
        "tickvals": [date(a, *repere).isoformat() for a in ecrites],
        "ticktext": [str(a) for a in ecrites],
        "tickangle": 0,
        "range": [
            (min(jours) - marge).isoformat(),
            (max([*jours, date(max(jours).year, *repere)]) + marge).isoformat(),
        ],
        "fixedrange": True,
    }


_ANNEES_ECRITES = 7


def graph(nom: str, dessin: go.Figure, etiquette: str, hauteur_px: int = 380) -> html.Div:
    """Show a figure as one picture with its words; its twin table stands beside it."""
    plot: Any = dcc.Graph(
        id={"type": "registre-graphe", "nom": nom},
        figure=dessin,
        config={"displayModeBar": False, "responsive": True},
        style={"height": f"{hauteur_px}px"},
    )
    return html.Div(
        plot, className="graphe", role="img", style={"minHeight": f"{hauteur_px}px"}, **{"aria-label": etiquette}
    )
