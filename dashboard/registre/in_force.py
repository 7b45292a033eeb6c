"""What filters a page of the register stands under, in words, and those that change nothing there."""

from typing import Any

from dash import html

from dashboard.layout.filters import TOUS_LES_CHAMPS
from dashboard.permalink import default_view
from dashboard.registre.address import href
from dashboard.registre.contract import Contexte, Section
from data import departements
from data.model import TOUS_CHAMPS, FiltreEchelon
from layers.kit.texts import count, long_date, lower_first, sentence_of, typeset, upper_first
from layers.kit.view import View

FILTRES = ("caf", "echelon", "champ", "territoire", "communes")
NOMS = {
    "echelon": "l'échelon",
    "champ": "le champ",
    "territoire": "le territoire",
    "communes": "le territoire composé",
}
ENTIERE = "une convention se lit entière, au jour choisi"


def in_force(contexte: Contexte, section: Section) -> list[Any]:
    """Say the day and the filters of the page, which of them change nothing there, and how to leave them."""
    defaut = default_view(contexte.frames, contexte.aujourdhui)
    poses = [f for f in FILTRES if getattr(contexte.vue, f) != getattr(defaut, f)]
    corps: list[Any] = [f"{sentence_of(_words(contexte), ' ; ')} "]
    dit = _without_effect(contexte, section, poses, defaut)
    if dit:
        corps.append(typeset(dit))
    if poses:
        vide = {f: getattr(defaut, f) for f in FILTRES} | {"nom": ""}
        corps.append(html.A("Retirer les filtres", href=href(contexte, options=contexte.options, **vide)))
    return [html.P(corps, className="registre-portee")]


def _words(contexte: Contexte) -> list[str]:
    vue, frames = contexte.vue, contexte.frames
    champ = frames.champ(vue.champ)
    echelon = vue.echelon
    return [
        f"au {long_date(vue.date)}",
        departements.caf(vue.caf) if vue.caf else "",
        lower_first(echelon.libelle) if echelon is FiltreEchelon.TOUS else f"échelon {lower_first(echelon.libelle)}",
        lower_first(TOUS_LES_CHAMPS) if vue.champ == TOUS_CHAMPS or not champ else f"champ « {champ.libelle} »",
        _place(contexte),
    ]


def _place(contexte: Contexte) -> str:
    vue = contexte.vue
    if vue.communes:
        nom = f" « {vue.nom} »" if vue.nom else ""
        return f"territoire composé{nom} ({count(len(vue.communes), 'commune')})"
    return contexte.frames.noms.get(vue.territoire, vue.territoire) if vue.territoire else "tout le périmètre"


def _without_effect(contexte: Contexte, section: Section, poses: list[str], defaut: View) -> str:
    """Say which filters in force change nothing on this page, and why."""
    sourds = dict.fromkeys(("echelon", "champ", "territoire", "communes"), ENTIERE)
    sourds = sourds if contexte.ctg and section.id == "registre" else dict(section.sans_effet)
    raisons: dict[str, list[str]] = {}
    for filtre in (f for f in poses if f in sourds):
        raisons.setdefault(sourds[filtre], []).append(NOMS[filtre])
    if contexte.vue.maille is not defaut.maille:
        raisons.setdefault("le registre nomme les Epci", []).append("la maille de la carte")
    return "".join(f"{upper_first(_and(noms))} {_change(noms)} : {raison}. " for raison, noms in raisons.items())


def _and(noms: list[str]) -> str:
    return noms[0] if len(noms) == 1 else f"{', '.join(noms[:-1])} et {noms[-1]}"


def _change(noms: list[str]) -> str:
    return "ne change rien ici" if len(noms) == 1 else "ne changent rien ici"
