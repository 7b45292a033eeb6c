"""The door of secrecy, attacked: linear algebra over everything that is shown, and bounds on what is left."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data import secrecy
from data.model import Nature, Parametres, Profil

SEUIL = 5


def partition(n: int, k: int) -> st.SearchStrategy[np.ndarray]:
    return st.lists(st.integers(-1, k - 1), min_size=n, max_size=n).map(lambda r: np.array(r, dtype=np.intp))


@st.composite
def datasets(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray, np.ndarray, list[np.ndarray]]:
    """Counts, Epci of each commune (-1 none), département, and sets of covered communes at many dates."""
    n = draw(st.integers(2, 24))
    petits = st.integers(0, 12)
    valeurs = draw(st.lists(st.one_of(petits, st.integers(0, 300), st.just(np.nan)), min_size=n, max_size=n))
    couverts = draw(st.lists(st.lists(st.booleans(), min_size=n, max_size=n), max_size=6))
    return (
        np.array(valeurs, dtype=float),
        draw(partition(n, 5)),
        np.maximum(draw(partition(n, 2)), 0),
        [np.array(c) for c in couverts],
    )


def shown_rows(masque: secrecy.Masque, groupes: list[tuple[np.ndarray, int]], connues: np.ndarray) -> np.ndarray:
    """Everything an attacker sees, as rows of a linear system over the communes."""
    lignes = [np.eye(len(connues))[i] for i in np.flatnonzero(connues & ~masque.cachee)]
    for rang, nombre in groupes:
        montres = masque.shows(rang, nombre)
        lignes += [((rang == g) & connues).astype(float) for g in range(nombre) if montres[g]]
    return np.array(lignes).reshape(-1, len(connues))


def deduced(lignes: np.ndarray, cible: np.ndarray) -> bool:
    """Tell whether the target is a combination of what is shown."""
    rang = np.linalg.matrix_rank(lignes) if len(lignes) else 0
    return bool(np.linalg.matrix_rank(np.vstack([lignes, cible])) == rang)


def levels(epci: np.ndarray, departement: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    return departement * 10 + epci, departement


@settings(max_examples=200, deadline=None)
@given(datasets())
def test_no_hidden_count_can_be_subtracted(jeu: tuple[np.ndarray, np.ndarray, np.ndarray, list[np.ndarray]]) -> None:
    valeurs, epci, departement, couverts = jeu
    masque = secrecy.protect(valeurs, levels(epci, departement), SEUIL)
    connues = ~np.isnan(valeurs)
    groupes = [(epci, 5), (departement, 2), (np.zeros(len(valeurs), dtype=np.intp), 1)]
    groupes += [(np.where(c & connues, 0, -1), 1) for c in couverts]
    groupes = [(np.where(connues, g, -1), n) for g, n in groupes]
    lignes = shown_rows(masque, groupes, connues)
    for i in np.flatnonzero(masque.cachee):
        assert not deduced(lignes, np.eye(len(valeurs))[i]), (i, valeurs, epci, departement)


@settings(max_examples=200, deadline=None)
@given(datasets())
def test_every_small_count_is_hidden_and_no_zero(jeu: tuple[np.ndarray, ...]) -> None:
    valeurs, epci, departement, _ = jeu
    masque = secrecy.protect(valeurs, levels(epci, departement), SEUIL)
    petites = (valeurs > 0) & (valeurs < SEUIL)
    assert masque.cachee[petites].all()
    assert not masque.cachee[(valeurs == 0) | (valeurs > secrecy.VOISINE_MAX * SEUIL) | np.isnan(valeurs)].any()


@settings(max_examples=200, deadline=None)
@given(datasets())
def test_the_sum_of_a_shown_block_says_nothing_of_its_parts(jeu: tuple[np.ndarray, ...]) -> None:
    """Each part of a block could be another number: its sum is no small count and no extreme one."""
    valeurs, epci, departement, _ = jeu
    masque = secrecy.protect(valeurs, levels(epci, departement), SEUIL)
    for bloc in np.flatnonzero(masque.surs):
        parts = valeurs[masque.bloc == bloc]
        assert len(parts) >= 2
        assert parts.sum() >= SEUIL
        assert parts.sum() > len(parts)
        if (parts < SEUIL).all():
            assert parts.sum() < len(parts) * (SEUIL - 1)


def one_epci(*valeurs: float) -> secrecy.Masque:
    tous = np.zeros(len(valeurs), dtype=np.intp)
    return secrecy.protect(np.array(valeurs, dtype=float), (tous, tous), SEUIL)


@pytest.mark.parametrize("valeur", [1, 4])
def test_one_small_count_takes_the_smallest_shown_one_with_it(valeur: int) -> None:
    masque = one_epci(valeur, 20, 8, 0, 300)
    assert masque.cachee.tolist() == [True, False, True, False, False]
    assert masque.shows_sum(np.ones(5, dtype=bool))


@pytest.mark.parametrize("valeur", [0, 5])
def test_zero_and_the_threshold_are_shown(valeur: int) -> None:
    masque = one_epci(valeur, 20)
    assert not masque.cachee.any()
    assert masque.shows_sum(np.array([True, True]))


def test_a_large_commune_is_never_hidden_for_a_small_one() -> None:
    masque = one_epci(3, 26)
    assert masque.cachee.tolist() == [True, False]
    assert not masque.shows_sum(np.array([True, True]))


def test_a_small_one_is_tied_to_those_of_the_other_epci_of_its_departement() -> None:
    """Neither Epci may be shown, their département may; with one more date of coverage nothing changes."""
    valeurs = np.array([3.0, 500.0, 4.0, 600.0, 40.0])
    epci, departement = np.array([0, 0, 1, 1, 2]), np.zeros(5, dtype=np.intp)
    masque = secrecy.protect(valeurs, (epci, departement), SEUIL)
    assert masque.shows(epci, 3).tolist() == [False, False, True]
    assert masque.shows(departement, 1).tolist() == [True]
    assert not masque.shows_sum(np.array([True, True, False, False, True]))
    assert masque.shows_sum(np.array([True, False, True, False, True]))


def test_all_the_small_ones_at_their_greatest_would_be_given_by_their_sum() -> None:
    assert not one_epci(4, 4).shows_sum(np.array([True, True]))
    assert one_epci(4, 3).shows_sum(np.array([True, True]))


def test_what_the_producer_hides_is_protected_from_the_totals_that_it_publishes() -> None:
    tous = np.zeros(3, dtype=np.intp)
    inconnue = np.array([True, False, False])
    seule = secrecy.protect(np.array([np.nan, 90.0, 40.0]), (tous,), SEUIL, inconnue)
    assert not seule.shows(tous, 1)[0]
    a_deux = secrecy.protect(np.array([np.nan, 90.0, 9.0]), (tous,), SEUIL, inconnue)
    assert a_deux.shows(tous, 1)[0]
    assert a_deux.cachee.tolist() == [True, False, True]


def test_thresholds_by_profile() -> None:
    assert secrecy.threshold(Parametres(secret_seuil=5, secret_seuil_partenaire=11), Profil.INTERNE) == 5
    assert secrecy.threshold(Parametres(secret_seuil=5, secret_seuil_partenaire=11), Profil.PARTENAIRE) == 11


@pytest.mark.parametrize(
    ("indicateur", "nature", "protege"),
    [
        ("enfants_0_2", Nature.EFFECTIF, True),
        ("foyers_allocataires", Nature.EFFECTIF, True),
        ("population_municipale", Nature.EFFECTIF, False),
        ("places_petite_enfance", Nature.EFFECTIF, False),
        ("prestations_legales_eur", Nature.MONTANT, False),
        ("revenu_median", Nature.MEDIANE, False),
    ],
)
def test_only_counts_of_persons_are_secret(indicateur: str, nature: Nature, protege: bool) -> None:
    assert secrecy.is_protected(indicateur, nature) is protege


def test_the_attack_does_find_a_leak() -> None:
    """Guard of the guard: with the total shown, one hidden count is found."""
    masque = secrecy.Masque(np.array([0, -1, -1]), np.array([True]))
    tous = np.zeros(3, dtype=np.intp)
    lignes = shown_rows(masque, [(tous, 1)], np.ones(3, dtype=bool))
    assert deduced(lignes, np.eye(3)[0])


@settings(max_examples=200, deadline=None)
@given(datasets())
def test_a_partner_who_knows_a_block_s_sum_leaves_every_small_part_free(jeu: tuple[np.ndarray, ...]) -> None:
    """Whatever small number a part could be, the others can make up the same sum within what they may be."""
    valeurs, epci, departement, _ = jeu
    masque = secrecy.protect(valeurs, levels(epci, departement), SEUIL, forte=True)
    for bloc in np.flatnonzero(masque.surs):
        parts = valeurs[masque.bloc == bloc]
        petites, grandes = int((parts < SEUIL).sum()) - 1, int((parts >= SEUIL).sum())
        for possible in range(1, SEUIL):
            reste = parts.sum() - possible
            assert petites + grandes * SEUIL <= reste
            assert reste <= petites * (SEUIL - 1) + grandes * secrecy.VOISINE_MAX * SEUIL


def test_a_partner_s_block_takes_a_neighbour_large_enough() -> None:
    tous = np.zeros(4, dtype=np.intp)
    masque = secrecy.protect(np.array([4.0, 5.0, 9.0, 300.0]), (tous,), SEUIL, forte=True)
    assert masque.cachee.tolist() == [True, True, False, False], "4 + 5 leaves 4 anything from 1 to 4"
    masque = secrecy.protect(np.array([2.0, 5.0, 9.0, 300.0]), (tous,), SEUIL, forte=True)
    assert masque.cachee.tolist() == [True, False, True, False], "2 + 5 would say that 2 is at most 2"


def test_a_published_total_may_leave_too_little() -> None:
    reste, absentes = np.array([3.0, 4.0, 3.0, 5.0, 0.0]), np.array([1, 1, 0, 2, 0])
    assert secrecy.leaves_too_little(reste, absentes, SEUIL).tolist() == [True, False, False, False, False]


def test_a_partner_never_sees_more_than_the_caf() -> None:
    assert secrecy.threshold(Parametres(secret_seuil=20, secret_seuil_partenaire=11), Profil.PARTENAIRE) == 20
