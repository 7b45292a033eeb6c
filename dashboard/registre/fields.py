"""Section « Champs »: what each territory names, has and may have, field by field; shared fields have no owner."""

from typing import Any

from dash import html

from dashboard.registre.address import href, map_href
from dashboard.registre.contract import Contexte, Feuille, Section
from dashboard.registre.parts import missing, note
from dashboard.registre.pieces import csv_of, download, matrix, shown, silent
from dashboard.registre.roles import role_matrix
from dashboard.registre.wording import place, scope_of
from data.measures import fields
from data.measures.fields import Case
from data.model import Champ, Maille
from layers.kit.table import sort_key
from layers.kit.texts import count, enumerate_fr, lower_first, number, sentence_of

PRIORITES = {"1": ("●", "priorité 1"), "2": ("◐", "priorité 2"), "3": ("○", "priorité 3"), "0": ("◌", "champ nommé")}
PAR_CTG = "ctg"
COUCHES = ("couverture_ctg", "densite_services")


def build(contexte: Contexte) -> Feuille:
    """Build the section."""
    frames = contexte.frames
    manques = [
        missing(fichier, sert)
        for table, fichier, sert in (
            ("ctg_champs", "ctg-champs.csv", "les priorités des conventions ne sont pas connues"),
            ("interventions", "interventions.csv", "qui fait quoi n'est pas connu"),
            ("services", "services.csv", "les services ouverts ne sont pas comptés"),
        )
        if not frames.has(table)
    ]
    return Feuille(
        "Champs thématiques",
        [*manques, *_matrix(contexte), *_absent(contexte), *_shared(contexte)],
    )


def _matrix(contexte: Contexte) -> list[Any]:
    champs = fields.asked_fields(contexte.frames, scope_of(contexte))
    par_ctg = contexte.options.get("par") == PAR_CTG
    lignes = _agreements(contexte) if par_ctg else _territories(contexte)
    if not lignes:
        return [html.H2("Champs par convention"), note("Aucune convention en vigueur sous ces filtres.")]
    titre = "Champs par convention en vigueur" if par_ctg else "Champs par territoire"
    tetes = ["Convention" if par_ctg else "Territoire", *(c.libelle for c in champs)]
    return [
        html.H2(titre),
        _switch(contexte, par_ctg=par_ctg),
        _legend(services=contexte.frames.has("services")),
        matrix(titre, tetes, lignes, "croise-champs"),
        download(contexte, "champs.csv"),
    ]


def _switch(contexte: Contexte, *, par_ctg: bool) -> html.P:
    choices: tuple[tuple[str, dict[str, str], bool], ...] = (
        ("Par territoire", {}, not par_ctg),
        ("Par convention", {"par": PAR_CTG}, par_ctg),
    )
    return html.P(
        [
            html.A(libelle, href=href(contexte, None, options), **({"aria-current": "true"} if ici else {}))
            for libelle, options, ici in choices
        ],
        className="bascule",
    )


def _legend(*, services: bool) -> html.P:
    signes = [f"{signe} {dit}" for signe, dit in PRIORITES.values()]
    signes += ["▲ interventions existantes", "△ interventions potentielles ou à venir"]
    return note(" ; ".join([*signes, *(["nombre seul : services ouverts"] if services else [])]))


def _ordered(contexte: Contexte) -> list[fields.Ligne]:
    """Return the territories in alphabetical order, the départements first."""
    lignes = fields.matrix(contexte.frames, scope_of(contexte))
    return sorted(lignes, key=lambda x: (x.maille is not Maille.DEPARTEMENT, sort_key(place(contexte, x.code))))


def _territories(contexte: Contexte) -> list[list[Any]]:
    lignes = []
    for ligne in _ordered(contexte):
        nom = place(contexte, ligne.code)
        dit = f"{nom}, échelon départemental" if ligne.maille is Maille.DEPARTEMENT else nom
        tete = html.A(dit, href=map_href(contexte, ligne.code, maille=ligne.maille))
        vue = {"maille": ligne.maille, "couches": COUCHES}
        lignes.append(
            [
                tete,
                *(_cell(contexte, dit, c, map_href(contexte, ligne.code, champ=c.champ, **vue)) for c in ligne.cases),
            ]
        )
    return lignes


