from itertools import combinations
from math import ceil

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layers.kit.breaks import natural_breaks
from layers.kit.marks import Repere
from layers.kit.scales import Scale, levels_of, scale_of, wording
from layers.kit.view import Methode


def groups_sse(valeurs: list[float], coupures: tuple[int, ...]) -> float:
    return sum(float(np.var(g) * len(g)) for g in np.split(np.asarray(valeurs), list(coupures)))


@pytest.mark.parametrize("nb", range(3, 8))
@pytest.mark.parametrize("centre", [2.0, 12.4, 50.0, 99.0, 150.0])
def test_a_deviation_is_cut_at_even_steps_on_both_sides_of_its_centre(nb: int, centre: float) -> None:
    valeurs = np.random.default_rng(4).normal(50, 20, 400)
    nomme = Repere("Département (2023)", centre, "le département")
    echelle = scale_of(valeurs, Methode.ECART_DEPARTEMENT, nb, centre=nomme)
    pas = np.diff(echelle.bornes)
    assert np.allclose(pas, pas[0] if len(pas) else 0)
    assert list(echelle.cotes) == sorted(echelle.cotes)
    comptes = np.bincount(echelle.ranks(valeurs), minlength=echelle.nb)
    assert comptes[0] > 0 < comptes[-1]
    debuts, fins = (-np.inf, *echelle.bornes), (*echelle.bornes, np.inf)
    for cote, bas, haut in zip(echelle.cotes, debuts, fins, strict=True):
        assert not np.isfinite(haut) or haut <= centre + 1e-9 if cote < 0 else cote == 0 or bas >= centre - 1e-9
    assert (0 in echelle.cotes) <= (nb % 2 == 1)
    assert len(echelle.couleurs) == echelle.nb


def test_a_deviation_names_its_centre_and_says_when_it_has_none() -> None:
    valeurs = np.arange(1.0, 41)
    nomme = Repere("Référence nationale (2023)", 20.0, "la référence nationale")
    cinq, quatre = (scale_of(valeurs, Methode.ECART_NATIONAL, nb, centre=nomme) for nb in (5, 4))
    assert (cinq.bornes, quatre.bornes) == ((5.0, 15.0, 25.0, 35.0), (10.0, 20.0, 30.0))
    assert [x.partition(", ")[2] for x in cinq.libelles] == ["", "", "autour de la référence nationale", "", ""]
    assert quatre.libelles[1:3] == (
        "De 10 à moins de 20, sous la référence nationale",
        "De 20 à moins de 30, au-dessus de la référence nationale",
    )
    dite = wording((Methode.ECART_NATIONAL, 5, ()), cinq, "par Epci")
    assert dite.startswith("Classes\u202f: écart à la référence nationale (20), à pas égaux de part et d'autre")
    sans = scale_of(valeurs, Methode.ECART_NATIONAL, 5)
    assert sans == scale_of(valeurs, Methode.NATUREL, 5)
    assert "faute de référence nationale" in wording((Methode.ECART_NATIONAL, 5, ()), sans, "par Epci")


def test_clear_groups_are_found() -> None:
    assert scale_of(np.array([1.0, 1.1, 1.2, 5.0, 5.1, 9.0, 9.2, 9.3]), Methode.NATUREL, 3).bornes == (3.1, 7.0)


@given(st.lists(st.integers(1, 60), min_size=4, max_size=11), st.integers(2, 4))
@settings(max_examples=60, deadline=None)
def test_natural_breaks_are_optimal(entiers: list[int], nb: int) -> None:
    valeurs = sorted(float(v) for v in entiers)
    distinctes = sorted(set(valeurs))
    nb = min(nb, len(distinctes))
    trouvees = natural_breaks(np.array(valeurs), nb)
    rangs = tuple(int(np.searchsorted(valeurs, b)) for b in trouvees)
    meilleure = min(groups_sse(valeurs, c) for c in combinations(range(1, len(valeurs)), nb - 1))
    assert groups_sse(valeurs, rangs) == pytest.approx(meilleure, abs=1e-6)


REGULIERES = (Methode.EGAL, Methode.ECART_TYPE, Methode.SEUILS_RONDS)
VALEURS = st.lists(st.one_of(st.floats(0.001, 1e6), st.floats(-1e6, 1e6, width=32), st.integers(0, 9)), max_size=80)


