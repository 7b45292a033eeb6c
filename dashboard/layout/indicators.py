"""Controls of figures: which indicator is shown, and how values are put into classes."""

from typing import Any

import dash_mantine_components as dmc
from dash import html

from dashboard import ids
from data.frames import Frames
from data.measures import indicators
from data.measures.definitions import definitions
from data.model import MAILLES_CARTE
from layers.kit.texts import PAR_MAILLE, enumerate_fr, typeset
from layers.kit.view import NB_CLASSES_MAX, NB_CLASSES_MIN, Methode

AUTRES = "Tous champs"
DESSINS = ("taux et médianes", "effectifs et montants")  # by `Definition.additive`
AUTOMATIQUE = "Automatique"  # natural for one measure, terciles for two
MAX_MONTRES = 200
# The list stays in the landmark of the filters.
LISTE: dict[str, Any] = {"comboboxProps": {"withinPortal": False}, "maxDropdownHeight": 300}


def indicator_select(frames: Frames) -> html.Div:
    """Build the choice of one indicator, then of a second; they stand while the layer `indicateur` is checked."""
    themes = [{"group": champ, "items": items} for champ, items in _by_theme(frames).items()]
    first = ("Indicateur affiché", "Le premier du jeu", "Revenir au premier indicateur")
    second = ("Avec un second indicateur", "Aucun", "Retirer le second indicateur")
    return html.Div(
        [_select(ids.FILTRE_INDICATEUR, themes, *first), _select(ids.FILTRE_INDICATEUR2, themes, *second)],
        className="filtre-indicateur",
    )


def _select(identifier: str, themes: list[dict[str, Any]], *words: str) -> dmc.Select:
    """Build a list by theme, searched by words of the theme or of the indicator, accents or not; `words` name it."""
    label, empty, clear = words
    return dmc.Select(
        id=identifier,
        label=label,
        data=themes,
        placeholder=empty,
        searchable=True,
        clearable=True,
        limit=MAX_MONTRES,
        filter={"function": "atlasFiltrer"},
        nothingFoundMessage="Aucun indicateur ni thème de ce nom",
        clearButtonProps={"aria-label": clear},
        size="xs",
        **LISTE,
    )


def _by_theme(frames: Frames) -> dict[str, list[dict[str, str]]]:
    """Group the indicators by field, those of no field first, then by what the map makes of them: colours or discs."""
    fields = (AUTRES, *(c.libelle for c in frames.champs))
    groups: dict[str, list[dict[str, str]]] = {f"{field} : {kind}": [] for field in fields for kind in DESSINS}
    known = definitions(frames)
    for indicateur in indicators.listed(frames):
        definie, champ = known[indicateur], frames.champ(known[indicateur].champ)
        group = f"{champ.libelle if champ else AUTRES} : {DESSINS[definie.additive]}"
        groups[group].append({"value": indicateur, "label": definie.libelle + _where(frames, indicateur)})
    return {typeset(theme): items for theme, items in groups.items() if items}


def _where(frames: Frames, indicateur: str) -> str:
    """Say at which mailles an indicator exists, where it is not at all of them."""
    mailles = indicators.mailles(frames, indicateur)
    if len(mailles) == len(MAILLES_CARTE):
        return ""
    return f" ({enumerate_fr(PAR_MAILLE[m] for m in mailles)})" if mailles else " (aucune valeur)"


def classes_control() -> html.Details:
    """Build the choice of classes, folded; it stands while a layer of ordered colours is checked."""
    labels = {m: m.libelle[0].upper() + m.libelle[1:] for m in Methode} | {Methode.AUTO: AUTOMATIQUE}
    return html.Details(
        [
            html.Summary("Classes"),
            dmc.Select(
                id=ids.FILTRE_CLASSES,
                label="Méthode",
                data=[{"value": m.value, "label": label} for m, label in labels.items()],
                allowDeselect=False,
                size="xs",
                **LISTE,
            ),
            html.Div("Nombre de classes", className="filtre-libelle"),
            dmc.SegmentedControl(
                id=ids.FILTRE_NB,
                data=[str(n) for n in range(NB_CLASSES_MIN, NB_CLASSES_MAX + 1)],
                fullWidth=True,
                size="xs",
                attributes={"root": {"aria-label": "Nombre de classes"}},
            ),
            dmc.TextInput(
                id=ids.FILTRE_BORNES,
                label="Bornes choisies",
                placeholder="10 ; 20 ; 30",
                value="",
                debounce=True,
                size="xs",
            ),
        ],
        className="filtre-classes",
    )
