"""A small histogram of the classes of a fill, with the values that a reader compares a territory with."""

import json
from collections.abc import Mapping
from dataclasses import asdict

from dash import html

from layers.kit.contract import Drawing
from layers.kit.marks import Fill, Repere
from layers.kit.position import said, situation
from layers.kit.texts import FINE, number, sentence_of, short

BARRE_MIN_PCT = 3
CHOISI = "Territoire choisi"
A_SURVOLER = "Survoler la carte ou choisir un territoire\u202f: sa valeur et sa classe se lisent ici."
STYLES = {"Département": 1, CHOISI: 2, "Référence nationale": 4}  # a landmark keeps its line whatever stands beside it


def histogram(mark: Fill, couche: str, territoire: str) -> html.Figure | None:
    """Draw one bar per class, as high as it has territories; None for categories and where no class has a value.

    The chosen territory has its mark; the browser shows the class of the one under the pointer.
    """
    classes = [rang for rang, c in enumerate(mark.classes) if c.blanc is None]
    nombres = [mark.classe.count(rang) for rang in classes]
    if not mark.ordonne or mark.grille is not None or not any(nombres):
        return None
    bars = [
        html.Div(
            style={"height": f"{max(BARRE_MIN_PCT, 100 * n / max(nombres)) if n else 0:.0f}%",
                   "backgroundColor": mark.classes[rang].couleur},
            **{"data-rang": str(rang)},
        )
        for rang, n in zip(classes, nombres, strict=True)
    ]  # fmt: skip
    reperes = (*mark.reperes, *_chosen(mark, territoire))
    marks = [
        html.I(className=f"repere repere-{_style(r)}", style={"left": f"{place(mark, r.valeur):.1f}%"}) for r in reperes
    ]
    told = "Territoires par classe : " + " ; ".join(
        f"{mark.classes[rang].libelle}, {number(n)}" for rang, n in zip(classes, nombres, strict=True)
    )
    pointed = html.I(className="repere repere-3", hidden=True)
    drawn = html.Div(
        [*bars, *marks, pointed], className="histogramme", role="img", **{"aria-label": sentence_of((told,))}
    )
    caption = html.Figcaption([_landmark(r) for r in reperes])
    return html.Figure([drawn, caption] if reperes else [drawn], className="repartition", **_data(mark, couche))


def sentence_line(mark: Fill, drawing: Drawing, noms: Mapping[str, str]) -> html.P:
    """Say where the chosen territory stands; the browser says it of the one under the pointer, from the same words."""
    code = drawing.vue.territoire
    at_rest = said(mark, code, noms.get(code, code)) or A_SURVOLER
    pieces = json.dumps(asdict(situation(mark)), ensure_ascii=False, separators=(",", ":"))
    data = {"data-couche": drawing.couche, "data-pieces": pieces, "data-repos": at_rest, "aria-live": "off"}
    return html.P(at_rest, className="legende-phrase", **data)


def _data(mark: Fill, couche: str) -> dict[str, str]:
    """Give the browser what `place` works from: bounds, extremes, and whether zero has a bar."""
    connues = [v for v in mark.valeurs if v]
    bornes = {"bornes": mark.bornes, "zero": int(mark.classes[0].id == "zero"), "pleines": _full(mark)}
    extremes = {"min": min(connues, default=0), "max": max(connues, default=0)}
    return {"data-couche": couche, "data-echelle": json.dumps(bornes | extremes, separators=(",", ":"))}


def _full(mark: Fill) -> int:
    return sum(c.blanc is None for c in mark.classes)


def _chosen(mark: Fill, territoire: str) -> tuple[Repere, ...]:
    """Return the mark of the chosen territory, none where it has no value at this maille."""
    valeur = mark.valeurs[mark.codes.index(territoire)] if territoire in mark.codes else None
    return () if valeur is None else (Repere(CHOISI, valeur),)


def _style(repere: Repere) -> int:
    """Return the line of a landmark, whatever year its label ends with."""
    return STYLES.get(repere.libelle.partition(" (")[0], 0)


def _landmark(repere: Repere) -> html.Span:
    key = html.I(className=f"repere-cle repere-{_style(repere)}", **{"aria-hidden": "true"})
    return html.Span([key, f"{repere.libelle}{FINE}: ", html.B(short(repere.valeur))])


def place(mark: Fill, valeur: float) -> float:
    """Return where a value stands along the bars, in hundredths of their width: within the bar of its class.

    Bars are of equal width; the open ends run to the least and greatest values shown.
    """
    pleines = [c for c in mark.classes if c.blanc is None]
    zero = int(pleines[0].id == "zero")
    if valeur == 0 and zero:
        return 50 / len(pleines)
    connues = [v for v in mark.valeurs if v]
    rang = sum(b <= valeur for b in mark.bornes)
    bas = mark.bornes[rang - 1] if rang else min(connues, default=valeur)
    haut = mark.bornes[rang] if rang < len(mark.bornes) else max(connues, default=valeur)
    part = (valeur - bas) / (haut - bas) if haut > bas else 0.5
    return 100 * (zero + rang + min(1.0, max(0.0, part))) / len(pleines)