@given(VALEURS, st.sampled_from(list(Methode)), st.integers(3, 7))
@settings(max_examples=250, deadline=None)
def test_every_value_has_a_class_and_no_class_is_empty(valeurs: list[float], methode: Methode, nb: int) -> None:
    tableau = np.array([v for v in valeurs if abs(v) > 1e-6 or v == 0], dtype=float)
    echelle = scale_of(tableau, methode, nb)
    pleines = tableau[tableau != 0]
    assert echelle.nb <= (6 if methode is Methode.Q6 else nb)
    assert list(echelle.bornes) == sorted(set(echelle.bornes))
    assert len(set(echelle.libelles)) == echelle.nb
    comptes = np.bincount(echelle.ranks(pleines), minlength=echelle.nb)
    assert comptes.sum() == len(pleines)
    if len(pleines):
        assert len(comptes) == echelle.nb
        assert comptes[0] > 0
        assert comptes[-1] > 0
    if len(pleines) and methode not in REGULIERES:
        assert comptes.min() > 0


@given(st.lists(st.integers(-50, 50), min_size=2, max_size=40), st.lists(st.integers(-60, 60), min_size=1, max_size=6))
@settings(max_examples=60, deadline=None)
def test_manual_bounds_are_taken_as_they_are(entiers: list[int], choix: list[int]) -> None:
    bornes = tuple(sorted({float(b) for b in choix}))
    echelle = scale_of(np.array(entiers, dtype=float), Methode.MANUEL, 5, bornes)
    assert echelle.bornes == bornes
    for v, rang in zip(entiers, echelle.ranks(np.array(entiers, dtype=float)).tolist(), strict=True):
        assert rang == sum(b <= v for b in bornes)


def test_manual_classes_without_bounds_are_natural() -> None:
    valeurs = np.array([1.0, 1.1, 1.2, 5.0, 5.1, 9.0, 9.2, 9.3])
    assert scale_of(valeurs, Methode.MANUEL, 3) == scale_of(valeurs, Methode.NATUREL, 3)
    assert "faute de bornes choisies" in wording((Methode.MANUEL, 3, ()), Scale((3.1, 7.0)), "ici")


def test_q6_puts_a_twentieth_at_each_end() -> None:
    valeurs = np.arange(1, 201, dtype=float)
    comptes = np.bincount(scale_of(valeurs, Methode.Q6, 3).ranks(valeurs)).tolist()
    assert comptes == pytest.approx([10, 45, 45, 45, 45, 10], abs=5)


def test_standard_deviations_stand_around_the_mean() -> None:
    valeurs = np.concatenate([np.full(50, 80.0), np.full(50, 120.0), [60.0, 140.0] * 10])
    ecart = valeurs.std()
    autour = (100 - ecart, 100, 100 + ecart)
    assert scale_of(valeurs, Methode.ECART_TYPE, 4).bornes == pytest.approx(autour, abs=ecart / 50)
    assert scale_of(valeurs, Methode.ECART_TYPE, 3).bornes == pytest.approx(
        (100 - ecart / 2, 100 + ecart / 2), abs=ecart / 50
    )


SERIES = {
    "revenus": np.random.default_rng(1).normal(21_900, 2_100, 900).round(-1),
    "étirée": np.random.default_rng(2).lognormal(1, 1.4, 900),
    "signée": np.random.default_rng(3).normal(0, 3, 500).round(1),
    "à égalités": np.repeat(np.arange(1.0, 41.0), np.random.default_rng(4).integers(1, 60, 40)),
}


@pytest.mark.parametrize("serie", SERIES)
@pytest.mark.parametrize("nb", range(3, 8))
def test_quantiles_are_those_of_a_plain_count_within_ties(serie: str, nb: int) -> None:
    """Each class begins at the value that a count of the sorted list gives; rounding moves two in a hundred at most."""
    triees = sorted(v for v in SERIES[serie].tolist() if v)
    debuts = sorted({triees[ceil((len(triees) - 1) * k / nb - 1e-9)] for k in range(1, nb)} - {triees[0]})
    attendues = [sum(d <= v for d in debuts) for v in triees]
    trouvees = scale_of(SERIES[serie], Methode.QUANTILES, nb).ranks(np.array(triees)).tolist()
    assert sum(a != b for a, b in zip(attendues, trouvees, strict=True)) <= 0.02 * len(triees)
    assert set(trouvees) == set(attendues)


