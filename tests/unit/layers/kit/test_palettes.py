"""Colours measured as people see them: CIE L*a*b*, and Machado's simulation of colour blindness (2009)."""

from itertools import combinations, pairwise

import numpy as np
import pytest
from numpy.typing import NDArray

from data.model import Blanc
from layers import couverture_ctg
from layers.kit import places
from layers.kit.marks import Classe, Motif
from layers.kit.palettes import BLANCS, ZERO, lighten, sequence, trait

Couleur = NDArray[np.float64]

VERS_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.072175], [0.0193339, 0.119192, 0.9503041]]
)
VISIONS = {
    "ordinaire": np.eye(3),
    "protanopie": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deutéranopie": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
    "tritanopie": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
}
COUVERTURE = (
    couverture_ctg.VIGUEUR,
    couverture_ctg.RENOUVELER,
    couverture_ctg.PARTIE,
    couverture_ctg.PREPARATION,
    couverture_ctg.ECHUE,
    couverture_ctg.SANS,
)


def lab(couleur: str, vision: str = "ordinaire") -> Couleur:
    rgb = np.array([int(couleur[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    lineaire = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    t = VERS_XYZ @ np.clip(np.asarray(VISIONS[vision]) @ lineaire, 0, 1) / VERS_XYZ.sum(axis=1)
    f = np.where(t > 216 / 24389, np.cbrt(t), (24389 / 27 * t + 16) / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def ecart(a: str, b: str, vision: str) -> float:
    return float(np.linalg.norm(lab(a, vision) - lab(b, vision)))


def test_the_measure_itself_sees_black_white_and_red_against_green() -> None:
    assert lab("#ffffff")[0] == pytest.approx(100, abs=0.1)
    assert lab("#000000")[0] == pytest.approx(0, abs=0.1)
    assert ecart("#d7191c", "#1a9641", "ordinaire") > 2 * ecart("#d7191c", "#1a9641", "deutéranopie")


@pytest.mark.parametrize("vision", VISIONS)
def test_classes_of_coverage_stay_apart_for_everyone(vision: str) -> None:
    for a, b in combinations(COUVERTURE, 2):
        assert ecart(a.couleur, b.couleur, vision) > 12, (a.id, b.id)


def test_classes_of_coverage_stay_apart_in_grey() -> None:
    clartes = sorted(lab(c.couleur)[0] for c in COUVERTURE)
    assert min(b - a for a, b in pairwise(clartes)) > 10


def test_no_coverage_speaks_quietly() -> None:
    clarte, a, b = lab(couverture_ctg.SANS.couleur)
    assert clarte > 92
    assert np.hypot(a, b) < 6


def test_each_class_of_coverage_has_its_own_hatch_when_alone_without_colours() -> None:
    motifs = [c.motif if c.motif_seul is None else c.motif_seul for c in COUVERTURE]
    assert len(set(motifs)) == len(motifs)
    assert motifs[-1] is Motif.AUCUN


def test_the_secret_is_hatched_as_no_class_of_coverage_is() -> None:
    motifs = {c.motif if c.motif_seul is None else c.motif_seul for c in COUVERTURE}
    assert BLANCS[Blanc.SECRET].motif not in motifs


@pytest.mark.parametrize("vision", VISIONS)
@pytest.mark.parametrize("nb", range(2, 8))
def test_a_sequence_darkens_evenly_for_everyone(nb: int, vision: str) -> None:
    couleurs = sequence(nb)
    assert len(couleurs) == nb
    clartes = [lab(c, vision)[0] for c in couleurs]
    pas = [a - b for a, b in pairwise(clartes)]
    assert min(pas) > 6
    assert all(ecart(a, b, vision) > 8 for a, b in pairwise(couleurs))


@pytest.mark.parametrize("vision", VISIONS)
@pytest.mark.parametrize("nb", range(2, 8))
def test_a_lightened_sequence_keeps_its_steps_and_lets_a_dark_hatch_be_read(nb: int, vision: str) -> None:
    claires = [lighten(c) for c in sequence(nb)]
    clartes = [lab(c, vision)[0] for c in claires]
    assert min(a - b for a, b in pairwise(clartes)) > 3.5
    assert clartes[-1] > 45
    assert all(ecart(c, lighten(ZERO.couleur), vision) > 8 for c in claires)


def test_zero_is_the_lightest_of_all() -> None:
    assert lab(ZERO.couleur)[0] > max(lab(sequence(nb)[0])[0] for nb in range(1, 8)) + 10


def test_every_blank_differs_from_zero_and_from_the_others_in_grey() -> None:
    signes = [ZERO, *BLANCS.values()]
    assert len(BLANCS) == len(Blanc)

    def looks(c: Classe) -> tuple[float, Motif, bool]:
        return round(lab(c.couleur)[0] / 3), c.motif, c.blanc is Blanc.MANQUANT  # the missing one has a dashed border

    assert len({looks(c) for c in signes}) == len(signes)


@pytest.mark.parametrize("vision", VISIONS)
def test_blanks_are_never_taken_for_a_figure(vision: str) -> None:
    for blanc in (ZERO, *BLANCS.values()):
        assert all(ecart(blanc.couleur, c, vision) > 12 for nb in range(1, 8) for c in sequence(nb)), blanc.id


def test_definitions_have_lines_of_their_own() -> None:
    traits = [trait(i, str(i), str(i)) for i in range(6)]
    assert len({t.couleur for t in traits}) == len({t.tirets for t in traits}) == len({t.motif for t in traits}) == 6
    septieme = trait(6, "6", "6")
    assert (septieme.couleur, septieme.tirets) == (traits[0].couleur, traits[0].tirets)
    assert septieme.epaisseur < traits[0].epaisseur


def test_kiosks_are_the_most_visible_points() -> None:
    genres = [places.genre(t) for t in ("borne_visio", "agence", "permanence", "point_relais", "france_services")]
    chromas = [float(np.hypot(*lab(g.couleur)[1:])) for g in genres]
    assert chromas[0] == max(chromas)
    assert len({g.forme for g in genres}) == len(genres)


@pytest.mark.parametrize(
    "couleur", [c.couleur for c in COUVERTURE] + list(sequence(7)) + [trait(i, "", "").couleur for i in range(6)]
)
def test_no_red_judges_a_territory(couleur: str) -> None:
    _, a, b = lab(couleur)
    assert not (a > 45 and b > 15)
