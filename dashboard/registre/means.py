"""Section « Moyens »: means mobilised on the territory, each kind apart, per inhabitant and per foyer allocataire."""

from collections.abc import Callable
from typing import Any

from dash import html

from dashboard.registre.address import href, map_href
from dashboard.registre.contract import Contexte, Feuille, Section
from dashboard.registre.means_territories import territories_table
from dashboard.registre.parts import note
from dashboard.registre.pieces import csv_of, download, euros, figure, matrix
from dashboard.registre.wording import place, scope_of
from data.measures import means
from data.measures.means import Chiffre, Inscrits, Montant, Moyens
from data.model import Blanc
from layers.kit.texts import count, lower_first, number, upper_first

GROUPES = {
    "collectivites": "Collectivités (communes, Epci, syndicats, conseil départemental)",
    "caf": "Caf",
    "autres": "Autres partenaires (État, Msa, Cpam, associations…)",
    "potentielle": "Toutes les interventions potentielles ou à venir",
    "conventions": "Conventions de financement en cours",
}
PARTIES = frozenset({means.LOGEMENT})
"""Amounts that are part of the one told before them."""
ANNEE = "annee"


def build(contexte: Contexte) -> Feuille:
    """Build the section."""
    portee, annee = scope_of(contexte), year_of(contexte)
    moyens = means.of_scope(contexte.frames, portee, annee)
    ou = contexte.vue.nom or place(contexte, contexte.vue.territoire) if contexte.communes else contexte.frames.jeu.nom
    return Feuille(
        f"Moyens mobilisés sur le territoire : {ou}",
        [
            note(
                "Trois sortes de moyens, jamais additionnées : une convention territoriale globale n'est pas une "
                "enveloppe, et ces montants ne sont pas les siens."
            ),
            *_amounts(contexte, moyens, annee),
            *_by_year(contexte),
            *territories_table(contexte, annee),
            *_written(contexte, moyens),
            *_people(moyens),
            *_partners(moyens),
            download(contexte, "moyens.csv"),
        ],
    )


def year_of(contexte: Contexte) -> int | None:
    """Return the year of the amounts: the one that the address asks for, else that of the day."""
    demandee = contexte.options.get(ANNEE, "")
    connues = means.years(contexte.frames)
    if demandee.isdecimal() and int(demandee) in connues:
        return int(demandee)
    return means.year_of(contexte.frames, contexte.vue.date.year)


def _amounts(contexte: Contexte, moyens: Moyens, annee: int | None) -> list[Any]:
    titre = html.H2("Moyens financiers de la branche Famille")
    if not moyens.montants:
        phrase = "Le jeu de données ne porte ni prestations légales ni action sociale (indicateurs.csv)."
        return [titre, note(phrase)]
    lignes = [_amount(contexte, m) for m in moyens.montants]
    tetes = ["Montant versé", f"En {annee}", "Par habitant", "Par foyer allocataire"]
    manque = [i for i in (means.PRESTATIONS, means.ACTION_SOCIALE) if i not in means.has_amounts(contexte.frames)]
    return [
        titre,
        _years(contexte, annee),
        matrix(f"Moyens financiers de la branche Famille en {annee}", tetes, lignes, "croise-moyens"),
        *(note(f"{means.label(contexte.frames, i)} : absent de ce jeu de données.") for i in manque),
        *_blanks(moyens),
        note(
            "Par habitant et par foyer allocataire : somme des montants divisée par somme des habitants ou des foyers, "
            "sur les communes qui ont les deux."
        ),
    ]


def _years(contexte: Contexte, annee: int | None) -> html.P:
    liens = [
        html.A(str(a), href=href(contexte, None, {ANNEE: str(a)}), **({"aria-current": "true"} if a == annee else {}))
        for a in means.years(contexte.frames)
    ]
    return html.P(["Année : ", *liens], className="bascule")


def _amount(contexte: Contexte, m: Montant) -> list[Any]:
    libelle = amount_label(contexte, m.indicateur)
    carte = map_href(
        contexte, contexte.vue.territoire, couches=("couverture_ctg", "indicateur"), indicateur=m.indicateur
    )
    tete = html.A(libelle, href=carte)
    return [tete, figure(m.total), figure(m.par_habitant, 2), figure(m.par_allocataire, 2)]


def amount_label(contexte: Contexte, indicateur: str) -> str:
    """Name an amount: « dont aides au logement » for one that is part of the former."""
    libelle = means.label(contexte.frames, indicateur)
    return f"dont {lower_first(libelle)}" if indicateur in PARTIES else libelle


def _blanks(moyens: Moyens) -> list[Any]:
    """Say what each blank means, and how many communes stand outside a sum."""
    chiffres = [c for m in moyens.montants for c in (m.total, m.par_habitant, m.par_allocataire)]
    dits = sorted({Blanc(c.statut).libelle for c in chiffres if c.statut})
    hors = max((c.sans_valeur for c in chiffres), default=0)
    autres = sorted(
        {c.annee_denominateur for c in chiffres if c.annee_denominateur and c.annee_denominateur != c.annee}
    )
    return [
        *([note("Blancs : " + " ; ".join(dits) + ".")] if dits else []),
        *([note(f"{count(hors, 'commune')} sans valeur, hors des deux termes.")] if hors else []),
        *([note(f"Dénominateur de {', '.join(map(str, autres))}.")] if autres else []),
    ]