@pytest.mark.parametrize("serie", SERIES)
@pytest.mark.parametrize("nb", range(3, 8))
def test_natural_classes_are_within_a_hundredth_of_the_optimum(serie: str, nb: int) -> None:
    """The optimum comes from a plain dynamic programme over all distinct values, without steps nor rounding."""
    triees = np.sort(SERIES[serie][SERIES[serie] != 0])
    bornes = scale_of(triees, Methode.NATUREL, nb).bornes
    assert len(bornes) == nb - 1
    coupures = tuple(np.searchsorted(triees, bornes).tolist())
    assert groups_sse(triees.tolist(), coupures) <= 1.01 * optimal_sse(triees, nb)


def optimal_sse(triees: np.ndarray, nb: int) -> float:
    s1, s2 = (np.concatenate(([0.0], np.cumsum(triees**p))) for p in (1, 2))
    fins = np.arange(len(triees) + 1)
    meilleur = s2 - s1**2 / np.maximum(fins, 1)
    for _ in range(nb - 1):
        suivant = meilleur.copy()
        for fin in range(1, len(triees) + 1):
            debut = fins[:fin]
            cout = s2[fin] - s2[debut] - (s1[fin] - s1[debut]) ** 2 / (fin - debut)
            suivant[fin] = (meilleur[debut] + cout).min()
        meilleur = suivant
    return float(meilleur[-1])


@pytest.mark.parametrize("serie", ["revenus", "étirée"])
@pytest.mark.parametrize("nb", range(3, 8))
def test_regular_steps_are_equal_and_deviations_are_deviations(serie: str, nb: int) -> None:
    valeurs = SERIES[serie]
    debut = 0.0 if 0 <= valeurs.min() < valeurs.max() / nb else valeurs.min()
    pas = (valeurs.max() - debut) / nb
    egales = scale_of(valeurs, Methode.EGAL, nb).bornes
    assert egales == pytest.approx([debut + pas * k for k in range(1, nb)], abs=pas / 50)
    moyenne, ecart = sum(valeurs) / len(valeurs), float(np.sqrt(np.mean((valeurs - np.mean(valeurs)) ** 2)))
    voulues = [moyenne + ecart * (k - (nb - 2) / 2) for k in range(nb - 1)]
    dedans = [v for v in voulues if valeurs.min() < v <= valeurs.max()]
    assert scale_of(valeurs, Methode.ECART_TYPE, nb).bornes == pytest.approx(dedans, abs=ecart / 50)


@pytest.mark.parametrize("methode", list(Methode))
def test_one_value_or_one_value_many_times_is_one_class(methode: Methode) -> None:
    for valeurs in ([], [np.nan], [0.0, 0.0], [7.0], [7.0] * 40, [-7.0] * 40):
        echelle = scale_of(np.array(valeurs), methode, 5)
        assert (echelle.nb, len(echelle.libelles)) == (1, 1)


@pytest.mark.parametrize("methode", [m for m in Methode if m is not Methode.Q6])
def test_levels_of_a_crossing_hold_zero_and_stand_even_among_ties(methode: Methode) -> None:
    assert levels_of(np.array([0.0] * 90 + [1.0, 2.0, 5.0]), methode).nb <= 3
    assert levels_of(np.array([0.0] * 90 + [1.0, 2.0, 5.0]), Methode.QUANTILES).ranks(
        np.array([0.0, 5.0])
    ).tolist() == [0, 2]
    assert levels_of(np.array([]), methode).nb == 1
    assert levels_of(np.array([0.0, 0.0]), methode).nb == 1


def test_round_thresholds_are_multiples_then_a_series() -> None:
    revenus = np.linspace(17_310, 29_870, 300)
    assert scale_of(revenus, Methode.SEUILS_RONDS, 3).bornes == (20_000.0, 25_000.0)
    assert scale_of(revenus, Methode.SEUILS_RONDS, 7).bornes == tuple(range(18_000, 30_000, 2_000))
    etires = np.geomspace(0.11, 990, 300)
    assert scale_of(etires, Methode.SEUILS_RONDS, 5).bornes == (0.5, 5.0, 20.0, 200.0)


