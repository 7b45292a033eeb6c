"""A layer reads of a view what `dashboard.seen.bare` leaves of it: views that share a layer may share its drawing."""

from dataclasses import replace
from datetime import date

import pytest

from dashboard.seen import SANS_ECHELON, bare
from data.frames import Frames
from data.measures import territories
from data.model import FiltreEchelon, Maille
from layers.kit.contract import Layer
from layers.kit.view import View
from layers.registry import LAYERS


@pytest.mark.parametrize("couche", LAYERS, ids=lambda c: c.id)
@pytest.mark.parametrize("maille", [Maille.COMMUNE, Maille.EPCI])
def test_what_is_left_out_changes_nothing(couche: Layer, maille: Maille, frames_demo: Frames) -> None:
    if maille not in couche.mailles:
        pytest.skip("la couche n'existe pas à cette maille")
    communes = tuple(territories.codes(frames_demo)[:4])
    view = View(
        date=date(2025, 6, 1),
        maille=maille,
        echelon=FiltreEchelon.INTERCOMMUNAL,
        champ="enfance",
        couches=tuple(c.id for c in LAYERS),
        territoire=communes[0],
        communes=communes,
        nom="Essai",
        emprise=(-7.0, 46.0, -5.0, 47.0),
    )
    whole, alone = couche.describe(frames_demo, view), couche.describe(frames_demo, bare(view, couche.id))
    assert replace(whole, vue=view) == replace(alone, vue=view)


def test_only_layers_of_the_atlas_are_said_to_ignore_the_echelon() -> None:
    assert {c.id for c in LAYERS} >= SANS_ECHELON
    assert bare(View(date=date(2025, 6, 1), echelon=FiltreEchelon.COMMUNAL), "couverture_ctg").echelon == "communal"
