"""Controls of figures: which indicator is shown, and how values are put into classes."""

from typing import Any

import dash_mantine_components as dmc
from dash import dcc, html

from dashboard import ids
from data.frames import Frames
from data.measures import indicators
from data.measures.definitions import definitions
from data.model import MAILLES_CARTE
from layers.kit.texts import PAR_MAILLE, enumerate_fr, typeset
from layers.kit.view import NB_CLASSES_MAX, NB_CLASSES_MIN, Methode

AUTRES = "Tous champs"
DESSINS = ("Taux et médianes", "Effectifs et montants")  # by `Definition.additive`
AUTOMATIQUE = "Automatique"  # natural for one measure, terciles for two
# The list stays in the landmark of the filters.
LISTE: dict[str, Any] = {"comboboxProps": {"withinPortal": False}, "maxDropdownHeight": 300}


def indicator_choice(frames: Frames) -> html.Div:
    """Build the choice of one indicator, then of a second; they stand while the layer `indicateur` is checked.

    The browser builds the boxes and their tree (`assets/indicateurs.js`) from the themes, sent once.
    """
    first = ("Indicateur affiché", "Le premier du jeu", "Revenir au premier indicateur")
    second = ("Avec un second indicateur", "Aucun", "Retirer le second indicateur")
    return html.Div(
        [
            dcc.Store(id=ids.INDICATEURS, data=themes(frames)),
            dcc.Store(id=ids.INDICATEUR_CHOISI),
            dcc.Store(id=ids.INDICATEUR2_CHOISI),
            _tree(ids.FILTRE_INDICATEUR, ids.INDICATEUR_CHOISI, *first),
            _tree(ids.FILTRE_INDICATEUR2, ids.INDICATEUR2_CHOISI, *second),
        ],
        className="filtre-indicateur",
    )


def _tree(champ: str, choix: str, *words: str) -> html.Div:
    """Leave the place of a box: `words` are its label, what it says when empty, and the name of its button."""
    label, empty, clear = words
    data = {"champ": champ, "choix": choix, "libelle": label, "vide": empty, "effacer": clear}
    return html.Div(className="arbre", **{f"data-{name}": value for name, value in data.items()})


def themes(frames: Frames) -> list[dict[str, Any]]:
    """Return the tree of indicators: field, those of no field first, then what the map makes of them, then each."""
    fields = (AUTRES, *(c.libelle for c in frames.champs))
    groups: dict[str, dict[str, list[dict[str, str]]]] = {field: {kind: [] for kind in DESSINS} for field in fields}
    known = definitions(frames)
    for indicateur in indicators.listed(frames):
        definie, champ = known[indicateur], frames.champ(known[indicateur].champ)
        leaf = {"libelle": typeset(definie.libelle + _where(frames, indicateur)), "valeur": indicateur}
        groups[champ.libelle if champ else AUTRES][DESSINS[definie.additive]].append(leaf)
    return [_branch(field, [_branch(kind, items) for kind, items in kinds.items() if items])
            for field, kinds in groups.items() if any(kinds.values())]  # fmt: skip


def _branch(libelle: str, enfants: list[dict[str, Any]]) -> dict[str, Any]:
    return {"libelle": typeset(libelle), "enfants": enfants}


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
