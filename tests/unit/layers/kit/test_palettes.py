"""Colours measured as people see them: CIE L*a*b*, and Machado's simulation of colour blindness (2009)."""

import re
from itertools import combinations, pairwise
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from data.model import Blanc
from layers import couverture_ctg
from layers.kit import places
from layers.kit.marks import Classe, Motif
from layers.kit.palettes import (
    AVEC_DISQUE,
    BLANCS,
    DISQUES,
    ZERO,
    crossing,
    diverging,
    ink_on,
    lighten,
    sequence,
    trait,
)
from layers.renderers.swatches import TERRE

RACINE = Path(__file__).resolve().parents[4]
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

DIVERGENTES = (*diverging(range(-3, 4), True), *diverging((-3, -2, -1, 1, 2, 3), False))


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


ECARTS = [(nb, tuple(i - nb // 2 + (i >= nb // 2 and nb % 2 == 0) for i in range(nb))) for nb in range(2, 8)]


@pytest.mark.parametrize("vision", VISIONS)
@pytest.mark.parametrize(("nb", "cotes"), ECARTS)
def test_two_sides_of_a_named_value_stay_apart_for_everyone(nb: int, cotes: tuple[int, ...], vision: str) -> None:
    couleurs = diverging(cotes, nb % 2 == 1)
    assert len(set(couleurs)) == nb
    assert all(ecart(a, b, vision) > 14 for a, b in combinations(couleurs, 2))
    claires = [lighten(c) for c in couleurs]
    assert all(ecart(a, b, vision) > 9 for a, b in combinations(claires, 2))
    for blanc in (ZERO, *BLANCS.values()):
        assert all(ecart(blanc.couleur, c, vision) > 12 for c in couleurs), blanc.id


@pytest.mark.parametrize(("nb", "cotes"), ECARTS)
def test_two_sides_of_a_named_value_stay_apart_in_grey_and_darken_away_from_it(nb: int, cotes: tuple[int, ...]) -> None:
    clartes = [lab(c)[0] for c in diverging(cotes, nb % 2 == 1)]
    assert min(b - a for a, b in pairwise(sorted(clartes))) > 7
    for cote in (-1, 1):
        loin = [v for _, v in sorted((abs(c), v) for c, v in zip(cotes, clartes, strict=True) if c * cote >= 0)]
        assert loin == sorted(loin, reverse=True)


def test_a_side_without_territory_leaves_the_colours_of_the_other() -> None:
    assert diverging((0, 1, 2), True) == diverging((-2, -1, 0, 1, 2), True)[2:]
    assert diverging((-2, -1), False) == diverging((-2, -1, 1, 2), False)[:2]
    assert diverging((0,), True) == diverging((-1, 0, 1), True)[1:2]


CROISEMENTS = [(lignes, colonnes) for lignes in (1, 2, 3) for colonnes in (1, 2, 3)]


@pytest.mark.parametrize("vision", VISIONS)
@pytest.mark.parametrize("taille", CROISEMENTS)
def test_cells_of_a_crossing_stay_apart_for_everyone_even_under_hatches(taille: tuple[int, int], vision: str) -> None:
    cases = [c for ligne in crossing(*taille) for c in ligne]
    assert len(set(cases)) == taille[0] * taille[1]
    for a, b in combinations(cases, 2):
        assert ecart(a, b, vision) > 18, (a, b)
        assert ecart(lighten(a), lighten(b), vision) > 12, (a, b)
    for blanc in (ZERO, *BLANCS.values()):
        assert all(ecart(blanc.couleur, c, vision) > 12 for c in cases), blanc.id


@pytest.mark.parametrize("taille", CROISEMENTS)
def test_cells_of_a_crossing_stay_apart_in_grey(taille: tuple[int, int]) -> None:
    """All nine, corners included: more than a step of the seven-class sequence's lightest neighbours would ask."""
    clartes = sorted(lab(c)[0] for ligne in crossing(*taille) for c in ligne)
    assert min((b - a for a, b in pairwise(clartes)), default=99) > 5


def test_each_measure_of_a_crossing_darkens_and_keeps_its_hue() -> None:
    cases = [[lab(c) for c in ligne] for ligne in crossing(3, 3)]
    for suite in (*cases, *zip(*cases, strict=True)):
        assert all(a[0] - b[0] > 9 for a, b in pairwise(suite))
    assert cases[2][0][2] > 40  # much of the first alone: ochre
    assert cases[0][2][2] < -25  # much of the second alone: blue


@pytest.mark.parametrize("couleur", [f(c) for ligne in crossing(3, 3) for c in ligne for f in (str, lighten)])
def test_the_counts_written_on_a_cell_are_read(couleur: str) -> None:
    assert contrast(couleur, ink_on(couleur)) > 4.5


def contrast(a: str, b: str) -> float:
    """Return the contrast of WCAG between two colours."""
    clairs = []
    for couleur in (a, b):
        rgb = np.array([int(couleur[i : i + 2], 16) for i in (1, 3, 5)]) / 255
        lineaire = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
        clairs.append(float(VERS_XYZ[1] @ lineaire))
    return (max(clairs) + 0.05) / (min(clairs) + 0.05)


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
    "couleur",
    [c.couleur for c in COUVERTURE] + [*sequence(7), *DIVERGENTES] + [trait(i, "", "").couleur for i in range(6)],
)
def test_no_red_judges_a_territory(couleur: str) -> None:
    _, a, b = lab(couleur)
    assert not (a > 45 and b > 15)


@pytest.mark.parametrize("vision", [*VISIONS, "gris"])
def test_kinds_of_points_rest_on_colour_or_on_shape(vision: str) -> None:
    """In grey, and for the colour-blind, some colours meet: the shape then tells them apart."""
    genres = {t: places.genre(t) for t in places._GENRES}
    confondus = {
        frozenset((a, b))
        for a, b in combinations(genres, 2)
        if (
            abs(lab(genres[a].couleur)[0] - lab(genres[b].couleur)[0]) < 12
            if vision == "gris"
            else ecart(genres[a].couleur, genres[b].couleur, vision) < 12
        )
    }
    assert vision != "gris" or confondus
    assert vision != "ordinaire" or not confondus
    assert all(len({genres[t].forme for t in paire}) == 2 for paire in confondus)


def theme() -> dict[str, dict[str, str]]:
    """Read the colours of both themes from the style sheet."""
    feuille = (RACINE / "assets" / "10-theme.css").read_text("utf-8")
    clair, sombre = feuille.partition(':root[data-theme="dark"]')[::2]
    return {n: dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", t)) for n, t in (("clair", clair), ("sombre", sombre))}


@pytest.mark.parametrize("nom", ["clair", "sombre"])
@pytest.mark.parametrize("vision", VISIONS)
def test_territories_stand_out_from_the_page_or_have_a_border_that_does(nom: str, vision: str) -> None:
    """A colour close to the page in one theme is closed by the border of the map, three times as light or dark."""
    couleurs = theme()[nom]
    fond, bord = couleurs["carte-fond"], couleurs["carte-bord"]
    assert contrast(fond, bord) > 3
    pleines = [
        *sequence(7),
        *DIVERGENTES,
        *(c for ligne in crossing(3, 3) for c in ligne),
        *(c.couleur for c in COUVERTURE),
    ]
    proches = {c for c in pleines if ecart(c, fond, vision) < 12}
    assert proches <= {couverture_ctg.SANS.couleur}


@pytest.mark.parametrize("rang", range(6))
def test_line_swatches_are_read_on_their_own_ground_in_both_themes(rang: int) -> None:
    assert contrast(trait(rang, "", "").couleur, TERRE) > 3
    assert contrast("#14181c", TERRE) > 3


@pytest.mark.parametrize("vision", VISIONS)
def test_discs_are_seen_over_every_class_by_their_colour_or_their_white_rim(vision: str) -> None:
    for fond in (AVEC_DISQUE.couleur, *sequence(7), *DIVERGENTES, *(c for ligne in crossing(3, 3) for c in ligne)):
        assert ecart(DISQUES, fond, vision) > 25 or contrast(fond, "#ffffff") > 3, fond
