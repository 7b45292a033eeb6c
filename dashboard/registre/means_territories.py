"""The means of each Epci beside its neighbours', in alphabetical order, and how far they are spread (DOMAINE S73)."""

from dataclasses import replace
from typing import Any

from dash import html

from dashboard.registre.address import map_href
from dashboard.registre.contract import Contexte
from dashboard.registre.parts import note
from dashboard.registre.pieces import figure, matrix
from dashboard.registre.wording import place, scope_of
from data.measures import dispersion, means, scope
from data.measures.means import Montant
from data.model import Maille
from layers.kit.table import sort_key
from layers.kit.texts import FINE, number


def territories_table(contexte: Contexte, annee: int | None) -> list[Any]:
    """Show each amount over inhabitants, Epci by Epci, with the spread of these rates."""
    portee = scope_of(contexte)
    demandees = scope.asked(contexte.frames, portee)
    lignes = [(m, c) for m, c in scope.local_rows(contexte.frames) if scope.footprint(contexte.frames, c) & demandees]
    montants = means.has_amounts(contexte.frames)
    if annee is None or not montants or len(lignes) < 2:
        return []
    lignes.sort(key=lambda ligne: sort_key(place(contexte, ligne[1])))
    valeurs = {
        code: [means.amount(contexte.frames, replace(portee, territoire=code, communes=()), i, annee) for i in montants]
        for _, code in lignes
    }
    tetes = ["Territoire", *(t for i in montants for t in (means.label(contexte.frames, i), "par habitant"))]
    titre = f"Par territoire en {annee}"
    rows = [[_link(contexte, m, c), *(cell for montant in valeurs[c] for cell in _cells(montant))] for m, c in lignes]
    return [
        html.H2(titre),
        note("Ordre alphabétique. Un écart n'est ni un mérite ni une faute : il dit des besoins et une histoire."),
        matrix(titre, tetes, rows, "croise-moyens"),
        *_spread(contexte, montants, valeurs),
    ]


def _link(contexte: Contexte, maille: Maille, code: str) -> html.A:
    return html.A(place(contexte, code), href=map_href(contexte, code, maille=maille))


def _cells(montant: Montant) -> list[Any]:
    return [figure(montant.total), figure(montant.par_habitant, 2)]


def _spread(contexte: Contexte, montants: tuple[str, ...], valeurs: dict[str, list[Montant]]) -> list[Any]:
    """Say the dispersion of each rate: the letter asks for equity between territories."""
    phrases = []
    for rang, indicateur in enumerate(montants):
        ecarts = dispersion.of_values([liste[rang].par_habitant.valeur for liste in valeurs.values()])
        if ecarts is not None:
            dit = " ; ".join(f"{mot} {number(v, 2)}{FINE}€" for mot, v in ecarts.reperes)
            phrases.append(
                html.Li(
                    f"{means.label(contexte.frames, indicateur)}, par habitant : {dit} ({ecarts.nombre} territoires)"
                )
            )
    return [html.H3("Dispersion"), html.Ul(phrases, className="liste")] if phrases else []
