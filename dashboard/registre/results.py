"""Section « Résultats »: objective, baseline, now, target; what became of the actions; one evaluation per agreement."""

from typing import Any

from dash import html

from dashboard.registre import actions, objectives
from dashboard.registre.address import evaluation_href, href
from dashboard.registre.contract import Contexte, Feuille, Section
from dashboard.registre.parts import missing, note
from dashboard.registre.phrases import map_of_agreement
from dashboard.registre.pieces import csv_of, matrix, shown, silent
from dashboard.registre.wording import ETATS_ACTION, scope_of
from data.measures import results, scope
from layers.kit.texts import count, number

SIGNES_ACTION = {"prevue": "○", "engagee": "◐", "realisee": "●", "abandonnee": "×"}


def build(contexte: Contexte) -> Feuille:
    """Build the section."""
    manques = [
        missing(f"{table}.csv", sert)
        for table, sert in (
            ("objectifs", "les résultats ne sont pas connus"),
            ("actions", "l'avancement du plan d'actions n'est pas connu"),
        )
        if not contexte.frames.has(table)
    ]
    return Feuille(
        "Résultats",
        [
            *_one(contexte),
            *manques,
            *objectives.objectives(contexte),
            *_actions(contexte),
            *actions.action_list(contexte),
            *_evaluations(contexte),
        ],
    )


def _one(contexte: Contexte) -> list[Any]:
    """Say which agreement the page is about, where it is about one, and lead to the others."""
    if not contexte.ctg:
        return []
    toutes = html.A("Toutes les conventions", href=href(contexte, options={}))
    return [html.P([html.Strong(agreement_name(contexte, contexte.ctg)), " · ", toutes])]


def agreement_name(contexte: Contexte, ident: str) -> str:
    """Return the name of an agreement, its id where it has none."""
    lignes = contexte.frames["ctg"]
    nom = lignes.loc[lignes["id_ctg"] == ident, "nom"]
    return str(nom.iloc[0]) if len(nom) and nom.iloc[0] else ident


def _actions(contexte: Contexte) -> list[Any]:
    if not contexte.frames.has("actions"):
        return []
    portee = scope_of(contexte)
    liste = results.actions(contexte.frames, portee, contexte.ctg)
    titre = html.H2("Plans d'actions : où en sont les actions")
    if not liste:
        return [titre, note("Aucune action sous ces filtres.")]
    par_ctg: dict[str, list[results.Action]] = {}
    for action in liste:
        par_ctg.setdefault(action.id_ctg, []).append(action)
    lignes = [_plan(contexte, ident, tuple(siennes)) for ident, siennes in par_ctg.items()]
    tetes = [
        "Convention",
        *(f"{SIGNES_ACTION[e]} {dit}" for e, dit in ETATS_ACTION.items()),
        "Autre état",
        "À examiner",
        "Avancement",
        "Carte",
    ]
    phrase = note("« À examiner » : échéance passée alors que l'action est encore dite prévue ou engagée.")
    return [titre, phrase, matrix("Actions par état et par convention", tetes, lignes, "croise-actions")]


def _plan(contexte: Contexte, ident: str, siennes: tuple[results.Action, ...]) -> list[Any]:
    avancee = results.progress(siennes)
    nom = html.A(agreement_name(contexte, ident), href=href(contexte, "registre", {"ctg": ident}))
    faites = dict(avancee.etats)["realisee"]
    return [
        nom,
        *(number(n) for _, n in avancee.etats),
        number(avancee.autres),
        number(avancee.depassees),
        [bar(avancee), silent(f"{count(faites, 'action réalisée', 'actions réalisées')} sur {number(avancee.total)}")],
        html.A("Voir sur la carte", href=map_of_agreement(contexte, ident), className="vers-carte"),
    ]


def bar(avancee: results.Avancee) -> html.Span:
    """Draw the states of a plan as one strip of shapes, one per action: it needs no colour."""
    signes = "".join(SIGNES_ACTION[e] * n for e, n in reversed(avancee.etats)) + "·" * avancee.autres
    return shown(signes, "ruban")


def _evaluations(contexte: Contexte) -> list[Any]:
    idents = [contexte.ctg] if contexte.ctg else list(scope.agreements_asked(contexte.frames, scope_of(contexte)))
    signees = set(contexte.frames["ctg"].loc[contexte.frames["ctg"]["date_signature"].notna(), "id_ctg"])
    retenues = [i for i in idents if i in signees]
    titre = html.H2("Une page d'évaluation par convention")
    if not retenues:
        return [titre, note("Aucune convention signée sous ces filtres.")]
    return [titre, html.Ul([_evaluation(contexte, i) for i in retenues], className="liste")]


def _evaluation(contexte: Contexte, ident: str) -> html.Li:
    nom = agreement_name(contexte, ident)
    liens = [
        html.A(libelle, href=adresse, **{"aria-label": f"{nom} : {libelle}"})
        for libelle, adresse in (
            ("page", evaluation_href(contexte, ident, "html")),
            ("PDF", evaluation_href(contexte, ident, "pdf")),
            ("carte", map_of_agreement(contexte, ident)),
        )
    ]
    page = html.A(nom, href=href(contexte, "registre", {"ctg": ident}))
    return html.Li([page, " : ", *(part for lien in liens for part in (lien, " · "))][:-1])


SECTION = Section(
    "resultats",
    "Résultats",
    build,
    fichiers={"objectifs.csv": csv_of(objectives.rows), "actions.csv": csv_of(actions.rows)},
)
