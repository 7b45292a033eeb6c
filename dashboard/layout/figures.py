"""The key figures beside the map, from the same figures as the command `chiffres`."""

from collections.abc import Mapping
from typing import Any

from dash import html

from dashboard.layout.blanks import blank_label
from data.frames import Frames
from data.measures import density, priority
from data.model import TOUS_CHAMPS, Maille
from layers.kit.texts import count, lower_first, noun, number, percent, typeset
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
    """Build the block: coverage with numerator and denominator, agreements by status, access points, priorities.

    Where the view has an extent, the figures are those of its communes, and the title says so.
    """
    if "emprise" in found:
        return _extent(found["emprise"], frames, view)
    return [
        html.H2("Population couverte"),
        *(_coverage(found["couverture"]) if frames.has("ctg") else _UNKNOWN),
        *_agreements(found["ctg"], frames),
        *_places(found["points_acces"], frames),
        *_priorities(frames, view),
    ]


def _extent(found: Mapping[str, Any], frames: Frames, view: View) -> list[Any]:
    total = found["communes"]["total"]
    title = html.H2("Population couverte sur la carte visible")
    told = f"Chiffres des {number(total)} communes dont le point intérieur est dans l'étendue montrée."
    if total < 2:
        told = "Une seule commune a son point intérieur dans l'étendue montrée." if total else "Aucune commune."
    note = html.P(told, className="fiche-note")
    if not total:
        return [title, note]
    return [
        title,
        note,
        *(_coverage(found, _touched(found["epci"])) if frames.has("ctg") else _UNKNOWN),
        *_agreements(found["ctg"], frames),
        *_services(found, frames, view.champ),
        *_places(found["points_acces"], frames),
    ]


def _touched(epci: Mapping[str, int]) -> list[Any]:
    return _pair("Epci touchés", number(epci["touches"]), f", dont {count(epci['entiers'], 'entier')} dans l'étendue")


def _services(found: Mapping[str, Any], frames: Frames, champ: str) -> list[Any]:
    if not frames.has("services"):
        return []
    mesure = density.field(frames, champ)
    densite = found["densite"]
    rate = (
        blank_label(densite["statut"])
        if densite["valeur"] is None
        else f"{number(densite['valeur'], 1)} pour {number(mesure.facteur)} {mesure.denominateur_libelle}"
    )
    line = [html.Strong(number(found["services"])), f" {noun(found['services'], 'ouvert', 'ouverts')}, {rate}"]
    title = "Services" if champ == TOUS_CHAMPS else typeset(f"Services : {lower_first(mesure.libelle)}")
    return [html.H3(title), html.P(line, className="faits")]


def _agreements(ctg: Mapping[str, int], frames: Frames) -> list[Any]:
    if not frames.has("ctg"):
        return []
    return [html.H3("Conventions"), _facts([(ctg[s], *forms) for s, forms in STATUTS.items()])]


def _coverage(couverture: Mapping[str, Any], epci: list[Any] | None = None) -> list[Any]:
    """Show the share of the population; `epci` is the line on the Epci, their coverage where None."""
    population = couverture["population"]
    rate = population["taux_pct"]
    told = f"{number(population['numerateur'])} habitants sur {number(population['denominateur'])}"
    width = 0 if rate is None else min(100, rate)
    return [
        html.Div([html.Strong("nd" if rate is None else percent(rate)), html.Span(told)], className="chiffre-maitre"),
        html.Div(html.Div(style={"width": f"{width:.1f}%"}), className="jauge", **{"aria-hidden": "true"}),
        html.Dl(_parts(couverture, epci), className="paires"),
    ]


def _parts(couverture: Mapping[str, Any], epci: list[Any] | None) -> list[Any]:
    communes, enfants = couverture["communes"], couverture["enfants_0_2"]
    parts = [
        *_pair("Communes", f"{number(communes['couvertes'])}", f" sur {number(communes['total'])}"),
        *(_epci(couverture["epci"]) if epci is None else epci),
    ]
    if enfants["taux_pct"] is not None:
        told = f" ({number(enfants['numerateur'])} sur {number(enfants['denominateur'])})"
        parts += _pair("Moins de 3 ans", percent(enfants["taux_pct"]), told)
    return parts


def _epci(epci: Mapping[str, int]) -> list[Any]:
    rest = f" sur {number(sum(epci.values()))}, {number(epci['partielles'])} en partie"
    return _pair("Epci entiers", number(epci["entieres"]), rest)


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
