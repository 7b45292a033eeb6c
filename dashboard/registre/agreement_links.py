"""What an agreement stands with: its renewals, the departmental agreement, schémas, conventions, documents."""

from typing import Any

from dash import html

from dashboard.registre.contract import Contexte
from dashboard.registre.parts import missing, note, table
from dashboard.registre.phrases import page_of, period, statut
from dashboard.registre.wording import TYPES_CONVENTION, field_labels, said
from data.measures.dossier import Dossier
from data.measures.register import Inscription
from layers.kit.texts import short_date, typeset, upper_first

NON_ECRIT = "non écrit"


def chain(contexte: Contexte, found: Dossier) -> list[Any]:
    """List the agreements that it renews and that renew it, in order."""
    if len(found.chaine) < 2:
        return [html.H2("Renouvellements"), note("Ni Ctg précédente ni suivante écrite dans le registre.")]
    items = []
    for x in found.chaine:
        here = x.id_ctg == contexte.ctg
        label = html.Strong(x.nom) if here else html.A(x.nom, href=page_of(contexte, x.id_ctg))
        items.append(html.Li([label, typeset(f" : {statut(x).lower()}, {period(x)}")]))
    return [html.H2("Renouvellements"), html.Ol(items, className="chaine")]


def references(contexte: Contexte, found: Dossier) -> list[Any]:
    """Name the departmental agreement in force and the schémas that it follows."""
    accords = [
        html.Li([html.A(a.nom, href=page_of(contexte, a.id_ctg)), typeset(f" : {period(a)}")])
        for a in found.departementaux
    ]
    if not accords and contexte.frames.jeu.demarche == "deux_echelons" and not _departmental(found):
        accords = [html.Li("Sans accord départemental en vigueur à cette date.")]
    schemas = [
        html.Li(
            [
                html.Strong(s.libelle or s.id),
                typeset(f" : {_years(s)}{'champs ' + field_labels(contexte, s.champs) if s.champs else ''}"),
                html.P(s.objectif, className="note"),
            ]
        )
        for s in found.schemas
    ]
    if not schemas:
        texte = "Aucun schéma en vigueur écrit sur ces champs et ces communes."
        schemas = [html.Li(texte if contexte.frames.has("schemas") else "La table schemas.csv manque.")]
    blocs: list[Any] = [html.H2("Accord départemental et schémas")]
    return [*blocs, *([html.Ul(accords)] if accords else []), html.Ul(schemas)]


def _departmental(found: Dossier) -> bool:
    return found.inscription.echelon is not None and found.inscription.echelon.value == "departemental"


def _years(s: Any) -> str:
    bornes = [str(d.year) for d in (s.date_debut, s.date_fin) if d]
    return f"{'-'.join(bornes)}, " if bornes else ""


def linked(contexte: Contexte, found: Dossier) -> list[Any]:
    """List the financing conventions that bear its id."""
    titre = "Conventions de financement liées"
    if not found.conventions:
        vide = "Aucune convention de financement ne porte l'identifiant de cette Ctg."
        return absent(contexte, titre, "conventions", "conventions.csv", vide)
    rows = [
        (
            upper_first(said(TYPES_CONVENTION, c.type)),
            field_labels(contexte, c.champs),
            short_date(c.date_debut) if c.date_debut else NON_ECRIT,
            short_date(c.date_fin) if c.date_fin else NON_ECRIT,
            c.id,
        )
        for c in found.conventions
    ]
    lead = note("Objets distincts de la Ctg, qui n'est pas un contrat de financement.")
    return [html.H2(titre), lead, table(titre, ("Type", "Champs", "Début", "Fin", "Identifiant"), rows)]


def documents(contexte: Contexte, e: Inscription) -> list[Any]:
    """Name the documents and the sources of its lines."""
    files = [s for s in contexte.frames.jeu.sources if s.fichier.startswith("ctg")]
    items = [html.Li(typeset(f"Document de la ligne : {e.source}"))] if e.source else []
    items += [
        html.Li(typeset(f"{s.titre} ({', '.join(x for x in (s.producteur, s.millesime, s.fichier) if x)})"))
        for s in files
    ]
    return [html.H2("Documents et sources"), html.Ul(items or [html.Li("Aucun document écrit.")])]


def absent(contexte: Contexte, titre: str, table: str, fichier: str, vide: str) -> list[Any]:
    """Say what is not there: nothing for this agreement, or no such table at all."""
    body = note(vide) if contexte.frames.has(table) else missing(fichier, f"elle porterait « {titre.lower()} »")
    return [html.H2(titre), body]
