"""Section « Accès »: how far families are from where the Caf can be reached, what these places hold, who comes."""

from typing import Any

from dash import html

from dashboard.registre.address import map_href
from dashboard.registre.contract import Contexte, Feuille, Section
from dashboard.registre.parts import colonne, colonne_carte, colonne_nombre, grid, missing, note
from dashboard.registre.pieces import cards, csv_of, download, matrix
from dashboard.registre.wording import field_label, place, scope_of
from data.measures import access
from data.measures.access import Lieu, Visites
from data.model import Maille
from layers.kit.places import genre
from layers.kit.table import sort_key
from layers.kit.texts import FINE, count, number, percent, upper_first

HOTES = {
    "mairie": "mairie",
    "centre_social": "centre social",
    "maison_enfance": "maison de l'enfance",
    "mediatheque": "médiathèque",
    "france_services": "France services",
    "autre": "autre lieu",
}
ETATS = {"ouvert": "● ouvert", "projet": "◐ en projet", "candidat": "○ candidat", "ferme": "× fermé"}


def build(contexte: Contexte) -> Feuille:
    """Build the section."""
    titre = "Accès aux droits et à l'offre"
    if not contexte.frames.has("points_acces"):
        sert = "les distances et la fréquentation ne sont pas connues"
        return Feuille(titre, [missing("points-acces.csv", sert), *_capacities(contexte)])
    corps = [*_thresholds(contexte), *_territories(contexte), *_places(contexte), *_questions(contexte)]
    return Feuille(titre, [*corps, *_capacities(contexte)])


def method(contexte: Contexte) -> str:
    """Say how distances are measured."""
    return (
        f"Distances à vol d'oiseau × {number(contexte.frames.jeu.parametres.detour_route)}, depuis un point intérieur "
        "de chaque commune jusqu'au point d'accès ouvert le plus proche du jeu de données ; ni un temps de trajet, ni "
        "un accès garanti."
    )


def _thresholds(contexte: Contexte) -> list[Any]:
    seuils = access.thresholds(contexte.frames, scope_of(contexte))
    faits = [
        (
            percent(s.population.taux_pct),
            f"à {number(s.km)} km au plus : {number(s.population.numerateur or 0)} habitants "
            f"sur {number(s.population.denominateur or 0)}",
        )
        for s in seuils
    ]
    return [html.H2("Population proche d'un point d'accès"), cards(faits), note(method(contexte))]


def _territories(contexte: Contexte) -> list[Any]:
    parts = sorted(
        access.by_territory(contexte.frames, scope_of(contexte)), key=lambda p: sort_key(place(contexte, p[0]))
    )
    if len(parts) < 2:
        return []
    seuils = sorted(contexte.frames.jeu.parametres.acces_km)
    titre = f"Habitants à {number(seuils[len(seuils) // 2])} km au plus, par territoire"
    lignes = [
        [
            html.A(place(contexte, code), href=map_href(contexte, code, maille=_mesh(code), couches=("points_acces",))),
            percent(p.taux_pct),
            f"{number(p.numerateur or 0)} sur {number(p.denominateur or 0)}",
        ]
        for code, p in parts
    ]
    return [html.H2(titre), matrix(titre, ["Territoire", "Part", "Habitants"], lignes, "croise-moyens")]


def _mesh(code: str) -> Maille:
    return Maille.EPCI if len(code) == len("000000000") else Maille.COMMUNE


