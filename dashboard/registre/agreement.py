"""The page of one agreement: who, where, what, since when, and what the dataset holds of it."""

from collections.abc import Sequence
from typing import Any

from dash import html

from dashboard.registre.address import evaluation_href, file_href, href, map_href
from dashboard.registre.agreement_links import NON_ECRIT, absent, chain, documents, linked, references
from dashboard.registre.contract import Contexte, Feuille
from dashboard.registre.parts import note, table
from dashboard.registre.phrases import anomaly, echelon, map_of, names, perimeter, period, population, statut
from dashboard.registre.vignette import vignette
from dashboard.registre.wording import (
    ETATS_EVALUATION,
    SUITES,
    TYPES_ACTEUR,
    TYPES_EVALUATION,
    field_label,
    said,
)
from data.measures import anomalies, dossier
from data.measures.dossier import Dossier
from data.measures.perimeters import PartDeTerritoire
from data.measures.register import Evaluation, Inscription
from data.measures.scope import Portee
from data.model import Profil
from layers.kit.texts import count, enumerate_fr, long_date, noun, number, short_date, typeset, upper_first

ETATS_ACTION = {"prevue": "prévue", "engagee": "engagée", "realisee": "réalisée", "abandonnee": "abandonnée"}


def build(contexte: Contexte) -> Feuille:
    """Build the page of the agreement that the address asks for."""
    found = dossier.of_agreement(contexte.frames, contexte.ctg, contexte.vue.date)
    if found is None:
        return Feuille("Registre des Ctg", [note("Cette convention n'est pas dans ce jeu de données.")])
    e = found.inscription
    corps = [
        _head(contexte, e),
        *_to_examine(contexte, e),
        _columns(_identity(e), _perimeter(contexte, found)),
        *_parties(contexte, e),
        *_fields(contexte, found),
        *_actions(contexte, found),
        *_evaluations(contexte, e),
        *chain(contexte, found),
        *references(contexte, found),
        *linked(contexte, found),
        *documents(contexte, e),
    ]
    return Feuille(e.nom, corps)


def vignette_file(contexte: Contexte) -> bytes:
    """Draw the perimeter of the agreement asked for."""
    found = dossier.of_agreement(contexte.frames, contexte.ctg, contexte.vue.date)
    return vignette(contexte.frames, found.inscription.communes if found else ()).encode()


def _columns(*blocs: Any) -> html.Div:
    return html.Div([html.Div(bloc) for bloc in blocs], className="fiche-ctg")


def _head(contexte: Contexte, e: Inscription) -> html.Div:
    facts = ", ".join(part for part in (f"échelon {echelon(e).lower()}" if e.echelon else "", period(e)) if part)
    links = [html.A("Tout le registre", href=href(contexte, "registre"))]
    if e.communes:
        links.insert(0, html.A("Voir sur la carte", href=map_of(contexte, e.communes, e.nom), className="vers-carte"))
    return html.Div(
        [
            html.P([html.Span(statut(e), className="statut"), " ", typeset(upper_first(facts))]),
            html.P(f"Situation au {long_date(contexte.vue.date)}", className="note"),
            html.P([part for link in links for part in (link, " ")], className="fiche-liens"),
        ],
        className="fiche-ctg-tete",
    )


def _to_examine(contexte: Contexte, e: Inscription) -> list[Any]:
    found = [
        a for a in anomalies.of_entries(contexte.frames, Portee(contexte.vue.date)) if e.id_ctg in (a.id_ctg, a.autre)
    ]
    found = [a for a in found if a.id_ctg == e.id_ctg or a.communes]
    if not found:
        return []
    noms = names(contexte.frames, contexte.vue.date)
    items = [
        html.Li(
            [
                html.Strong(typeset(a.nature.libelle + (" (bloquant)" if a.nature.bloquante else "") + " : ")),
                anomaly(contexte.frames, a, noms),
            ]
        )
        for a in found
    ]
    return [html.H2("À examiner"), html.Ul(items, className="a-examiner")]


def _identity(e: Inscription) -> list[Any]:
    rows = [
        ("Diagnostic partagé", short_date(e.date_diagnostic) if e.date_diagnostic else "date non écrite"),
        ("Signature", short_date(e.date_signature) if e.date_signature else "pas encore signée"),
        ("Début", short_date(e.date_debut) if e.date_debut else NON_ECRIT),
        ("Fin", _end(e)),
        ("Habitants associés", e.habitants_associes or NON_ECRIT),
        ("Service référent", e.service_referent or NON_ECRIT),
        ("Évaluation", e.evaluation.libelle),
        ("Mise à jour de la ligne", short_date(e.date_maj) if e.date_maj else NON_ECRIT),
    ]
    return [html.H2("Repères"), html.Dl([p for t, v in rows for p in (html.Dt(t), html.Dd(v))], className="paires")]


def _end(e: Inscription) -> str:
    if e.date_fin is None:
        return NON_ECRIT
    return f"{short_date(e.date_fin)}{' (calculée)' if e.fin_calculee else ''}"


def _perimeter(contexte: Contexte, found: Dossier) -> list[Any]:
    e = found.inscription
    if not e.communes:
        return [html.H2("Périmètre"), note("Aucune commune n'est écrite dans son périmètre (ctg-communes.csv).")]
    phrase = f"{perimeter(contexte.frames, e.communes)} ; {population(e)}."
    picture = []
    if vignette(contexte.frames, e.communes):
        source = file_href(contexte, "perimetre.svg", {"ctg": e.id_ctg})
        picture = [html.Img(src=source, alt=f"Carte du périmètre : {phrase}", className="vignette")]
    lists = [_members(contexte, part, found.roles) for part in found.territoires]
    return [html.H2("Périmètre"), html.P(typeset(upper_first(phrase))), *picture, *lists]