def test_equal_steps_far_from_zero_start_at_the_least_value() -> None:
    revenus = np.linspace(16_000, 32_000, 300)
    assert scale_of(revenus, Methode.EGAL, 4).bornes == (20_000.0, 24_000.0, 28_000.0)


def test_negative_values_have_classes_too() -> None:
    valeurs = np.array([-8.0, -7.5, -7.0, -1.0, 1.0, 1.5, 0.0, 6.0, 6.5])
    echelle = scale_of(valeurs, Methode.NATUREL, 3)
    assert echelle.bornes == (-4.0, 3.8)
    assert echelle.libelles[0] == "Moins de \u22124"
    assert scale_of(np.array([-3.0]), Methode.NATUREL, 5).libelles == ("Toute valeur autre que 0",)


def test_the_method_is_said_and_why_classes_are_fewer() -> None:
    echelle = scale_of(np.array([1.0, 2.0, 4.0]), Methode.QUANTILES, 5)
    dite = wording((Methode.QUANTILES, 5, ()), echelle, "par Epci")
    assert dite.startswith("Classes\u202f: quantiles, bornes calculées par Epci. Moins de 5 classes\u202f: trop peu")
    assert wording((Methode.MANUEL, 5, (1.0,)), Scale((1.0,)), "x") == "Classes\u202f: bornes choisies."


def test_close_bounds_are_told_apart() -> None:
    assert Scale((1.001, 1.002)).libelles[1] == "De 1,001 à moins de 1,002"


def test_bounds_are_short_and_never_the_extreme_values() -> None:
    valeurs = np.random.default_rng(7).lognormal(0, 1, 890)
    for methode in (Methode.NATUREL, Methode.QUANTILES):
        bornes = scale_of(valeurs, methode, 5).bornes
        assert len(bornes) == 4
        assert all(len(f"{b:.12g}".replace(".", "").strip("0")) <= 3 for b in bornes)
        assert valeurs.min() < bornes[0]
        assert bornes[-1] < valeurs.max()


def test_quantiles_hold_as_many_values_each() -> None:
    valeurs = np.arange(1, 101, dtype=float)
    echelle = scale_of(valeurs, Methode.QUANTILES, 4)
    assert np.bincount(echelle.ranks(valeurs)).tolist() == [25, 25, 25, 25]


def test_equal_steps_start_from_zero() -> None:
    assert scale_of(np.array([1.0, *range(2, 100), 100.0]), Methode.EGAL, 4).bornes == (25.0, 50.0, 75.0)


def test_few_values_get_few_classes() -> None:
    assert scale_of(np.array([]), Methode.AUTO, 5).nb == 1
    assert scale_of(np.array([3.0]), Methode.AUTO, 5).nb == 1
    assert scale_of(np.array([3.0, 3.0, 3.0]), Methode.AUTO, 5).nb == 1
    assert scale_of(np.array([1.0, 2.0, 4.0]), Methode.AUTO, 5).nb == 2


def test_zeros_and_blanks_play_no_part() -> None:
    pleines = np.array([1.0, 1.1, 5.0, 5.1, 9.0, 9.1, 9.2, 9.3])
    avec = np.concatenate([pleines, np.zeros(50), np.full(20, np.nan)])
    assert scale_of(avec, Methode.AUTO, 3) == scale_of(pleines, Methode.AUTO, 3)


def test_a_bound_belongs_to_the_class_above() -> None:
    assert Scale((2.0, 5.0)).ranks(np.array([1.9, 2.0, 4.9, 5.0])).tolist() == [0, 1, 1, 2]


def test_labels_say_the_bounds_in_french() -> None:
    assert Scale((2.5, 1200.0)).libelles == ("Moins de 2,5", "De 2,5 à moins de 1\u202f200", "1\u202f200 et plus")
    assert Scale(()).libelles == ("Plus de 0",)


def test_the_same_values_always_give_the_same_classes() -> None:
    valeurs = np.random.default_rng(3).lognormal(0, 1, 3_000)
    assert scale_of(valeurs, Methode.AUTO, 5) == scale_of(valeurs[::-1].copy(), Methode.AUTO, 5)