def _places(contexte: Contexte) -> list[Any]:
    lieux = access.listed(contexte.frames, scope_of(contexte))
    titre = html.H2("Lieux, accueil et fréquentation")
    if not lieux:
        return [titre, note("Aucun point d'accès sous ces filtres.")]
    manque = (
        [] if contexte.frames.has("frequentation") else [missing("frequentation.csv", "les visites sont inconnues")]
    )
    colonnes = [
        colonne("nom", "Lieu", minWidth=220),
        colonne("type", "Type"),
        colonne("etat", "État"),
        colonne("hote", "Lieu hôte"),
        colonne("commune", "Commune"),
        colonne_nombre("jours", "Jours par semaine"),
        colonne("personnel", "Personnel formé"),
        colonne_nombre("visites", "Visites, dernière année"),
        colonne("annees", "Par année", minWidth=220),
        colonne_nombre("autre", "Autre point le plus proche (km)"),
        colonne_carte(),
    ]
    phrase = note(
        "La lettre cite d'abord trois lieux hôtes : mairies, centres sociaux, maisons de l'enfance. Un lieu sans "
        "fréquentation connue n'est pas un lieu sans visite."
    )
    rows = [_row(contexte, lieu) for lieu in lieux]
    return [titre, *manque, phrase, grid("lieux", colonnes, rows, "Points d'accès"), download(contexte, "lieux.csv")]


def _visits(v: Visites) -> str:
    return "s. (secret)" if v.nombre is None else f"{number(v.nombre)}{FINE}{v.unite}"


def _row(contexte: Contexte, lieu: Lieu) -> dict[str, Any]:
    derniere = lieu.visites[0] if lieu.visites else None
    return {
        "id": lieu.id,
        "nom": lieu.nom,
        "type": upper_first(genre(lieu.type).singulier),
        "etat": ETATS.get(lieu.etat, lieu.etat),
        "hote": HOTES.get(lieu.hote, lieu.hote),
        "commune": place(contexte, lieu.commune),
        "jours": lieu.jours_par_semaine,
        "personnel": lieu.personnel_forme,
        "visites": derniere.nombre if derniere else None,
        "annees": " ; ".join(f"{v.annee} : {_visits(v)}" for v in lieu.visites),
        "autre": None if lieu.autre_km is None else round(lieu.autre_km, 1),
        "carte": map_href(contexte, lieu.commune, maille=Maille.COMMUNE, couches=("couverture_ctg", "points_acces")),
        "carte_libelle": "Voir sur la carte",
    }


def _questions(contexte: Contexte) -> list[Any]:
    proches = access.receptions_near_kiosks(contexte.frames, scope_of(contexte))
    seuil = number(min(contexte.frames.jeu.parametres.acces_km, default=0))
    titre = html.H2("Questions à examiner")
    phrase = note(
        f"Permanences qui ont une borne visio ou un point numérique à {seuil} km au plus : de quoi les horaires, les "
        "publics et l'accompagnement de chacun sont-ils faits ? La proximité n'est pas une raison de fermer."
    )
    if not proches:
        return [titre, phrase, html.P("Aucune sous ces filtres.")]
    dits = [f"{lieu.nom} ({place(contexte, lieu.commune)}) : {number(lieu.borne_km or 0, 1)} km" for lieu in proches]
    return [titre, phrase, html.Ul([html.Li(d) for d in dits], className="liste")]


def _capacities(contexte: Contexte) -> list[Any]:
    if not contexte.frames.has("services"):
        return []
    titre = "Dimensionnement de l'offre"
    lignes = [
        [
            field_label(contexte, c.champ),
            number(c.services),
            count(c.places, "place") if c.services > c.sans_places else "nd",
            number(c.sans_places),
        ]
        for c in access.capacities(contexte.frames, scope_of(contexte))
    ]
    if not lignes:
        return [html.H2(titre), note("Aucun service ouvert sous ces filtres.")]
    tetes = ["Champ", "Services ouverts", "Capacité écrite", "Services sans capacité écrite"]
    return [html.H2(titre), matrix(titre, tetes, lignes, "croise-moyens")]


def _rows(contexte: Contexte) -> list[dict[str, Any]]:
    lieux = access.listed(contexte.frames, scope_of(contexte))
    return [{k: v for k, v in _row(contexte, x).items() if k not in ("carte", "carte_libelle")} for x in lieux]


SECTION = Section(
    "acces",
    "Accès",
    build,
    fichiers={"lieux.csv": csv_of(_rows)},
    sans_effet={"echelon": "un lieu ou un service n'a pas d'échelon de signature"},
)
