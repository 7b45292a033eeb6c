"""Section « Conventions »: what each collectivité has signed, what is paid several times, what a Ctg takes up."""

from typing import Any

from dash import html

from dashboard.registre.address import href
from dashboard.registre.contract import Contexte, Feuille, Section
from dashboard.registre.conventions_timeline import timeline
from dashboard.registre.interventions import place_on_map
from dashboard.registre.parts import (
    colonne,
    colonne_carte,
    colonne_date,
    colonne_lien,
    colonne_nombre,
    grid,
    missing,
    note,
)
from dashboard.registre.pieces import cards, csv_of, download, euros, matrix
from dashboard.registre.wording import FONCTIONS, TYPES_CONVENTION, field_labels, place, said, scope_of
from data.measures import conventions
from data.measures.conventions import Bilan, Chevauchement, Compte, Convention
from layers.kit.table import sort_key
from layers.kit.texts import number, upper_first

_ABSENCE = "les conventions de financement ne sont pas connues"


def build(contexte: Contexte) -> Feuille:
    """Build the section."""
    titre = "Conventions à rationaliser"
    if not contexte.frames.has("conventions"):
        return Feuille(titre, [missing("conventions.csv", _ABSENCE)])
    portee = scope_of(contexte)
    liste = conventions.listed(contexte.frames, portee)
    if not liste:
        return Feuille(titre, [note("Aucune convention de financement sous ces filtres.")])
    return Feuille(
        titre,
        [
            *_balance(conventions.balance(conventions.counts(contexte.frames, portee))),
            *_several_times(contexte),
            *_people(liste),
            *timeline(contexte, liste),
            *_holders(contexte),
            *_inventory(contexte, liste),
        ],
    )


def _balance(bilan: Bilan) -> list[Any]:
    faits = [
        (number(bilan.collectivites), "collectivités signataires"),
        (number(bilan.en_cours), "conventions en cours au jour choisi"),
        (number(bilan.reprises), "dont reprises dans une Ctg"),
        (
            f"{number(bilan.avant)} → {number(bilan.depuis)}",
            "en cours la veille de la première Ctg, puis au jour choisi",
        ),
        (euros(bilan.montant), "inscrits aux conventions en cours"),
    ]
    return [
        cards(faits),
        note(
            f"« Avant → depuis » : les {number(bilan.avec_ctg)} collectivités dont une commune est ou a été "
            "couverte par une Ctg locale, et elles seules. Les montants sont ceux des conventions de financement, pour "
            "toute leur durée : ils ne sont pas ceux d'une Ctg."
            + (f" {number(bilan.sans_montant)} sans montant écrit." if bilan.sans_montant else "")
        ),
    ]


def _several_times(contexte: Contexte) -> list[Any]:
    trouves = conventions.overlaps(contexte.frames, scope_of(contexte))
    titre = html.H2("Fonctions transversales payées plusieurs fois en même temps")
    phrase = note(
        "Coordination, diagnostic, ingénierie, évaluation, copilotage, information : au moins deux conventions de la "
        "même collectivité, le même jour. À examiner ensemble : chacune peut porter sur un autre champ."
    )
    if not trouves:
        return [titre, phrase, html.P("Aucune sous ces filtres.")]
    colonnes = [
        colonne("collectivite", "Collectivité", minWidth=180),
        colonne("fonction", "Fonction"),
        colonne_date("debut", "Depuis"),
        colonne_date("fin", "Jusqu'au"),
        colonne("moment", "Au jour choisi"),
        colonne("conventions", "Conventions", minWidth=360),
        colonne_nombre("reprises", "Reprises dans une Ctg"),
        colonne_carte(),
    ]
    rows = [_overlap(contexte, c) for c in trouves]
    table = grid("chevauchements", colonnes, rows, "Fonctions transversales payées plusieurs fois")
    return [titre, phrase, table, download(contexte, "chevauchements.csv")]


def _overlap(contexte: Contexte, c: Chevauchement) -> dict[str, Any]:
    return {
        "id": f"{c.code}-{c.fonction}-{c.debut}",
        "collectivite": c.collectivite or place(contexte, c.code),
        "fonction": upper_first(said(FONCTIONS, c.fonction)),
        "debut": c.debut.isoformat() if c.debut else "",
        "fin": c.fin.isoformat() if c.fin else "",
        "moment": "▲ en cours" if c.en_cours else "passé" if c.fin and c.fin < contexte.vue.date else "à venir",
        "conventions": " ; ".join(_short(contexte, m) for m in c.conventions),
        "reprises": c.reprises,
        "carte": place_on_map(contexte, c.code, contexte.vue.champ),
        "carte_libelle": "Voir sur la carte",
    }


def _short(contexte: Contexte, c: Convention) -> str:
    champs = field_labels(contexte, c.champs)
    return f"{said(TYPES_CONVENTION, c.type)} – {champs} ({c.id}{', reprise dans une Ctg' if c.id_ctg else ''})"


def _people(liste: tuple[Convention, ...]) -> list[Any]:
    """Say the full-time equivalents of each transverse function (DOMAINE S70)."""
    lignes = [
        [upper_first(said(FONCTIONS, f)), number(n), f"{number(etp, 1)} ETP" if n > sans else "nd", number(sans)]
        for f, n, etp, sans in conventions.people(liste)
    ]
    if not lignes:
        return []
    titre = "Équivalents temps plein par fonction transversale"
    tetes = ["Fonction", "Conventions en cours", "ETP écrits", "Sans ETP écrit"]
    return [html.H2(titre), matrix(titre, tetes, lignes, "croise-moyens")]


