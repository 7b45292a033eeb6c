"""Actions of the plans: how many stand in the calendar of a day, and where (DOMAINE S11, S41-S42)."""

from dataclasses import replace

import numpy as np
import pandas as pd

from data.frames import Frames
from data.measures import plans
from data.measures.plans import Plans
from data.measures.results import ETATS_ACTION, Action
from data.measures.scope import Portee
from data.model import MAILLES_CARTE
from layers.kit.choropleth import fill_of
from layers.kit.contract import Champs, Drawing
from layers.kit.marks import Fill, Symbols
from layers.kit.notices import lacking, missing, without_epci
from layers.kit.palettes import AVEC_DISQUE, DISQUES, ZERO
from layers.kit.sources import sources_of
from layers.kit.texts import count, enumerate_fr, lower_first, number, typeset
from layers.kit.view import View

_DEFINITION = (
    "Actions des plans des Ctg dont le calendrier comprend ce jour, abandonnées exclues. Chacune compte une fois, dans "
    "le territoire qui contient toutes ses communes : celles de son territoire, à défaut le périmètre de sa Ctg."
)
_METHODE = "Surface des disques proportionnelle au nombre d'actions, à la même échelle à toute date."
_ETATS = dict(zip(ETATS_ACTION, ("prévue", "engagée", "réalisée", "abandonnée"), strict=True))


class PlansActions:
    """A disc per territory, as large as its actions are many; the wider ones are said beside."""

    id = "plans_actions"
    libelle = "Actions des plans"
    mailles = frozenset(MAILLES_CARTE)
    champs = Champs()

    def needs(self, view: View) -> tuple[str, ...]:  # noqa: ARG002
        """Name the table of actions."""
        return ("actions",)

    def describe(self, frames: Frames, view: View) -> Drawing:
        """Describe the actions of the chosen field and échelon at the day and maille of the view."""
        drawing = Drawing(self.id, self.libelle, view, phrase=lower_first(self.libelle))
        if manque := missing(frames, *self.needs(view)):
            return drawing.saying(lacking(manque, "les plans d'actions ne sont pas montrés"))
        trouves = plans.at(frames, Portee(view.date, view.echelon, view.champ, profil=view.profil), view.maille)
        return replace(
            drawing,
            marques=_marks(frames, trouves, view),
            unite="actions",
            definition=typeset(_DEFINITION),
            methode=_METHODE,
            sources=sources_of(frames, "actions"),
            notice=(*_wider(trouves), *without_epci(frames, view.maille)),
        )


def _marks(frames: Frames, trouves: Plans, view: View) -> tuple[Fill, *tuple[Symbols, ...]]:
    dits = [_said(liste) for liste in trouves.ici]
    nombres = np.array([len(liste) for liste in trouves.ici], dtype=np.float64)
    table = pd.DataFrame({"code": trouves.codes, "valeur": nombres, "statut": ""})
    fond = fill_of(view.maille, table, (nombres == 0).astype(np.intp), (AVEC_DISQUE, ZERO), dits)
    rangs = np.flatnonzero(nombres).tolist()
    if not rangs:
        return (replace(fond, fond=True),)
    codes, valeurs, details = zip(*((trouves.codes[r], nombres[r], dits[r]) for r in rangs), strict=True)
    maximum = float(plans.most(frames, view.maille))
    disques = Symbols(view.maille, codes, valeurs, details, PlansActions.libelle, "actions", DISQUES, maximum)
    return replace(fond, fond=True), disques


def _said(liste: tuple[Action, ...]) -> str:
    """Write the actions of a territory: « 3 actions, dont 1 de priorité 1 : 2 engagées et 1 prévue »."""
    if not liste:
        return "Aucune action à ce jour"
    premieres = sum(a.priorite == "1" for a in liste)
    dont = f", dont {number(premieres)} de priorité 1" if premieres else ""
    etats = [(mot, sum(a.etat == e for a in liste)) for e, mot in _ETATS.items()]
    dits = enumerate_fr(count(n, mot) for mot, n in etats if n)
    return typeset(f"{count(len(liste), 'action')}{dont}{f' : {dits}' if dits else ''}")


def _wider(trouves: Plans) -> tuple[str, ...]:
    """Say how many actions stand on no single territory of this maille."""
    larges, ailleurs = len(trouves.plus_larges), len(trouves.ailleurs)
    phrases = []
    if larges:
        sujet = count(larges, "action porte", "actions portent")
        phrases.append(f"{sujet} sur plusieurs territoires de cette maille : sans disque.")
    if ailleurs:
        phrases.append(f"{count(ailleurs, 'action')} sans commune connue : sans disque.")
    return tuple(map(typeset, phrases))
