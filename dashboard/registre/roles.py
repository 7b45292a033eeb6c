"""The matrix actor × field: who stands at which level, existing or potential; never one owner of a field."""

from typing import Any

from dash import html

from dashboard.registre.contract import Contexte
from dashboard.registre.parts import note
from dashboard.registre.pieces import matrix, shown, silent
from dashboard.registre.wording import NIVEAUX, TYPES_ACTEUR, said, scope_of
from data.measures import fields
from data.measures.fields import LigneActeur, Roles
from data.model import Champ
from layers.kit.table import sort_key
from layers.kit.texts import count, enumerate_fr, number


def role_matrix(contexte: Contexte, champs: tuple[Champ, ...], titre: str) -> Any:
    """Show the levels at which each actor intervenes in some fields."""
    lignes = sorted(fields.actors(contexte.frames, scope_of(contexte), champs), key=lambda x: sort_key(x.acteur))
    if not lignes:
        return note("Aucune intervention de ces champs n'est recensée sous ces filtres.")
    rows = [[_actor(ligne), *(_roles(r) for r in ligne.roles)] for ligne in lignes]
    return html.Div(
        [
            matrix(titre, ["Acteur", *(c.libelle for c in champs)], rows, "croise-roles"),
            note("▲ existantes ; △ potentielles ou à venir. Ordre alphabétique des acteurs."),
        ]
    )


def _actor(ligne: LigneActeur) -> list[Any]:
    genre = said(TYPES_ACTEUR, ligne.type)
    return [ligne.acteur, html.Span(f" ({genre})", className="discret") if genre else ""]


def _roles(roles: Roles) -> Any:
    if not (roles.existantes or roles.potentielles):
        return [shown("–", "discret"), silent("aucune intervention")]
    niveaux = enumerate_fr(said(NIVEAUX, n) for n in roles.niveaux) or "niveau non précisé"
    comptes = [
        *([shown(f"▲{number(roles.existantes)}")] if roles.existantes else []),
        *([shown(f" △{number(roles.potentielles)}")] if roles.potentielles else []),
    ]
    dits = f" ; {count(roles.existantes, 'existante')}, {count(roles.potentielles, 'potentielle')}"
    return [html.Span(niveaux, className="niveaux"), html.Span(comptes, className="comptes"), silent(dits)]
