"""The legend of two crossed measures: a real table, its cells coloured as on the map."""

from typing import Any

from dash import html

from layers.kit.marks import Axe, Case, EntreeLegende, Matrice
from layers.kit.palettes import ink_on
from layers.kit.texts import number, typeset


def matrix(entree: EntreeLegende, matrice: Matrice, choisi: int | None = None) -> html.Li:
    """Set the counts of the cells under the levels of one measure and beside those of the other.

    `choisi` is the rank of the class of the chosen territory.
    """
    head = html.Tr(
        [html.Td(), *(html.Th(n, scope="col") for n in matrice.abscisse.niveaux)],
    )
    levels = reversed(matrice.ordonnee.niveaux)
    rows = [
        html.Tr([html.Th(niveau, scope="row"), *(_cell(c, c.rang == choisi) for c in ligne)])
        for niveau, ligne in zip(levels, matrice.lignes, strict=True)
    ]
    axes = [_axis("Lignes", matrice.ordonnee), _axis("Colonnes", matrice.abscisse)]
    table = html.Table([html.Caption(axes), html.Thead(head), html.Tbody(rows)], className="matrice")
    return html.Li([table, html.Span(number(entree.nombre), className="legende-nombre")], className="legende-matrice")


def _axis(place: str, axe: Axe) -> html.Span:
    unite = f" ({axe.unite})" if axe.unite else ""
    return html.Span(typeset(f"{place} : {axe.libelle}{unite}"))


def _cell(case: Case, choisi: bool) -> Any:
    colours = {"backgroundColor": case.classe.couleur, "color": ink_on(case.classe.couleur)}
    return html.Td(
        number(case.nombre),
        style=colours,
        title=case.classe.libelle,
        className="choisi" if choisi else None,
        **{"data-rang": str(case.rang)},
    )
