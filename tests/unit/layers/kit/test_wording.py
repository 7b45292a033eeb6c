"""The map in words: as many territories as the legend counts, its blanks, and no territory named or ranked."""

import re
from datetime import date

import pytest

from dashboard.scene import drawings_of
from data.frames import Frames
from data.model import MAILLES_CARTE, Maille
from layers.kit import composed
from layers.kit.marks import Fill, legend_of
from layers.kit.view import View
from layers.kit.wording import describe
from layers.registry import LAYERS

JOUR = date(2026, 11, 1)


def said(frames: Frames, **choices: object) -> str:
    return "\n".join(describe(drawings_of(View(date=JOUR, **choices), frames)))


@pytest.mark.parametrize("maille", MAILLES_CARTE)
@pytest.mark.parametrize("couche", [layer.id for layer in LAYERS])
def test_every_class_with_a_territory_is_said_with_its_number(frames_demo: Frames, couche: str, maille: Maille) -> None:
    view = View(date=JOUR, couches=(couche,), maille=maille)
    drawings = drawings_of(view, frames_demo)
    texte = "\n".join(describe(drawings))
    for marque in (m for d in drawings for m in d.marques if isinstance(m, Fill) and not m.fond):
        for entree in legend_of(marque):
            if entree.nombre:
                assert re.search(rf"\b{entree.nombre} \w+\s?: {re.escape(entree.libelle)}", texte, re.I), entree
    assert "nan" not in texte.split()


def test_values_have_their_span_and_blanks_their_reason(frames_demo: Frames) -> None:
    texte = said(frames_demo, couches=("densite_services",), champ="petite_enfance")
    assert "Les valeurs vont de " in texte
    assert "Sans valeur\u202f: " in texte
    assert "Médiane" in texte


def test_no_territory_is_named(frames_demo: Frames) -> None:
    texte = said(frames_demo, couches=("densite_services",), maille=Maille.EPCI)
    assert [n for n in frames_demo["epci"]["nom"] if n in texte] == []


def test_the_territory_made_is_drawn_said_and_not_in_the_title(frames_demo: Frames) -> None:
    view = View(date=JOUR, communes=("96001", "96002"), nom="Littoral")
    assert composed.outline(View(date=JOUR)) is None
    drawings = drawings_of(view, frames_demo)
    assert drawings[-1].marques[0].codes == ("96001", "96002")
    assert [e.libelle for e in drawings[-1].legende] == ["Littoral"]
    assert "Territoire composé\u202f: Littoral, 2 communes." in "\n".join(describe(drawings))


def test_two_measures_keep_their_own_unit_and_names_their_capital(frames_demo: Frames) -> None:
    deux = {"indicateur": "familles_monoparentales", "indicateur2": "taux_pauvrete"}
    texte = said(frames_demo, couches=("indicateur",), maille=Maille.EPCI, **deux)
    assert re.search("Familles monoparentales.*: les valeurs vont de .* familles\\.", texte)
    assert re.search("Les valeurs vont de .*\u202f%\\.", texte)
    assert "France services\u202f: " in said(frames_demo, couches=("points_acces",))