def _agreements(contexte: Contexte) -> list[list[Any]]:
    noms = dict(zip(contexte.frames["ctg"]["id_ctg"], contexte.frames["ctg"]["nom"], strict=True))
    lignes = []
    for ident, cases in fields.by_agreement(contexte.frames, scope_of(contexte)):
        adresse = href(contexte, "registre", {"ctg": ident})
        nom = noms[ident] or ident
        lignes.append([html.A(nom, href=adresse), *(_cell(contexte, nom, c, adresse) for c in cases)])
    return lignes


def _cell(contexte: Contexte, nom: str, case: Case, adresse: str) -> Any:
    """Show one field of one territory: shapes for the eye, words for who listens, one link for both."""
    signe, priorite = PRIORITES.get(case.priorite, ("", ""))
    vus = [
        *([shown(signe, f"priorite priorite-{case.priorite}")] if signe else []),
        *([shown(f"▲{number(case.existantes)}")] if case.existantes else []),
        *([shown(f"△{number(case.potentielles)}")] if case.potentielles else []),
        *([shown(number(case.services), "discret")] if case.services else []),
    ]
    champ = contexte.frames.champ(case.champ)
    quoi = ", ".join(_words(case, priorite)) or "rien de recensé"
    dit = f"{champ.libelle if champ else case.champ}, {nom} : {quoi}"
    return html.A([*(vus or [shown("–", "discret")]), silent(dit)], href=adresse, className="case", title=dit)


def _words(case: Case, priorite: str) -> list[str]:
    return [
        *([priorite] if priorite else []),
        *([count(case.existantes, "intervention existante", "interventions existantes")] if case.existantes else []),
        *([count(case.potentielles, "potentielle ou à venir", "potentielles ou à venir")] if case.potentielles else []),
        *([count(case.services, "service ouvert", "services ouverts")] if case.services else []),
    ]


def _absent(contexte: Contexte) -> list[Any]:
    if not contexte.frames.has("ctg_champs"):
        return []
    absents = fields.absent(contexte.frames, scope_of(contexte))
    titre = html.H2("Champs qu'aucune convention en vigueur ne nomme")
    if not absents:
        return [titre, note("Aucun : chaque champ est nommé par une convention en vigueur au moins.")]
    return [titre, html.P(sentence_of([enumerate_fr(lower_first(c.libelle) for c in absents)]))]


def _shared(contexte: Contexte) -> list[Any]:
    if not contexte.frames.has("interventions"):
        return []
    champs = tuple(c for c in fields.shared(contexte.frames) if contexte.vue.champ in ("tous", c.id))
    titre = html.H2("Compétences partagées, sans chef de file désigné")
    if not champs:
        return [titre, note("Le champ choisi n'est pas de ceux que la lettre cite comme partagés.")]
    phrase = note(
        "La lettre de 2013 cite la parentalité, la petite enfance, le temps libre et les familles vulnérables : "
        "plusieurs acteurs y interviennent, aucun n'en est le chef de file."
    )
    return [titre, phrase, role_matrix(contexte, champs, "Acteurs des compétences partagées")]


def _rows(contexte: Contexte) -> list[dict[str, Any]]:
    """Return the matrix of territories as rows of a file: one per territory and field."""
    noms: dict[str, Champ] = {c.id: c for c in contexte.frames.champs}
    return [
        {
            "code_territoire": ligne.code,
            "territoire": place(contexte, ligne.code),
            "maille": ligne.maille.value,
            "champ": noms[c.champ].libelle,
            "priorite": PRIORITES.get(c.priorite, ("", "non nommé"))[1],
            "conventions": "|".join(c.accords),
            "interventions_existantes": c.existantes,
            "interventions_potentielles": c.potentielles,
            "services_ouverts": c.services,
        }
        for ligne in _ordered(contexte)
        for c in ligne.cases
    ]


SECTION = Section("champs", "Champs", build, parametres=("par",), fichiers={"champs.csv": csv_of(_rows)})
