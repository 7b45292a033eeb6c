"""The actions of the plans, one by one: where, for whom, with whom, what they decline and what they reused."""

from typing import Any

from dash import html

from dashboard.registre.address import href, map_href
from dashboard.registre.contract import Contexte
from dashboard.registre.parts import colonne, colonne_carte, colonne_date, colonne_lien, grid
from dashboard.registre.phrases import map_of_agreement
from dashboard.registre.pieces import download
from dashboard.registre.wording import ETIQUETTES, field_label, place, said, scope_of
from data.measures import results, territories
from data.measures.results import Action
from data.model import Maille

ETATS = {"prevue": "○ prévue", "engagee": "◐ engagée", "realisee": "● réalisée", "abandonnee": "× abandonnée"}


def action_list(contexte: Contexte) -> list[Any]:
    """Show every action that the filters keep, by priority."""
    liste = kept(contexte)
    if not liste:
        return []
    colonnes = [
        colonne_lien("ctg", "Convention", "lien", minWidth=200),
        colonne_carte(),
        colonne("libelle", "Action", minWidth=260),
        colonne("champ", "Champ"),
        colonne("priorite", "Priorité"),
        colonne("etat", "État"),
        colonne_date("debut", "Du"),
        colonne_date("fin", "Au"),
        colonne("pilote", "Pilote"),
        colonne("territoire", "Territoire", minWidth=160),
        colonne("orientation", "Orientation nationale", minWidth=220),
        colonne("locale", "Priorité locale", minWidth=220),
        colonne("habitants", "Habitants associés"),
        colonne("etiquettes", "Traverse", minWidth=160),
        colonne("adaptation", "Adapté ou réutilisé", minWidth=220),
    ]
    rows = [_row(contexte, a) for a in liste]
    return [html.H2("Les actions"), grid("actions", colonnes, rows, "Actions"), download(contexte, "actions.csv")]


def kept(contexte: Contexte) -> list[Action]:
    """Return the actions that the filters keep: the first priorities first, then by last day."""
    liste = results.actions(contexte.frames, scope_of(contexte), contexte.ctg)
    return sorted(liste, key=lambda a: (a.priorite or "9", str(a.date_fin or "9999"), a.id))


def _row(contexte: Contexte, a: Action) -> dict[str, Any]:
    noms = dict(zip(contexte.frames["ctg"]["id_ctg"], contexte.frames["ctg"]["nom"], strict=True))
    return {
        "id": a.id,
        "ctg": noms.get(a.id_ctg) or a.id_ctg,
        "lien": href(contexte, "registre", {"ctg": a.id_ctg}),
        "libelle": a.libelle,
        "champ": field_label(contexte, a.champ),
        "priorite": a.priorite,
        "etat": said(ETATS, a.etat) + (" – échéance passée, à examiner" if a.depassee else ""),
        "debut": a.date_debut.isoformat() if a.date_debut else "",
        "fin": a.date_fin.isoformat() if a.date_fin else "",
        "pilote": a.pilote,
        "territoire": place(contexte, a.code) if a.code else "",
        "orientation": a.orientation_nationale,
        "locale": a.priorite_locale,
        "habitants": a.habitants_associes,
        "etiquettes": ", ".join(said(ETIQUETTES, e) for e in a.etiquettes),
        "adaptation": a.adaptation,
        "carte": _place(contexte, a),
        "carte_libelle": "Voir sur la carte",
    }


def _place(contexte: Contexte, a: Action) -> str:
    """Return its place on the map, with the actions of its field: its territory, failing that its perimeter."""
    vue = {"champ": a.champ or contexte.vue.champ, "couches": ("couverture_ctg", "plans_actions")}
    maille = territories.maille_of(contexte.frames, a.code) if a.code else None
    if maille is None:
        return map_of_agreement(contexte, a.id_ctg, **vue)
    return map_href(contexte, a.code, maille=Maille.COMMUNE if maille is Maille.QPV else maille, **vue)


def rows(contexte: Contexte) -> list[dict[str, Any]]:
    """Return the actions as rows of a file."""
    hors = ("lien", "carte", "carte_libelle")
    return [{k: v for k, v in _row(contexte, a).items() if k not in hors} for a in kept(contexte)]
