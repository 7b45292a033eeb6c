from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layers.kit.scales import Scale, natural_breaks, scale_of
from layers.kit.view import Methode


def groups_sse(valeurs: list[float], coupures: tuple[int, ...]) -> float:
    return sum(float(np.var(g) * len(g)) for g in np.split(np.asarray(valeurs), list(coupures)))


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


@given(st.lists(st.floats(0.001, 1e6), max_size=80), st.sampled_from(list(Methode)), st.integers(3, 7))
@settings(max_examples=150, deadline=None)
def test_every_value_has_a_class_and_no_class_is_empty(valeurs: list[float], methode: Methode, nb: int) -> None:
    tableau = np.array(valeurs)
    echelle = scale_of(tableau, methode, nb)
    assert echelle.nb <= nb
    assert list(echelle.bornes) == sorted(set(echelle.bornes))
    assert len(set(echelle.libelles)) == echelle.nb
    rangs = echelle.ranks(tableau)
    if len(tableau):
        assert rangs.min() >= 0
        assert rangs.max() < echelle.nb
    if len(tableau) and methode is not Methode.EGAL:
        assert set(rangs.tolist()) == set(range(echelle.nb))


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