def _holders(contexte: Contexte) -> list[Any]:
    comptes = conventions.counts(contexte.frames, scope_of(contexte))
    colonnes = [
        colonne("collectivite", "Collectivité", minWidth=200),
        colonne_nombre("en_cours", "En cours"),
        colonne_nombre("transversales", "dont fonctions transversales"),
        colonne_nombre("reprises", "dont reprises dans une Ctg"),
        colonne_nombre("total", "Toutes périodes"),
        colonne_date("premiere", "Première Ctg"),
        colonne_nombre("avant", "En cours la veille"),
        colonne_nombre("montant", "Montant inscrit, en cours (€)"),
        colonne_carte(),
    ]
    rows = sorted((_holder(contexte, c) for c in comptes), key=lambda row: sort_key(row["collectivite"]))
    table = grid("collectivites", colonnes, rows, "Conventions par collectivité")
    return [html.H2("Par collectivité"), table, download(contexte, "collectivites.csv")]


def _holder(contexte: Contexte, c: Compte) -> dict[str, Any]:
    return {
        "id": c.code or c.collectivite,
        "collectivite": c.collectivite or place(contexte, c.code),
        "en_cours": c.en_cours,
        "transversales": c.transversales,
        "reprises": c.reprises,
        "total": c.total,
        "premiere": c.premiere.isoformat() if c.premiere else "",
        "avant": c.avant,
        "montant": c.montant if c.en_cours > c.sans_montant else None,
        "carte": place_on_map(contexte, c.code, contexte.vue.champ),
        "carte_libelle": "Voir sur la carte",
    }


def _inventory(contexte: Contexte, liste: tuple[Convention, ...]) -> list[Any]:
    colonnes = [
        colonne("collectivite", "Collectivité", minWidth=180),
        colonne("type", "Type", minWidth=180),
        colonne("champ", "Champ", minWidth=160),
        colonne("nature", "Ce qu'elle finance", minWidth=200),
        colonne("fonction", "Fonction"),
        colonne_date("debut", "Du"),
        colonne_date("fin", "Au"),
        colonne("etat", "État"),
        colonne_nombre("montant", "Montant inscrit (€)"),
        colonne_nombre("etp", "ETP"),
        colonne_lien("ctg", "Reprise dans", "lien", minWidth=200),
        colonne_carte(),
    ]
    rows = [_row(contexte, c) for c in liste]
    phrase = note(
        "La lettre distingue la convention de la collectivité (projet, pilotage, diagnostic) et l'accompagnement du "
        "fonctionnement des structures : la colonne « Ce qu'elle finance » les tient à part."
    )
    table = grid("inventaire", colonnes, rows, "Inventaire des conventions")
    return [html.H2("Inventaire"), phrase, table, download(contexte, "conventions.csv")]


def _row(contexte: Contexte, c: Convention) -> dict[str, Any]:
    noms = dict(zip(contexte.frames["ctg"]["id_ctg"], contexte.frames["ctg"]["nom"], strict=True))
    nature = "Projet, pilotage, diagnostic" if c.transversale else "Fonctionnement des structures"
    return {
        "id": c.id,
        "collectivite": c.collectivite or place(contexte, c.code),
        "type": said(TYPES_CONVENTION, c.type),
        "champ": field_labels(contexte, c.champs),
        "nature": nature if c.fonction else "non précisé",
        "fonction": upper_first(said(FONCTIONS, c.fonction)),
        "debut": c.date_debut.isoformat() if c.date_debut else "",
        "fin": c.date_fin.isoformat() if c.date_fin else "",
        "etat": c.etat.libelle,
        "montant": c.montant_eur,
        "etp": c.etp,
        "ctg": noms.get(c.id_ctg, ""),
        "lien": href(contexte, "registre", {"ctg": c.id_ctg}) if c.id_ctg else "",
        "carte": place_on_map(contexte, c.code, contexte.vue.champ),
        "carte_libelle": "Voir sur la carte",
    }


_LIENS = ("lien", "carte", "carte_libelle")


def _plain(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{k: v for k, v in row.items() if k not in _LIENS} for row in rows]


def _inventory_rows(contexte: Contexte) -> list[dict[str, Any]]:
    return _plain([_row(contexte, c) for c in conventions.listed(contexte.frames, scope_of(contexte))])


def _overlap_rows(contexte: Contexte) -> list[dict[str, Any]]:
    return _plain([_overlap(contexte, c) for c in conventions.overlaps(contexte.frames, scope_of(contexte))])


def _holder_rows(contexte: Contexte) -> list[dict[str, Any]]:
    return _plain([_holder(contexte, c) for c in conventions.counts(contexte.frames, scope_of(contexte))])


SECTION = Section(
    "conventions",
    "Conventions",
    build,
    fichiers={
        "conventions.csv": csv_of(_inventory_rows),
        "chevauchements.csv": csv_of(_overlap_rows),
        "collectivites.csv": csv_of(_holder_rows),
    },
    sans_effet={"echelon": "une convention de financement n'a pas d'échelon de signature"},
)
