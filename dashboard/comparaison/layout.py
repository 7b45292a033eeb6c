"""The page of comparisons: what differs, how many maps, and the frames in which the maps live."""

from typing import Any

import dash_mantine_components as dmc
from dash import dcc, html

from dashboard.comparaison.address import CARTES_MAX, CARTES_MIN, Critere, Mode
from data.frames import Frames
from data.measures import indicators
from data.measures.definitions import definitions
from data.model import MAILLES_CARTE, TOUS_CHAMPS, FiltreEchelon
from layers.kit.view import COUCHES_DEFAUT
from layers.registry import LAYERS

ADRESSE, VOLETS, MONTRES, RACINE = "comparer-adresse", "comparer-volets", "comparer-montres", "comparer"
SUR, COMBIEN, MODE, MAILLE, COUCHES, AVIS = (
    f"comparer-{n}" for n in ("sur", "combien", "mode", "maille", "couches", "avis")
)
CURSEUR = "comparer-curseur"
COMPARER_AIDE = (
    "Les cartes se déplacent ensemble et gardent les mêmes classes : une couleur y a le même sens. "
    "Un clic choisit le même territoire sur chacune."
)


def value_id(critere: str, rang: int) -> dict[str, Any]:
    """Return the id of the control of a map's value."""
    return {"type": "comparer-valeur", "critere": critere, "rang": rang}


def part_id(part: str, rang: int) -> dict[str, Any]:
    """Return the id of a part of a map: `titre`, `chiffres`, `legende`, `lien`."""
    return {"type": f"comparer-{part}", "rang": rang}


def layout(frames: Frames) -> list[Any]:
    """Build the page; callbacks fill it from the address."""
    return [
        dcc.Location(id=ADRESSE, refresh="callback-nav"),
        dcc.Store(id=VOLETS),
        dcc.Store(id=MONTRES),
        html.Div([html.H1("Comparer"), html.P(COMPARER_AIDE, className="discret")], className="comparer-tete"),
        _controls(),
        html.Div(id=AVIS, role="status", className="comparer-avis"),
        html.Div(
            [*(_side(frames, rang) for rang in range(CARTES_MAX)), _slider()],
            id=RACINE,
            className="comparer",
        ),
    ]


def _controls() -> html.Div:
    layers = dmc.MultiSelect(
        id=COUCHES,
        label="Couches",
        data=[{"value": c.id, "label": c.libelle} for c in LAYERS],
        value=list(COUCHES_DEFAUT),  # without one it would say [] as it appears, which the page would take for a choice
        size="xs",
        className="comparer-couches",
    )
    return html.Div(
        [
            _segments(SUR, "Ce qui change", [(c.value, c.libelle) for c in Critere]),
            _segments(COMBIEN, "Cartes", [(str(n), str(n)) for n in range(CARTES_MIN, CARTES_MAX + 1)]),
            _segments(MODE, "Disposition", [(m.value, m.libelle) for m in Mode]),
            _segments(MAILLE, "Maille", [(m.value, m.libelle) for m in MAILLES_CARTE]),
            layers,
        ],
        className="comparer-reglages",
    )


def _segments(name: str, label: str, choices: list[tuple[str, str]]) -> html.Div:
    control = dmc.SegmentedControl(
        id=name,
        data=[{"value": value, "label": text} for value, text in choices],
        size="xs",
        attributes={"root": {"aria-label": label}},
    )
    return html.Div([html.Span(label, className="comparer-libelle"), control])


def _side(frames: Frames, rang: int) -> html.Section:
    name = f"Carte {rang + 1}"
    return html.Section(
        [
            html.Div(
                [
                    html.H2(name, id=part_id("titre", rang), className="comparer-titre"),
                    html.Div(_values(frames, rang, name), className="comparer-valeurs"),
                    html.A("Ouvrir", id=part_id("lien", rang), className="lien", **{"aria-label": f"Ouvrir : {name}"}),
                ],
                className="comparer-volet-tete",
            ),
            html.P(id=part_id("chiffres", rang), className="comparer-chiffres"),
            html.Iframe(name=f"atlas-cadre-{rang}", title=name, className="comparer-carte", src="about:blank"),
            html.Div(
                id=part_id("legende", rang),
                className="comparer-legende",
                tabIndex=0,
                role="region",
                **{"aria-label": f"Légende : {name}"},
            ),
        ],
        className="comparer-volet",
        **{"data-rang": str(rang)},
    )


def _values(frames: Frames, rang: int, name: str) -> list[Any]:
    """Build one control per thing that may differ; the style sheet shows the right one."""
    return [
        html.Div(
            dmc.DateInput(
                id=value_id(Critere.DATE, rang),
                valueFormat="DD/MM/YYYY",
                size="xs",
                minDate="1990-01-01",
                maxDate="2100-12-31",
                attributes={"input": {"aria-label": f"{name} : jour"}},
            ),
            className="comparer-valeur comparer-valeur--date",
        ),
        *(_select(critere, choices, rang, f"{name} : {critere}") for critere, choices in _choices(frames).items()),
    ]


def _choices(frames: Frames) -> dict[Critere, list[dict[str, str]]]:
    known = definitions(frames)
    return {
        Critere.CHAMP: [
            {"value": TOUS_CHAMPS, "label": "Tous les champs"},
            *({"value": c.id, "label": c.libelle} for c in frames.champs),
        ],
        Critere.INDICATEUR: [{"value": i, "label": known[i].libelle} for i in indicators.listed(frames)],
        Critere.ECHELON: [{"value": e.value, "label": e.libelle} for e in FiltreEchelon],
    }


def _select(critere: Critere, choices: list[dict[str, str]], rang: int, label: str) -> html.Div:
    control = dmc.Select(
        id=value_id(critere, rang),
        data=choices,
        allowDeselect=False,
        searchable=critere is Critere.INDICATEUR,
        size="xs",
        attributes={"input": {"aria-label": label}},
    )
    return html.Div(control, className=f"comparer-valeur comparer-valeur--{critere}")


def _slider() -> html.Div:
    label = html.Label("Position du volet entre les deux cartes", htmlFor=CURSEUR, className="invisible")
    return html.Div(
        [label, dcc.Input(id=CURSEUR, type="range", min=0, max=100, step=1, value=50)], className="comparer-curseur"
    )
