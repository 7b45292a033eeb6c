"""The key figures beside the map, from the same figures as the command `chiffres`."""

from collections.abc import Mapping
from typing import Any

from dash import html

from data.frames import Frames
from data.measures import priority
from data.model import Maille
from layers.kit.texts import noun, number, percent
from layers.kit.view import View

STATUTS = {
    "en_vigueur": ("en vigueur", "en vigueur"),
    "a_renouveler": ("à renouveler", "à renouveler"),
    "a_venir": ("à venir", "à venir"),
    "en_preparation": ("en préparation", "en préparation"),
    "echue": ("échue", "échues"),
}


_UNKNOWN = [
    html.Div(
        [html.Strong("nd"), html.Span("La table ctg.csv manque : la couverture n'est pas connue.")],
        className="chiffre-maitre",
    ),
]


def key_figures(found: Mapping[str, Any], frames: Frames, view: View) -> list[Any]:
    """Build the block: coverage with numerator and denominator, agreements by status, access points, priorities."""
    return [
        html.H2("Population couverte"),
        *(_coverage(found["couverture"]) if frames.has("ctg") else _UNKNOWN),
        *_agreements(found["ctg"], frames),
        *_places(found["points_acces"], frames),
        *_priorities(frames, view),
    ]


def _agreements(ctg: Mapping[str, int], frames: Frames) -> list[Any]:
    if not frames.has("ctg"):
        return []
    return [html.H3("Conventions"), _facts([(ctg[s], *forms) for s, forms in STATUTS.items()])]


def _coverage(couverture: Mapping[str, Any]) -> list[Any]:
    population = couverture["population"]
    rate = population["taux_pct"]
    told = f"{number(population['numerateur'])} habitants sur {number(population['denominateur'])}"
    width = 0 if rate is None else min(100, rate)
    return [
        html.Div([html.Strong("nd" if rate is None else percent(rate)), html.Span(told)], className="chiffre-maitre"),
        html.Div(html.Div(style={"width": f"{width:.1f}%"}), className="jauge", **{"aria-hidden": "true"}),
        html.Dl(_parts(couverture), className="paires"),
    ]


def _parts(couverture: Mapping[str, Any]) -> list[Any]:
    communes, epci, enfants = couverture["communes"], couverture["epci"], couverture["enfants_0_2"]
    total_epci = sum(epci.values())
    parts = [
        *_pair("Communes", f"{number(communes['couvertes'])}", f" sur {number(communes['total'])}"),
        *_pair(
            "Epci entiers",
            number(epci["entieres"]),
            f" sur {number(total_epci)}, {number(epci['partielles'])} en partie",
        ),
    ]
    if enfants["taux_pct"] is not None:
        told = f" ({number(enfants['numerateur'])} sur {number(enfants['denominateur'])})"
        parts += _pair("Moins de 3 ans", percent(enfants["taux_pct"]), told)
    return parts


def _pair(term: str, value: str, rest: str) -> list[Any]:
    return [html.Dt(term), html.Dd([value, html.Small(rest)])]


def _facts(rows: list[tuple[int, str, str]]) -> html.P:
    """Write counts and their nouns on one line: « 10 en vigueur · 13 échues »."""
    spans = [html.Span([html.Strong(number(n)), f" {noun(n, one, many)}"]) for n, one, many in rows]
    return html.P([part for span in spans for part in (span, " ")], className="faits")


def _places(points: Mapping[str, int], frames: Frames) -> list[Any]:
    if not frames.has("points_acces"):
        return []
    bornes = points.get("borne_visio", 0)
    others = sum(points.values()) - bornes
    rows = [
        (bornes, "borne visio ouverte", "bornes visio ouvertes"),
        (others, "autre point ouvert", "autres points ouverts"),
    ]
    return [html.H3("Points d'accès"), _facts(rows)]


def _counted(definition: priority.DefinitionPrioritaire) -> tuple[str, str]:
    plural = {
        Maille.COMMUNE: ("commune", "communes"),
        Maille.EPCI: ("Epci", "Epci"),
        Maille.QPV: ("quartier", "quartiers"),
    }
    one, many = plural.get(definition.maille, ("territoire", "territoires"))
    return number(definition.nombre), f" {noun(definition.nombre, one, many)}"


def _priorities(frames: Frames, view: View) -> list[Any]:
    shown = [d for d in priority.definitions(frames) if not view.definitions or d.id in view.definitions]
    if not shown:
        return []
    rows = [item for d in shown for item in _pair(d.libelle, *_counted(d))]
    return [html.H3("Territoires prioritaires"), html.Dl(rows, className="paires")]
