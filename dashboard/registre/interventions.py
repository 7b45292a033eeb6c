"""Section « Interventions et acteurs »: who does what, where, at which level; what completes what; who is there."""

from collections.abc import Mapping
from typing import Any

from dash import html

from dashboard.registre.address import href, map_href
from dashboard.registre.contract import Contexte, Feuille, Section
from dashboard.registre.parts import colonne, colonne_carte, colonne_date, colonne_nombre, grid, missing, note
from dashboard.registre.phrases import map_of
from dashboard.registre.pieces import cards, csv_of, download
from dashboard.registre.roles import role_matrix
from dashboard.registre.wording import (
    NIVEAUX,
    TYPES_ACTEUR,
    field_label,
    field_labels,
    place,
    said,
    scope_of,
    service_label,
)
from data.measures import fields, interventions, overlaps
from data.measures.interventions import Acteur, Complementarite, EtatIntervention, Intervention
from data.model import Maille
from layers.kit.table import sort_key
from layers.kit.texts import number, upper_first

_ABSENCE = "qui fait quoi, et où, n'est pas connu"
SIGNES = {"existante": "▲", "potentielle": "△", "a_venir": "△"}


def build(contexte: Contexte) -> Feuille:
    """Build the section."""
    annuaire = _directory(contexte)
    if not contexte.frames.has("interventions"):
        return Feuille("Interventions et acteurs", [missing("interventions.csv", _ABSENCE), *annuaire])
    return Feuille(
        "Interventions et acteurs",
        [*_summary(contexte), *_matrix(contexte), *_list(contexte), *_complementary(contexte), *annuaire],
    )


def _summary(contexte: Contexte) -> list[Any]:
    portee = scope_of(contexte)
    liste = interventions.listed(contexte.frames, portee)
    cas = len(overlaps.find(contexte.frames, portee))
    par_etat = [sum(i.etat is e for i in liste) for e in EtatIntervention]
    existantes, potentielles, a_venir, _, sans_etat = par_etat
    faits = [
        (number(len({i.nom_acteur for i in liste})), "acteurs"),
        (number(existantes), "interventions existantes"),
        (number(potentielles + a_venir), "potentielles ou à venir"),
        *([(number(sans_etat), "sans état précisé")] if sans_etat else []),
    ]
    lien = html.A(f"Doublons à examiner : {number(cas)}", href=href(contexte, "doublons", {}))
    return [cards(faits), html.P(lien)]


def _matrix(contexte: Contexte) -> list[Any]:
    champs = fields.asked_fields(contexte.frames, scope_of(contexte))
    titre = "Champs et niveaux d'intervention de chacun"
    return [html.H2(titre), role_matrix(contexte, champs, titre)]


def _list(contexte: Contexte) -> list[Any]:
    liste = interventions.listed(contexte.frames, scope_of(contexte))
    colonnes = [
        colonne("acteur", "Acteur", minWidth=180),
        colonne("type", "Type"),
        colonne("champ", "Champ"),
        colonne("service", "Service", minWidth=160),
        colonne("niveau", "Niveau"),
        colonne("etat", "État"),
        colonne("territoire", "Territoire", minWidth=160),
        colonne_date("debut", "Depuis"),
        colonne_date("fin", "Jusqu'au"),
        colonne_nombre("etp", "ETP"),
        colonne_nombre("montant", "Montant inscrit (€)"),
        colonne_carte(),
    ]
    table = grid("interventions", colonnes, [_row(contexte, i) for i in liste], "Interventions")
    return [html.H2("Qui fait quoi, et où"), table, download(contexte, "interventions.csv")]


def _row(contexte: Contexte, i: Intervention) -> dict[str, Any]:
    return {
        "id": i.id,
        "acteur": i.nom_acteur,
        "type": said(TYPES_ACTEUR, i.type_acteur),
        "champ": field_labels(contexte, i.champs),
        "service": service_label(i.service),
        "niveau": said(NIVEAUX, i.niveau),
        "etat": f"{SIGNES.get(i.etat.value, '·')} {i.etat.libelle}",
        "territoire": place(contexte, i.code),
        "debut": i.date_debut.isoformat() if i.date_debut else "",
        "fin": i.date_fin.isoformat() if i.date_fin else "",
        "etp": i.etp,
        "montant": i.montant_eur,
        "carte": place_on_map(contexte, i.code, i.champs[0] if len(i.champs) == 1 else contexte.vue.champ),
        "carte_libelle": "Voir sur la carte",
    }


