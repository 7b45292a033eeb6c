"""The filters: every control of the address."""

from datetime import date
from typing import Any

import dash_mantine_components as dmc
from dash import html

from dashboard import ids
from dashboard.layout.indicators import classes_control, indicator_choice
from dashboard.layout.player import player
from data.frames import Frames
from data.measures import priority
from data.model import MAILLES_CARTE, TOUS_CHAMPS, FiltreEchelon
from layers.kit.view import View
from layers.registry import LAYERS

TOUS_LES_CHAMPS = "Tous les champs"
CALENDRIER = {
    "previousMonth": "Mois précédent",
    "nextMonth": "Mois suivant",
    "previousYear": "Année précédente",
    "nextYear": "Année suivante",
    "previousDecade": "Décennie précédente",
    "nextDecade": "Décennie suivante",
    "monthLevelControl": "Choisir un mois",
    "yearLevelControl": "Choisir une année",
}


def months(jour: date) -> int:
    """Return the rank of a day's month since year 0, for the slider."""
    return jour.year * 12 + jour.month - 1


def span(frames: Frames, vue: View) -> tuple[int, int]:
    """Return the first and last month of the slider: from the first signature to two years after the default day."""
    first = frames["ctg"]["date_signature"].min()
    start = vue.date.year - 10 if first != first else first.year
    return start * 12, (vue.date.year + 2) * 12 + 11


def filters(frames: Frames, vue: View) -> html.Div:
    """Build the panel of filters for a dataset, set on a view."""
    return html.Div(
        [_layers(frames), _champ(frames), _maille(), _echelon(), _day(frames, vue)],
        className="filtres-corps",
    )


def _group(title: str, children: list[Any], name: str, **attributes: str) -> html.Fieldset:
    return html.Fieldset([html.Legend(title), *children], className=f"filtre filtre--{name}", **attributes)


def _layers(frames: Frames) -> html.Fieldset:
    boxes = dmc.CheckboxGroup(
        id=ids.FILTRE_COUCHES_CHOIX,
        attributes={"root": {"aria-label": "Couches"}},
        children=dmc.Stack([dmc.Checkbox(label=layer.libelle, value=layer.id, size="sm") for layer in LAYERS], gap=6),
    )
    definitions = {d.id: d.libelle for d in priority.definitions(frames)}
    chooser = dmc.MultiSelect(
        id=ids.FILTRE_DEFINITIONS,
        label="Définitions affichées",
        data=[{"value": value, "label": label} for value, label in definitions.items()],
        placeholder="Toutes",
        size="xs",
        clearable=True,
        comboboxProps={"withinPortal": False},
        display="none" if len(definitions) < 2 else None,
        className="filtre-secondaire",
    )
    children = [boxes, chooser, indicator_choice(frames), classes_control()]
    return _group("Couches", children, "couches", id=ids.FILTRE_COUCHES)


def _champ(frames: Frames) -> html.Fieldset:
    choices = [(TOUS_CHAMPS, TOUS_LES_CHAMPS), *((c.id, c.libelle) for c in frames.champs)]
    radios = [dmc.Radio(label=label, value=value, size="sm") for value, label in choices]
    group = dmc.RadioGroup(
        id=ids.FILTRE_CHAMP_CHOIX,
        attributes={"root": {"aria-label": "Champ thématique"}},
        children=dmc.Stack(radios, gap=5),
        size="sm",
    )
    return _group("Champ thématique", [group], "champ", id=ids.FILTRE_CHAMP)


def _maille() -> html.Fieldset:
    control = dmc.SegmentedControl(
        id=ids.FILTRE_MAILLE,
        data=[{"value": m.value, "label": m.libelle} for m in MAILLES_CARTE],
        fullWidth=True,
        size="xs",
        attributes={"root": {"aria-label": "Maille de la carte"}},
    )
    return _group("Maille de la carte", [control], "maille")


def _echelon() -> html.Fieldset:
    control = dmc.Select(
        id=ids.FILTRE_ECHELON,
        data=[{"value": e.value, "label": e.libelle} for e in FiltreEchelon],
        allowDeselect=False,
        size="sm",
        comboboxProps={"withinPortal": False},
        **{"aria-label": "Échelon de signature"},
    )
    return _group("Échelon de signature", [control], "echelon")


def _day(frames: Frames, vue: View) -> html.Fieldset:
    first, last = span(frames, vue)
    box = dmc.DateInput(
        id=ids.FILTRE_DATE,
        valueFormat="DD/MM/YYYY",
        size="sm",
        attributes={"input": {"aria-label": "Jour de référence, au format JJ/MM/AAAA"}},
        popoverProps={"withinPortal": False},
        ariaLabels=CALENDRIER,
        minDate="1990-01-01",
        maxDate="2100-12-31",
    )
    years = range(first // 12, last // 12 + 1, max(1, (last - first) // 12 // 3))
    slider = dmc.Slider(
        id=ids.FILTRE_MOIS,
        min=first,
        max=last,
        step=1,
        label=None,
        updatemode="drag",
        marks=[{"value": y * 12, "label": str(y)} for y in years],
        thumbLabel="Mois de référence",
        size="sm",
        mb=18,
        mt=10,
        mx=10,
    )
    return _group("Jour", [box, slider, player(first // 12, vue.date)], "date")
