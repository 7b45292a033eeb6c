"""The frame of the register: its filters, its navigation, and where its sections stand."""

from typing import Any

import dash_mantine_components as dmc
from dash import dcc, html

from dashboard.layout.filters import TOUS_LES_CHAMPS
from dashboard.permalink import default_view
from dashboard.registre.address import href, map_href
from dashboard.registre.contract import Contexte, Section
from data.frames import Frames
from data.model import TOUS_CHAMPS, FiltreEchelon
from layers.kit.view import View

ADRESSE = "registre-adresse"
VUE = "registre-vue"  # what the controls say, as the server read it
SIGNAL = "registre-signal"  # a section writes the time here to be built again
NAVIGATION = "registre-navigation"
AVIS = "registre-avis"
TITRE = "registre-titre"
PORTEE = "registre-portee"
CORPS = "registre-corps"
CARTE = "registre-carte"

ECHELON = "registre-echelon"
CHAMP = "registre-champ"
DATE = "registre-date"
TERRITOIRE = "registre-territoire"
CONTROLES = {"echelon": ECHELON, "champ": CHAMP, "date": DATE, "territoire": TERRITOIRE}


def frame(frames: Frames, aujourdhui: Any) -> list[Any]:
    """Build the frame for a dataset; a callback fills it from the address."""
    vue = default_view(frames, aujourdhui)
    return [
        dcc.Store(id=ADRESSE),
        dcc.Store(id=VUE),
        dcc.Store(id=SIGNAL),
        html.Nav(id=NAVIGATION, className="registre-navigation", **{"aria-label": "Sections du registre"}),
        _filters(frames, vue),
        html.Div(id=AVIS, className="registre-avis", role="status"),
        html.H1(id=TITRE, tabIndex=-1),
        html.Div(id=PORTEE),
        html.Div(id=CORPS, className="registre-corps"),
    ]


def navigation(contexte: Contexte, sections: tuple[Section, ...]) -> list[html.A]:
    """Link the sections to each other, the filters kept."""
    return [
        html.A(
            s.libelle,
            href=href(contexte, s.id),
            **({"aria-current": "true" if contexte.ctg else "page"} if s.id == contexte.onglet else {}),
        )
        for s in sections
    ]


def map_return(contexte: Contexte) -> html.A:
    """Link the whole page to the map, with its filters."""
    return html.A(
        "Voir sur la carte",
        href=map_href(contexte, "" if contexte.vue.communes else contexte.vue.territoire),
        className="vers-carte",
    )


def values(vue: View) -> dict[str, Any]:
    """Return what each control shows of a view."""
    return {
        "echelon": vue.echelon.value,
        "champ": vue.champ,
        "date": vue.date.isoformat(),
        "territoire": vue.territoire or None,
    }


def _filters(frames: Frames, vue: View) -> html.Div:
    shown = values(vue)
    champs = [
        {"value": TOUS_CHAMPS, "label": TOUS_LES_CHAMPS},
        *({"value": c.id, "label": c.libelle} for c in frames.champs),
    ]
    return html.Div(
        [
            dmc.Select(
                id=ECHELON,
                label="Échelon de signature",
                data=[{"value": e.value, "label": e.libelle} for e in FiltreEchelon],
                value=shown["echelon"],
                allowDeselect=False,
                size="sm",
            ),
            dmc.Select(
                id=CHAMP, label="Champ thématique", data=champs, value=shown["champ"], allowDeselect=False, size="sm"
            ),
            dmc.DateInput(
                id=DATE,
                label="Jour (JJ/MM/AAAA)",
                valueFormat="DD/MM/YYYY",
                value=shown["date"],
                minDate="1990-01-01",
                maxDate="2100-12-31",
                size="sm",
            ),
            _territory(),
            html.Div(id=CARTE),
        ],
        className="registre-filtres",
        role="group",
        **{"aria-label": "Filtres, les mêmes que ceux de la carte"},
    )


def _territory() -> dmc.Select:
    """Build the box of territories; the server fills its choices as one types."""
    return dmc.Select(
        id=TERRITOIRE,
        label="Territoire",
        data=[],
        searchable=True,
        clearable=True,
        placeholder="Tous : chercher un Epci, une commune…",
        nothingFoundMessage="Aucun territoire de ce nom.",
        filter={"function": "atlasTout"},
        clearButtonProps={"aria-label": "Retirer le territoire"},
        size="sm",
    )