def _members(contexte: Contexte, part: PartDeTerritoire, roles: Any) -> html.Details:
    noms = contexte.frames.noms
    title = noms.get(part.code, part.code) if part.code else "Communes sans Epci"
    items = [
        html.Li(
            [
                html.A(noms.get(c, c), href=map_href(contexte, c, communes=(), nom="")),
                " (signataire)" if "signataire" in roles.get(c, "") else "",
            ]
        )
        for c in sorted(part.communes, key=lambda c: noms.get(c, c))
    ]
    said_count = f"{title} : {count(len(part.communes), 'commune')} sur {number(part.total)}"
    return html.Details([html.Summary(typeset(said_count)), html.Ul(items, className="communes")])


def _parties(contexte: Contexte, e: Inscription) -> list[Any]:
    if not e.signataires:
        return absent(contexte, "Parties", "ctg_signataires", "ctg-signataires.csv", "Aucun signataire écrit.")
    rows = [
        (
            s.nom or upper_first(said(TYPES_ACTEUR, s.type)),
            upper_first(said(TYPES_ACTEUR, s.type)),
            short_date(s.date_deliberation) if s.date_deliberation else "date non écrite",
        )
        for s in e.signataires
    ]
    return [html.H2("Parties"), table("Parties de la convention", ("Signataire", "Type", "Délibération"), rows)]


def _fields(contexte: Contexte, found: Dossier) -> list[Any]:
    e = found.inscription
    if not e.champs:
        return absent(contexte, "Champs et priorités", "ctg_champs", "ctg-champs.csv", "Aucun champ écrit.")
    rows = [
        (
            html.A(c.libelle, href=href(contexte, "champs", champ=c.champ)) if _known(contexte, c.champ) else c.libelle,
            f"Priorité {c.priorite}" if c.priorite else NON_ECRIT,
            c.objectif or NON_ECRIT,
            "oui"
            if c.champ in found.champs_communs
            else "non"
            if found.departementaux
            else "sans accord départemental",
        )
        for c in sorted(e.champs, key=lambda c: (c.priorite or "9", c.libelle))
    ]
    heads = ("Champ", "Priorité", "Objectif", "Aussi dans l'accord départemental")
    if found.inscription.echelon and found.inscription.echelon.value == "departemental":
        rows, heads = [row[:3] for row in rows], heads[:3]  # type: ignore[misc,assignment]
    return [html.H2("Champs et priorités"), table("Champs, priorités et objectifs", heads, rows)]


def _known(contexte: Contexte, champ: str) -> bool:
    return contexte.frames.champ(champ) is not None


def _actions(contexte: Contexte, found: Dossier) -> list[Any]:
    if not found.actions:
        return absent(contexte, "Plan d'actions", "actions", "actions.csv", "Aucune action écrite.")
    counts = enumerate_fr(
        f"{number(n)} {noun(n, said(ETATS_ACTION, k)) if k else 'sans état'}" for k, n in found.actions_par_etat.items()
    )
    rows = [
        (
            a.libelle or a.id,
            field_label(contexte, a.champ),
            a.pilote or NON_ECRIT,
            upper_first(said(ETATS_ACTION, a.etat)) or NON_ECRIT,
            a.priorite,
            f"{short_date(a.date_debut) if a.date_debut else '…'} – {short_date(a.date_fin) if a.date_fin else '…'}",
        )
        for a in sorted(found.actions, key=lambda a: (a.priorite or "9", str(a.date_debut), a.id))
    ]
    heads = ("Action", "Champ", "Pilote", "État", "Priorité", "Calendrier")
    phrase = f"{count(len(rows), 'action')} : {counts}."
    return [html.H2("Plan d'actions"), html.P(typeset(phrase)), table("Actions du plan", heads, rows)]


def _evaluations(contexte: Contexte, e: Inscription) -> list[Any]:
    links = _one_page(contexte, e) if e.signee else []
    if not e.evaluations:
        vide = "Aucune évaluation écrite."
        return [*absent(contexte, "Évaluations", "ctg_evaluations", "ctg-evaluations.csv", vide), *links]
    heads = ("Évaluation", "Date", "État", "Suites", "Exigences supplémentaires")
    shown = table("Évaluations de la convention", heads, [_evaluation(v) for v in e.evaluations])
    return [html.H2("Évaluations"), shown, *links]


def _one_page(contexte: Contexte, e: Inscription) -> list[Any]:
    """Link to the evaluation on one page and to the results of the agreement."""
    links = (
        ("Objectifs et actions", href(contexte, "resultats", {"ctg": e.id_ctg})),
        ("Évaluation en une page", evaluation_href(contexte, e.id_ctg, "html")),
        ("La même en PDF", evaluation_href(contexte, e.id_ctg, "pdf")),
        ("En PDF pour un partenaire", evaluation_href(contexte, e.id_ctg, "pdf", Profil.PARTENAIRE)),
    )
    return [html.P([part for nom, lien in links for part in (html.A(nom, href=lien), " · ")][:-1])]


def _evaluation(v: Evaluation) -> Sequence[str]:
    return (
        upper_first(said(TYPES_EVALUATION, v.type)) or NON_ECRIT,
        short_date(v.date) if v.date else NON_ECRIT,
        upper_first(said(ETATS_EVALUATION, v.etat)),
        upper_first(said(SUITES, v.suites)),
        v.exigences,
    )
