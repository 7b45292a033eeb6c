"""The one legend of all layers, computed from their marks."""

from collections.abc import Mapping, Sequence
from math import sqrt
from typing import Any

from dash import html

from dashboard.layout.histogram import histogram, sentence_line
from dashboard.layout.matrix import matrix
from dashboard.layout.swatches import disc, swatch
from layers.kit.contract import Drawing
from layers.kit.marks import EntreeLegende, Fill, Mark, Matrice, Symbols, legend_of
from layers.kit.scales import disc_values
from layers.kit.texts import number, short

RAYON_MAX = 26  # pixels, as in assets/carte.js


def legend(drawings: Sequence[Drawing], noms: Mapping[str, str] | None = None) -> list[Any]:
    """Return one block per drawing: title, unit, entries with how many territories or places, method, notices.

    With the names of territories by code, a sentence says where the one under the pointer, or the chosen one, stands.
    """
    shown = [d for d in drawings if d.legende or d.notice]
    if not shown:
        return [html.P("Aucune couche affichée.", className="discret")]
    return [_block(d, noms) for d in shown]


def _block(drawing: Drawing, noms: Mapping[str, str] | None) -> html.Section:
    territoire = drawing.vue.territoire
    entries = [_entry(e, m, territoire) for m in drawing.marques for e in legend_of(m)]
    head = [html.H3(drawing.titre)]
    if drawing.unite:
        head.append(html.P(drawing.unite, className="legende-unite"))
    foot = [html.P(p, className="legende-methode") for p in (drawing.constat, drawing.methode) if p]
    notes = [html.P(n, className="legende-note") for n in dict.fromkeys(drawing.notice)]
    fills = [m for m in drawing.marques if isinstance(m, Fill)]
    bars = [h for m in fills if (h := histogram(m, drawing.couche, territoire))]
    told = [sentence_line(m, drawing, noms) for m in fills[:1] if noms is not None and (m.ordonne or m.fond)]
    return html.Section([*head, *bars, *told, html.Ul(entries), *foot, *notes], className="legende-bloc")


def _entry(entree: EntreeLegende, mark: Mark, territoire: str) -> html.Li:
    hatched_only = isinstance(mark, Fill) and not mark.plein
    symbole = entree.symbole
    label = entree.libelle
    if isinstance(symbole, Symbols):
        return _discs(entree, symbole)
    if isinstance(symbole, Matrice):
        return matrix(entree, symbole, _rank(mark, territoire))
    return html.Li(
        [swatch(symbole, hatched_only), html.Span(label), html.Span(number(entree.nombre), className="legende-nombre")]
    )


def _rank(mark: Mark, territoire: str) -> int | None:
    known = isinstance(mark, Fill) and territoire in mark.codes
    return mark.classe[mark.codes.index(territoire)] if known and isinstance(mark, Fill) else None


def _discs(entree: EntreeLegende, mark: Symbols) -> html.Li:
    """Show the discs of three values at their size on the map."""
    sizes = [
        html.Span([disc(mark.couleur, RAYON_MAX * sqrt(value / mark.maximum)), f"{short(value)} {mark.unite}"])
        for value in disc_values(mark)
    ]
    count = html.Span(number(entree.nombre), className="legende-nombre")
    return html.Li(
        [html.Span(entree.libelle), count, html.Div(sizes, className="disques")], className="legende-disques"
    )
