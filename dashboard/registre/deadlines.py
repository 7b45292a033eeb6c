"""Section « Échéances »: what ends when, what to look at, times without an agreement or with two."""

from collections.abc import Sequence
from typing import Any

from dash import html

from dashboard.registre.address import file_href
from dashboard.registre.calendar import calendar
from dashboard.registre.contract import Contexte, Feuille, Section
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
from dashboard.registre.phrases import anomaly, echelon, map_of, names, page_of, territories_label
from dashboard.registre.pieces import cards, csv_of
from dashboard.registre.timeline import timeline
from dashboard.registre.wording import scope_of
from data.measures import anomalies, deadlines, register
from data.measures.anomalies import Anomalie
from data.measures.deadlines import Ecart, Echeance
from layers.kit.texts import enumerate_fr, long_date, noun, number, typeset

TITRE = "Échéances"


def build(contexte: Contexte) -> Feuille:
    """Build the section."""
    frames, portee = contexte.frames, scope_of(contexte)
    if not frames.has("ctg"):
        return Feuille(TITRE, [missing("ctg.csv", "sans elle, ni échéance ni chronologie")])
    echeances = deadlines.of_entries(frames, portee)
    ecarts = deadlines.gaps(frames, portee)
    return Feuille(
        TITRE,
        [
            *_summary(contexte, echeances),
            *to_examine(contexte),
            html.H2("Ce qui se termine"),
            *_table(contexte, echeances),
            html.H2("Chronologie"),
            *timeline(contexte, register.entries(frames, portee), ecarts),
            html.H2("Périodes sans Ctg et chevauchements"),
            *_gaps(contexte, ecarts),
        ],
    )


def _summary(contexte: Contexte, echeances: tuple[Echeance, ...]) -> list[Any]:
    seuils = sorted(contexte.frames.jeu.parametres.echeances_mois)
    faits = [
        (number(len(deadlines.within(echeances, m))), f"{_ending(len(deadlines.within(echeances, m)))} d'ici {m} mois")
        for m in seuils
    ]
    reglage = (
        f"Situation au {long_date(contexte.vue.date)}. Un délai plus long comprend les plus courts. Délais suivis : "
        f"{enumerate_fr(str(m) for m in seuils)} mois (réglage « echeances_mois » de jeu.toml)."
    )
    return [cards(faits), note(reglage)]


def _ending(nombre: int) -> str:
    return noun(nombre, "convention se termine", "conventions se terminent")


def to_examine(contexte: Contexte) -> list[Any]:
    """List the anomalies, the blocking ones first, each with its page and its place on the map."""
    found = anomalies.of_entries(contexte.frames, scope_of(contexte))
    lacks = [] if contexte.frames.has("ctg_evaluations") else [_NO_EVALUATION]
    if not found:
        return [html.H2("À examiner"), *map(note, lacks), note("Rien à examiner sous ces filtres à cette date.")]
    noms = names(contexte.frames, contexte.vue.date)
    communes = {e.id_ctg: e.communes for e in register.all_entries(contexte.frames, contexte.vue.date)}
    items = [_anomaly(contexte, a, noms, a.communes or communes[a.id_ctg]) for a in found[:ANOMALIES_MONTREES]]
    reste = len(found) - len(items)
    more = [html.Li(f"et {number(reste)} de plus, dans le fichier")] if reste > 0 else []
    link = html.P(html.A("Enregistrer la liste (CSV)", href=file_href(contexte, "a-examiner.csv")))
    return [html.H2("À examiner"), *map(note, lacks), html.Ul([*items, *more], className="a-examiner"), link]


ANOMALIES_MONTREES = 60


_NO_EVALUATION = (
    "La table ctg-evaluations.csv manque : les renouvellements sans évaluation ne peuvent pas être repérés."
)


def _anomaly(contexte: Contexte, a: Anomalie, noms: dict[str, str], communes: tuple[str, ...]) -> html.Li:
    nature = f"{a.nature.libelle}{' (bloquant)' if a.nature.bloquante else ''} : "
    return html.Li(
        [
            html.Strong(typeset(nature)),
            html.A(noms.get(a.id_ctg, a.id_ctg), href=page_of(contexte, a.id_ctg)),
            f", {anomaly(contexte.frames, a, noms)}. ",
            *([html.A("Voir sur la carte", href=map_of(contexte, communes, noms[a.id_ctg]))] if communes else []),
        ]
    )


def _table(contexte: Contexte, echeances: tuple[Echeance, ...]) -> list[Any]:
    if not echeances:
        return [note("Aucune convention en vigueur sous ces filtres à cette date.")]
    colonnes = [
        colonne_date("fin", "Dernier jour", valueFormatter={"function": "atlasFin(params)"}, minWidth=120),
        colonne_lien("nom", "Convention", "page", minWidth=200, maxWidth=330),
        colonne_carte(),
        colonne_nombre("jours", "Jours restants"),
        colonne("seuil", "Délai"),
        colonne("echelon", "Échelon"),
        colonne("territoires", "Territoires"),
        colonne("evaluation", "Évaluation"),
        colonne("suite", "Suite"),
    ]
    links = html.P(
        [
            html.A("Calendrier des échéances (.ics)", href=file_href(contexte, "echeances.ics")),
            " ",
            html.A("Suivi des échéances (CSV)", href=file_href(contexte, "echeances.csv")),
        ],
        className="fiche-liens",
    )
    return [grid("echeances", colonnes, rows(contexte, echeances), "Échéances des conventions en vigueur"), links]


