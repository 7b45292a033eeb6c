"""Section « Registre »: all agreements in a table, and a page each."""

from collections import Counter
from typing import Any

from dash import html

from dashboard.registre import agreement
from dashboard.registre.address import file_href
from dashboard.registre.contract import Contexte, Feuille, Section
from dashboard.registre.parts import colonne, colonne_carte, colonne_date, colonne_lien, colonne_nombre, grid, missing
from dashboard.registre.phrases import echelon, map_of, names, page_of, statut, territories_label
from dashboard.registre.pieces import csv_of
from dashboard.registre.wording import scope_of
from data.measures import anomalies, register
from data.measures.register import Inscription
from layers.kit.table import sort_key
from layers.kit.texts import count, enumerate_fr, long_date, noun, number, typeset

TABLE = "ctg.csv"
NOM = {"width": 215, "suppressAutoSize": True, "suppressSizeToFit": True, "wrapText": True, "autoHeight": True}
STATUTS = {
    "En vigueur": ("en vigueur", "en vigueur"),
    "À renouveler": ("à renouveler", "à renouveler"),
    "À venir": ("à venir", "à venir"),
    "En préparation": ("en préparation", "en préparation"),
    "Échue": ("échue", "échues"),
    "Renouvelée": ("renouvelée", "renouvelées"),
    "Pas de démarche": ("sans démarche engagée", "sans démarche engagée"),
}


def build(contexte: Contexte) -> Feuille:
    """Build the table, or the page of the agreement that the address asks for."""
    if contexte.ctg:
        return agreement.build(contexte)
    if not contexte.frames.has("ctg"):
        return Feuille(
            "Registre des Ctg", [missing(TABLE, "elle porte les conventions, leurs dates et leurs échelons")]
        )
    lignes = rows(contexte)
    colonnes = [
        colonne_lien("nom", "Convention", "page", pinned="left", **NOM),
        colonne("statut", "Statut"),
        colonne_carte(),
        colonne("echelon", "Échelon"),
        colonne_date("debut", "Début"),
        colonne_date("fin", "Fin", valueFormatter={"function": "atlasFin(params)"}, minWidth=120),
        colonne("territoires", "Territoires"),
        colonne_nombre("communes", "Communes"),
        colonne_nombre("population", "Habitants"),
        colonne("a_examiner", "À examiner"),
        colonne("diagnostic", "Diagnostic"),
        colonne("evaluation", "Évaluation"),
        colonne("renouvellement", "Renouvellement"),
        colonne("champs", "Champs"),
        colonne("parties", "Signataires"),
        colonne_date("signature", "Signature"),
    ]
    table = grid("registre", colonnes, lignes, "Registre des Ctg", recherche="Chercher dans le registre")
    return Feuille("Registre des Ctg", [summary(contexte, lignes), table, csv_link(contexte)])


def summary(contexte: Contexte, lignes: list[dict[str, Any]]) -> html.P:
    """Say how many agreements there are, by status."""
    if not lignes:
        return html.P("Aucune convention ne répond à ces filtres.")
    compte = Counter(ligne["statut"] for ligne in lignes)
    par_statut = enumerate_fr(
        f"{number(compte[s])} {noun(compte[s], *mots)}" for s, mots in STATUTS.items() if compte[s]
    )
    phrase = f"{count(len(lignes), 'convention')} au {long_date(contexte.vue.date)} : {par_statut}."
    return html.P(typeset(phrase))


def csv_link(contexte: Contexte) -> html.P:
    """Link to the table as a file."""
    return html.P(html.A("Enregistrer le tableau (CSV)", href=file_href(contexte, "registre.csv")))


def rows(contexte: Contexte) -> list[dict[str, Any]]:
    """Return the rows of the table, in alphabetical order without articles."""
    frames = contexte.frames
    portee = scope_of(contexte)
    signalees: dict[str, list[str]] = {}
    for a in anomalies.of_entries(frames, portee):
        signalees.setdefault(a.id_ctg, []).append(a.nature.libelle)
    noms = names(frames, portee.jour)
    trouvees = sorted(register.entries(frames, portee), key=lambda e: (sort_key(e.nom), e.id_ctg))
    return [_row(contexte, e, noms, signalees.get(e.id_ctg, [])) for e in trouvees]


def _row(contexte: Contexte, e: Inscription, noms: dict[str, str], signalees: list[str]) -> dict[str, Any]:
    return {
        "id": e.id_ctg,
        "nom": e.nom,
        "statut": statut(e),
        "echelon": echelon(e),
        "territoires": territories_label(contexte.frames, e.communes),
        "communes": len(e.communes),
        "population": e.population,
        "signature": _iso(e.date_signature),
        "debut": _iso(e.date_debut),
        "fin": _iso(e.date_fin),
        "fin_calculee": e.fin_calculee,
        "champs": ", ".join(dict.fromkeys(c.libelle for c in e.champs)),
        "parties": ", ".join(s.nom or s.type for s in e.signataires),
        "diagnostic": "oui" if e.date_diagnostic else "non écrit",
        "evaluation": e.evaluation.libelle,
        "renouvellement": renewal(e, noms),
        "a_examiner": " ; ".join(signalees),
        "page": page_of(contexte, e.id_ctg),
        "carte": map_of(contexte, e.communes, e.nom),
        "carte_libelle": "Voir sur la carte" if e.communes else "",
    }


def renewal(e: Inscription, noms: dict[str, str]) -> str:
    """Say what it renews and what renews it."""
    faits = [f"{number(e.generation)}e de sa suite"] if e.generation > 1 else []
    if e.suivantes:
        faits.append(f"suivie de {enumerate_fr(noms.get(i, i) for i in e.suivantes)}")
    return ", ".join(faits)


def _iso(jour: Any) -> str:
    return jour.isoformat() if jour else ""


_CSV = {
    "id": "Identifiant",
    "nom": "Convention",
    "statut": "Statut",
    "echelon": "Échelon",
    "territoires": "Territoires",
    "communes": "Communes",
    "population": "Habitants",
    "signature": "Signature",
    "debut": "Début",
    "fin": "Fin",
    "fin_calculee": "Fin calculée",
    "champs": "Champs",
    "parties": "Signataires",
    "diagnostic": "Diagnostic",
    "evaluation": "Évaluation",
    "renouvellement": "Renouvellement",
    "a_examiner": "À examiner",
}


def csv_rows(contexte: Contexte) -> list[dict[str, Any]]:
    """Return the rows of the file: those of the table, each with the day they are told at."""
    jour = {"Situation au": contexte.vue.date.isoformat()}
    return [
        {_CSV[c]: ("oui" if v is True else "non" if v is False else v) for c, v in ligne.items() if c in _CSV} | jour
        for ligne in rows(contexte)
    ]


SECTION = Section(
    "registre",
    "Registre",
    build,
    fichiers={"registre.csv": csv_of(csv_rows), "perimetre.svg": agreement.vignette_file},
)
