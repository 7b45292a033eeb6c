"""The projector profile, measured: no pale ground, lines and signs apart from what they lie on, texts that are read."""

import re
from itertools import pairwise
from pathlib import Path

import pytest

from dashboard.seances import modeles
from dashboard.seances.contrast import TEXTE_MIN, TRAIT_MIN, at_luminance, projected
from dashboard.seances.modeles import MODELES, Cadre
from dashboard.seances.scenes import read_scene
from data.frames import Frames
from data.model import Blanc
from layers.kit.contrast import BLANC, luminance, ratio
from layers.kit.marks import Fill, Outline, Points, Symbols
from layers.kit.palettes import sequence

CSS = (Path(__file__).resolve().parents[4] / "assets" / "42-projection.css").read_text(encoding="utf-8")
VOISINS_MIN = 1.3
ENCRE_SUR_BLANC = "#37434f"


@pytest.fixture(scope="module")
def marks(frames_demo: Frames) -> list:
    from datetime import date

    from dashboard.seances import accords

    jour = frames_demo.jeu.date_reference
    accord = accords.signed(frames_demo, jour)[0]
    scenes = [s for m in MODELES for s in m.scenes(Cadre(frames_demo, jour, accord))]
    read = [read_scene(s, frames_demo, date(2026, 11, 23)) for s in scenes]
    assert len(read) > 20
    return [m for r in read for d in projected(r.dessins) for m in d.marques]


def test_the_measure_is_that_of_wcag() -> None:
    assert ratio("#000000", "#ffffff") == pytest.approx(21)
    assert ratio("#777777", "#ffffff") == pytest.approx(4.478, abs=0.001)
    assert luminance(at_luminance("#3a6f9d", 0.2)) == pytest.approx(0.2, abs=0.004)


def test_no_ground_is_pale_but_white_itself(marks: list) -> None:
    grounds = {c.couleur for m in marks if isinstance(m, Fill) and m.plein for c in m.classes}
    assert len(grounds) > 12
    for ground in grounds - {BLANC}:
        assert ratio(ground, BLANC) >= TRAIT_MIN, ground


def test_neighbours_are_apart_and_the_line_between_them_is_three_to_one_from_both(marks: list) -> None:
    for mark in (m for m in marks if isinstance(m, Fill) and m.plein):
        colours = sorted({c.couleur for c in mark.classes if c.blanc is None}, key=luminance)
        for dark, light in pairwise(colours):
            assert ratio(dark, light) >= VOISINS_MIN, (dark, light)
            line = ENCRE_SUR_BLANC if light == BLANC else BLANC
            assert min(ratio(line, c) for c in (light,)) >= TRAIT_MIN
            assert ratio(BLANC, dark) >= TRAIT_MIN


@pytest.mark.parametrize("nb", range(2, 8))
def test_a_sequence_keeps_its_order(nb: int) -> None:
    from dashboard.seances.contrast import grounds
    from layers.kit.marks import Classe

    deep = [c.couleur for c in grounds([Classe(str(i), "", c) for i, c in enumerate(sequence(nb))])]
    lights = [luminance(c) for c in deep]
    assert lights == sorted(lights, reverse=True)
    assert min(ratio(a, b) for a, b in pairwise(deep)) >= VOISINS_MIN


def test_blanks_never_look_like_a_class_nor_like_each_other(marks: list) -> None:
    for mark in (m for m in marks if isinstance(m, Fill) and m.plein):
        looks = [(c.couleur, c.motif, c.blanc is Blanc.MANQUANT) for c in mark.classes]
        assert len(set(looks)) == len(looks)


def test_strokes_and_signs_are_read_on_their_white_edge(marks: list) -> None:
    colours = {m.trait.couleur for m in marks if isinstance(m, Outline)}
    colours |= {c.couleur for m in marks if isinstance(m, Points) for c in m.categories}
    colours |= {m.couleur for m in marks if isinstance(m, Symbols)}
    assert len(colours) > 8
    for colour in colours:
        assert ratio(colour, BLANC) >= TEXTE_MIN, colour


def test_texts_of_the_stage_are_read(marks: list) -> None:  # noqa: ARG001
    light = dict(re.findall(r"(--[a-z0-9-]+): (#[0-9a-f]{6})", CSS.split(".projection {")[1].split("}")[0]))
    dark = dict(
        re.findall(r"(--[a-z0-9-]+): (#[0-9a-f]{6})", CSS.split('[data-theme="dark"] .projection {')[1].split("}")[0])
    )
    for theme in (light, dark):
        for ink in ("--encre", "--encre-2", "--accent"):
            assert ratio(theme[ink], theme["--feuille"]) >= 7, (ink, theme)
        assert ratio(theme["--filet"], theme["--feuille"]) >= TRAIT_MIN
    drawn = dict(re.findall(r"(--carte-[a-z]+): (#[0-9a-f]{6})", CSS))
    assert ratio(drawn["--carte-bord"], BLANC) >= TRAIT_MIN
    assert drawn["--carte-filet"] == ENCRE_SUR_BLANC
    assert ratio(drawn["--carte-filet"], BLANC) >= TRAIT_MIN


def test_five_fills_cannot_be_three_to_one_each_from_the_next() -> None:
    assert ratio("#000000", "#ffffff") < TRAIT_MIN**4
    assert modeles.MODELES
