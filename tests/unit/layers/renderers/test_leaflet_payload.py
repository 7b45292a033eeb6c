import gzip
import json
from datetime import date

import pytest

from dashboard.scene import drawings_of
from data.frames import Frames
from data.model import Maille
from layers.kit.marks import Symbols
from layers.kit.view import View
from layers.renderers.leaflet import render

JOUR = date(2026, 11, 1)
LIMITE_OCTETS = 15_000


def test_values_of_discs_travel_once_and_whole(frames_demo: Frames) -> None:
    view = View(date=JOUR, maille=Maille.DEPARTEMENT, couches=("indicateur",), indicateur="prestations_legales_eur")
    drawings = drawings_of(view, frames_demo)
    fond, discs = render(drawings, frames_demo, view.maille).charge["couches"][0]["marques"]
    (symbols,) = (m for m in drawings[0].marques if isinstance(m, Symbols))
    assert discs["codes"] == discs["valeurs"] == discs["details"]["rangs"] == []
    assert fond["fond"]
    assert fond["valeurs"] == [int(symbols.valeurs[0])]
    assert fond["valeurs"][0] > 1_000_000


def test_discs_without_a_ground_bring_their_values(frames_demo: Frames) -> None:
    view = View(date=JOUR, maille=Maille.EPCI, couches=("points_acces",))
    discs = render(drawings_of(view, frames_demo), frames_demo, view.maille).charge["couches"][0]["marques"][0]
    assert len(discs["codes"]) == len(discs["valeurs"]) == len(discs["details"]["rangs"]) > 0


@pytest.mark.real
@pytest.mark.parametrize("indicateur", ["population_municipale", "enfants_0_2", "revenu_median"])
def test_an_interaction_stays_light(frames_62: Frames, indicateur: str) -> None:
    view = View(date=JOUR, couches=("couverture_ctg", "indicateur"), indicateur=indicateur)
    charge = render(drawings_of(view, frames_62), frames_62, view.maille).charge
    assert len(gzip.compress(json.dumps(charge, ensure_ascii=False).encode(), 6)) < LIMITE_OCTETS
