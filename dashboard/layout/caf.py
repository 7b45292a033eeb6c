"""Whose data: the name of the only Caf, or the choice of one where the dataset has several départements."""

from typing import Any

import dash_mantine_components as dmc
from dash import html

from dashboard import ids
from data import departements
from data.caf import offered
from data.frames import Frames
from layers.kit.texts import typeset

# The list itself scrolls and can be reached by the keyboard; Mantine would put a scroller inside of it, which cannot.
LISTE_LONGUE: dict[str, Any] = {
    "withScrollArea": False,
    "styles": {"options": {"maxHeight": 300, "overflowY": "auto"}},
    "attributes": {"options": {"tabIndex": 0}},
}


def caf_choice(frames: Frames) -> html.Div:
    """Build the switcher; a dataset of one Caf shows its name alone, the control staying for the address to set."""
    several = offered(frames)
    choice = dmc.Select(
        id=ids.FILTRE_CAF,
        data=[
            {"value": "", "label": typeset(f"{frames.jeu.nom} : toutes les Caf")},
            *({"value": code, "label": f"{departements.caf(code)} ({code})"} for code in several),
        ],
        value="",
        searchable=True,
        allowDeselect=False,
        nothingFoundMessage="Aucune Caf de ce nom.",
        size="sm",
        comboboxProps={"withinPortal": False},
        **LISTE_LONGUE,
        **{"aria-label": "Choisir une Caf"},
    )
    name = [] if several else [html.Span(frames.jeu.nom, className="caf")]
    return html.Div([*name, html.Div(choice, hidden=not several)], className="choix-caf")