def rows(contexte: Contexte, echeances: Sequence[Echeance]) -> list[dict[str, Any]]:
    """Return the rows of the deadlines, the nearest first."""
    return [
        {
            "id": x.inscription.id_ctg,
            "fin": x.fin.isoformat(),
            "fin_calculee": x.inscription.fin_calculee,
            "nom": x.inscription.nom,
            "jours": x.jours,
            "seuil": f"{x.seuil} mois ou moins" if x.seuil else "au-delà",
            "echelon": echelon(x.inscription),
            "territoires": territories_label(contexte.frames, x.inscription.communes),
            "evaluation": x.inscription.evaluation.libelle,
            "suite": x.suite.libelle,
            "page": page_of(contexte, x.inscription.id_ctg),
            "carte": map_of(contexte, x.inscription.communes, x.inscription.nom),
            "carte_libelle": "Voir sur la carte" if x.inscription.communes else "",
        }
        for x in echeances
    ]


def _gaps(contexte: Contexte, ecarts: tuple[Ecart, ...]) -> list[Any]:
    regle = note(
        "Une période sans Ctg est un temps qu'aucune Ctg locale signée ne couvre, entre deux conventions ou depuis la "
        "dernière ; un chevauchement réunit deux conventions de même échelon sur les mêmes communes."
    )
    if not ecarts:
        return [regle, note("Aucune sous ces filtres.")]
    colonnes = [
        colonne("nature", "Nature"),
        colonne("territoires", "Territoires", minWidth=200),
        colonne_carte(),
        colonne_nombre("communes", "Communes"),
        colonne_date("debut", "Du"),
        colonne("fin", "Au", valueFormatter={"function": "atlasJour(params)"}),
        colonne_lien("avant", "Convention", "page", minWidth=200),
        colonne("apres", "Et", minWidth=200),
    ]
    return [regle, grid("ecarts", colonnes, _gap_rows(contexte, ecarts), "Périodes sans Ctg et chevauchements")]


def _gap_rows(contexte: Contexte, ecarts: tuple[Ecart, ...]) -> list[dict[str, Any]]:
    noms = names(contexte.frames, contexte.vue.date)
    return [
        {
            "id": str(rang),
            "nature": e.nature.libelle + (" (échelon départemental)" if e.departemental else ""),
            "territoires": territories_label(contexte.frames, e.communes),
            "communes": len(e.communes),
            "debut": e.debut.isoformat(),
            "fin": e.fin.isoformat() if e.fin else "toujours ouverte",
            "avant": noms.get(e.avant, e.avant),
            "apres": noms.get(e.apres, e.apres),
            "page": page_of(contexte, e.avant),
            "carte": map_of(contexte, e.communes),
            "carte_libelle": "Voir sur la carte",
        }
        for rang, e in enumerate(ecarts)
    ]


def ics(contexte: Contexte) -> bytes:
    """Write the calendar of the agreements in force that the filters keep."""
    return calendar(contexte.frames, deadlines.of_entries(contexte.frames, scope_of(contexte)))


_CSV = {
    "id": "Identifiant",
    "nom": "Convention",
    "fin": "Dernier jour",
    "fin_calculee": "Fin calculée",
    "jours": "Jours restants",
    "seuil": "Délai",
    "echelon": "Échelon",
    "territoires": "Territoires",
    "evaluation": "Évaluation",
    "suite": "Suite",
    "a_examiner": "À examiner",
}


def csv_rows(contexte: Contexte) -> list[dict[str, Any]]:
    """Return the rows of the follow-up: each deadline, what there is to look at, and the day they are told at."""
    frames, portee = contexte.frames, scope_of(contexte)
    signalees: dict[str, list[str]] = {}
    for a in anomalies.of_entries(frames, portee):
        signalees.setdefault(a.id_ctg, []).append(a.nature.libelle)
    lignes = rows(contexte, deadlines.of_entries(frames, portee))
    return [
        {
            **{_CSV[c]: ("oui" if v is True else "non" if v is False else v) for c, v in ligne.items() if c in _CSV},
            _CSV["a_examiner"]: " ; ".join(signalees.get(ligne["id"], [])),
            "Situation au": portee.jour.isoformat(),
        }
        for ligne in lignes
    ]


def anomaly_rows(contexte: Contexte) -> list[dict[str, Any]]:
    """Return what there is to examine, as rows of a file."""
    noms = names(contexte.frames, contexte.vue.date)
    return [
        {
            "Identifiant": a.id_ctg,
            "Convention": noms.get(a.id_ctg, a.id_ctg),
            "Nature": a.nature.libelle,
            "Bloquant": "oui" if a.nature.bloquante else "non",
            "À examiner": anomaly(contexte.frames, a, noms),
            "Situation au": contexte.vue.date.isoformat(),
        }
        for a in anomalies.of_entries(contexte.frames, scope_of(contexte))
    ]


SECTION = Section(
    "echeances",
    TITRE,
    build,
    fichiers={
        "echeances.ics": ics,
        "echeances.csv": csv_of(csv_rows),
        "a-examiner.csv": csv_of(anomaly_rows),
    },
)
