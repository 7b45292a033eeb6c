"""Section « Résultats »: objective, baseline, now, target; what became of the actions; one evaluation per agreement."""

from typing import Any

from dash import html

from dashboard.registre import actions
from dashboard.registre.address import evaluation_href, href
from dashboard.registre.contract import Contexte, Feuille, Section
from dashboard.registre.parts import colonne, colonne_carte, colonne_lien, colonne_nombre, grid, missing, note
from dashboard.registre.phrases import map_of_agreement
from dashboard.registre.pieces import cards, csv_of, download, matrix, shown, silent
from dashboard.registre.wording import ETATS_ACTION, field_label, scope_of
from data.measures import indicators, results, scope
from data.measures.results import Resultat, Tendance
from layers.kit.texts import FINE, count, number, percent

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
            *_objectives(contexte),
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


def _objectives(contexte: Contexte) -> list[Any]:
    if not contexte.frames.has("objectifs"):
        return []
    liste = results.objectives(contexte.frames, scope_of(contexte), contexte.ctg)
    titre = html.H2("Objectifs : départ, aujourd'hui, objectif")
    if not liste:
        return [titre, note("Aucun objectif chiffré sous ces filtres.")]
    colonnes = [
        colonne_lien("ctg", "Convention", "lien", minWidth=220),
        colonne("champ", "Champ"),
        colonne("libelle", "Indicateur", minWidth=240),
        colonne("depart", "Départ"),
        colonne("actuel", "Dernière valeur"),
        colonne("cible", "Objectif"),
        colonne("sens", "Sens voulu"),
        colonne("tendance", "Tendance", minWidth=200),
        colonne_nombre("avancement", "Avancement (%)"),
        colonne_carte(),
    ]
    rows = [_row(contexte, r) for r in liste]
    regle = note(
        "Avancement = (dernière valeur − départ) ÷ (objectif − départ) ; il peut dépasser 100 % ou être négatif, et "
        "n'est pas donné quand un terme manque ou quand l'objectif est égal au départ. Une évolution n'est pas un "
        "effet : rien ici ne dit que la convention en est la cause."
    )
    return [
        titre,
        *_balance(liste),
        regle,
        grid("objectifs", colonnes, rows, "Objectifs"),
        download(contexte, "objectifs.csv"),
    ]


def _balance(liste: tuple[Resultat, ...]) -> list[Any]:
    faits = [(number(len(liste)), "objectifs chiffrés")]
    faits += [(number(sum(r.tendance is t for r in liste)), f"{t.signe} {t.libelle}") for t in Tendance]
    faits.append((number(sum(r.atteint is True for r in liste)), "objectifs atteints ou dépassés"))
    return [cards(faits)]


def _row(contexte: Contexte, r: Resultat) -> dict[str, Any]:
    return {
        "id": r.id,
        "ctg": agreement_name(contexte, r.id_ctg),
        "lien": href(contexte, "registre", {"ctg": r.id_ctg}),
        "champ": field_label(contexte, r.champ),
        "libelle": r.libelle + (" (sens et objectif se contredisent dans le fichier)" if r.contraire else ""),
        "depart": point(r.depart.valeur, r.depart.annee),
        "actuel": "postérieure au jour choisi" if r.a_venir else point(r.actuel.valeur, r.actuel.annee),
        "cible": point(r.cible.valeur, r.cible.annee),
        "sens": {"hausse": "↗ hausse", "baisse": "↘ baisse"}.get(r.sens, "non précisé"),
        "tendance": f"{r.tendance.signe} {r.tendance.libelle}",
        "avancement": None if r.avancement is None else round(100 * r.avancement, 1),
        "carte": map_of_agreement(contexte, r.id_ctg, champ=r.champ, **_indicator(contexte, r.indicateur)),
        "carte_libelle": "Voir sur la carte",
    }


def point(valeur: float | None, annee: int | None) -> str:
    """Write a value and its year: « 53,3 (2019) »."""
    if valeur is None:
        return "nd"
    return number(valeur) + (f" ({annee})" if annee else "")


def agreement_name(contexte: Contexte, ident: str) -> str:
    """Return the name of an agreement, its id where it has none."""
    lignes = contexte.frames["ctg"]
    nom = lignes.loc[lignes["id_ctg"] == ident, "nom"]
    return str(nom.iloc[0]) if len(nom) and nom.iloc[0] else ident


def _indicator(contexte: Contexte, indicateur: str) -> dict[str, Any]:
    """Return what the map must show beside coverage: the indicator of an objective, where the dataset holds it."""
    if indicateur not in indicators.listed(contexte.frames):
        return {}
    return {"couches": ("couverture_ctg", "indicateur"), "indicateur": indicateur}


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


def _rows(contexte: Contexte) -> list[dict[str, Any]]:
    return [
        {
            "id_objectif": r.id,
            "id_ctg": r.id_ctg,
            "convention": agreement_name(contexte, r.id_ctg),
            "champ": field_label(contexte, r.champ),
            "indicateur": r.libelle,
            "depart": r.depart.valeur,
            "annee_depart": r.depart.annee,
            "derniere_valeur": r.actuel.valeur,
            "annee": r.actuel.annee,
            "objectif": r.cible.valeur,
            "annee_objectif": r.cible.annee,
            "sens": r.sens,
            "tendance": r.tendance.libelle,
            "avancement": "" if r.avancement is None else percent(100 * r.avancement).replace(FINE, ""),
        }
        for r in results.objectives(contexte.frames, scope_of(contexte), contexte.ctg)
    ]


SECTION = Section(
    "resultats", "Résultats", build, fichiers={"objectifs.csv": csv_of(_rows), "actions.csv": csv_of(actions.rows)}
)