def _by_year(contexte: Contexte) -> list[Any]:
    annees = means.years(contexte.frames)
    if len(annees) < 2:
        return []
    portee, blocs = scope_of(contexte), []
    for indicateur in means.has_amounts(contexte.frames):
        par_an = dict(means.by_year(contexte.frames, portee, indicateur))
        lignes = [[libelle, *(lu(par_an[a]) if a in par_an else "nd" for a in annees)] for libelle, lu in _LUS]
        titre = f"{upper_first(amount_label(contexte, indicateur))}, par année"
        blocs += [html.H3(titre), matrix(titre, ["Mesure", *map(str, annees)], lignes, "croise-moyens")]
    return [html.H2("Par année"), *blocs]


_LUS: tuple[tuple[str, Callable[[Montant], Any]], ...] = (
    ("Montant", lambda m: figure(m.total)),
    ("Par habitant", lambda m: figure(m.par_habitant, 2)),
    ("Par foyer allocataire", lambda m: figure(m.par_allocataire, 2)),
)


def _written(contexte: Contexte, moyens: Moyens) -> list[Any]:
    blocs = [*moyens.interventions, moyens.potentielles, moyens.conventions]
    titre = html.H2("Montants inscrits aux interventions et aux conventions")
    presentes = [
        b for b in blocs if contexte.frames.has("conventions" if b.groupe == "conventions" else "interventions")
    ]
    if not presentes:
        return [titre, note("Les tables interventions.csv et conventions.csv manquent dans ce jeu de données.")]
    lignes = [
        [
            GROUPES[b.groupe],
            number(b.nombre),
            euros(b.montant_eur) if b.nombre > b.sans_montant else "nd",
            number(b.sans_montant),
        ]
        for b in presentes
    ]
    phrase = note(
        "Ce qui est écrit sur chaque intervention ou convention en cours au jour choisi, pour toute sa durée : ces "
        "montants ne sont pas annuels et peuvent se recouvrir (une convention finance une intervention) ; une "
        "intervention plus large que le territoire y est pour son montant entier. Ils ne s'additionnent ni entre eux "
        "ni avec les précédents."
    )
    tetes = ["Qui", "Nombre", "Montant inscrit", "Sans montant écrit"]
    return [titre, phrase, matrix("Montants inscrits", tetes, lignes, "croise-moyens")]


def _people(moyens: Moyens) -> list[Any]:
    blocs = [b for b in (*moyens.interventions, moyens.potentielles, moyens.conventions) if b.nombre]
    titre = html.H2("Moyens humains")
    if not blocs:
        return [titre, note("Aucune intervention recensée sous ces filtres.")]
    lignes = [
        [GROUPES[b.groupe], f"{number(b.etp, 1)} ETP" if b.nombre > b.sans_etp else "nd", number(b.sans_etp)]
        for b in blocs
    ]
    return [
        titre,
        matrix("Moyens humains", ["Qui", "Équivalents temps plein", "Sans ETP écrit"], lignes, "croise-moyens"),
    ]


def _partners(moyens: Moyens) -> list[Any]:
    p = moyens.partenariat
    faits = [
        count(p.organisations, "organisme recensé", "organismes recensés"),
        f"dont {count(p.signataires, 'signataire')} d'une Ctg en vigueur",
        count(p.accords, "Ctg en vigueur", "Ctg en vigueur"),
        count(p.conventions, "convention de financement en cours", "conventions de financement en cours"),
    ]
    return [html.H2("Moyens partenariaux"), html.Ul([html.Li(f) for f in faits], className="liste")]


def _cell(chiffre: Chiffre) -> Any:
    return chiffre.valeur if chiffre.valeur is not None else {"secret": "s."}.get(chiffre.statut, chiffre.statut)


def _rows(contexte: Contexte) -> list[dict[str, Any]]:
    portee = scope_of(contexte)
    rows = [
        {
            "moyen": means.label(contexte.frames, i),
            "annee": annee,
            "montant_eur": _cell(m.total),
            "eur_par_habitant": _cell(m.par_habitant),
            "eur_par_foyer_allocataire": _cell(m.par_allocataire),
            "nombre": None,
            "etp": None,
        }
        for i in means.has_amounts(contexte.frames)
        for annee, m in means.by_year(contexte.frames, portee, i)
    ]
    moyens = means.of_scope(contexte.frames, portee, year_of(contexte))
    return [*rows, *(_written_row(b) for b in (*moyens.interventions, moyens.potentielles, moyens.conventions))]


def _written_row(bloc: Inscrits) -> dict[str, Any]:
    montant = bloc.montant_eur if bloc.nombre > bloc.sans_montant else "manquant"
    etp = bloc.etp if bloc.nombre > bloc.sans_etp else "manquant"
    return {
        "moyen": f"Inscrit : {GROUPES[bloc.groupe]}",
        "annee": None,
        "montant_eur": montant,
        "eur_par_habitant": None,
        "eur_par_foyer_allocataire": None,
        "nombre": bloc.nombre,
        "etp": etp,
    }


SECTION = Section("moyens", "Moyens", build, parametres=(ANNEE,), fichiers={"moyens.csv": csv_of(_rows)})