def place_on_map(contexte: Contexte, code: str, champ: str) -> str:
    """Return the address of a territory on the map at its own maille, "" for a code that the dataset does not know."""
    from data.measures import territories

    maille = territories.maille_of(contexte.frames, code)
    if maille is None:
        return ""
    return map_href(contexte, code, champ=champ, maille=Maille.COMMUNE if maille is Maille.QPV else maille)


def _complementary(contexte: Contexte) -> list[Any]:
    trouvees = interventions.complementarities(contexte.frames, scope_of(contexte))
    titre = html.H2("Complémentarités")
    phrase = note(
        "Même champ, même territoire, plusieurs acteurs dont les niveaux ou les services diffèrent ; "
        "ce que font des territoires plus larges y est compté."
    )
    if not trouvees:
        return [titre, phrase, note("Aucune sous ces filtres.")]
    colonnes = [
        colonne("territoire", "Territoire", minWidth=160),
        colonne("champ", "Champ"),
        colonne("acteurs", "Acteurs", minWidth=260),
        colonne("niveaux", "Niveaux", minWidth=160),
        colonne("services", "Services", minWidth=180),
        colonne_carte(),
    ]
    rows = [_complement(contexte, c) for c in trouvees]
    return [titre, phrase, grid("complementarites", colonnes, rows, "Complémentarités")]


def _complement(contexte: Contexte, c: Complementarite) -> dict[str, Any]:
    return {
        "id": f"{c.code}-{c.champ}",
        "territoire": place(contexte, c.code),
        "champ": field_label(contexte, c.champ),
        "acteurs": ", ".join(c.acteurs),
        "niveaux": ", ".join(said(NIVEAUX, n) for n in c.niveaux),
        "services": ", ".join(service_label(s) for s in c.services),
        "carte": place_on_map(contexte, c.code, c.champ),
        "carte_libelle": "Voir sur la carte",
    }


def _directory(contexte: Contexte) -> list[Any]:
    acteurs = interventions.directory(contexte.frames, scope_of(contexte))
    territoire = (
        contexte.vue.nom or place(contexte, contexte.vue.territoire) if contexte.communes else "tout le périmètre"
    )
    titre = html.H2(f"Annuaire des acteurs : {territoire}")
    phrase = note("Des organismes seulement : ceux qui interviennent, signent ou sont financés. Aucun nom de personne.")
    if not acteurs:
        return [titre, phrase, note("Aucun sous ces filtres.")]
    colonnes = [
        colonne("acteur", "Organisme", minWidth=220),
        colonne("type", "Type"),
        colonne("champs", "Champs", minWidth=220),
        colonne("niveaux", "Niveaux", minWidth=160),
        colonne_nombre("existantes", "Interventions existantes"),
        colonne_nombre("potentielles", "Potentielles"),
        colonne_nombre("ctg", "Ctg signées"),
        colonne_nombre("conventions", "Conventions en cours"),
        colonne_carte(),
    ]
    rows = [_actor(contexte, a) for a in sorted(acteurs, key=lambda a: sort_key(a.nom))]
    return [titre, phrase, grid("acteurs", colonnes, rows, "Annuaire des acteurs"), download(contexte, "acteurs.csv")]


def _actor(contexte: Contexte, a: Acteur) -> dict[str, Any]:
    return {
        "id": a.nom,
        "acteur": a.nom,
        "type": upper_first(said(TYPES_ACTEUR, a.type)),
        "champs": field_labels(contexte, a.champs),
        "niveaux": ", ".join(said(NIVEAUX, n) for n in a.niveaux),
        "existantes": a.existantes,
        "potentielles": a.potentielles,
        "ctg": len(a.signataire),
        "conventions": a.conventions,
        "carte": map_of(contexte, a.communes, a.nom),
        "carte_libelle": "Voir sur la carte" if a.communes else "",
    }


def _without(*cles: str) -> Any:
    def of(row: Mapping[str, Any]) -> dict[str, Any]:
        return {k: v for k, v in row.items() if k not in cles}

    return of


def _intervention_rows(contexte: Contexte) -> list[dict[str, Any]]:
    liste = interventions.listed(contexte.frames, scope_of(contexte))
    return [_without("carte", "carte_libelle")(_row(contexte, i)) for i in liste]


def _actor_rows(contexte: Contexte) -> list[dict[str, Any]]:
    return [
        _without("id", "carte", "carte_libelle")(_actor(contexte, a))
        for a in interventions.directory(contexte.frames, scope_of(contexte))
    ]


SECTION = Section(
    "interventions",
    "Interventions",
    build,
    fichiers={"interventions.csv": csv_of(_intervention_rows), "acteurs.csv": csv_of(_actor_rows)},
)
