"""Results: the formula of DOMAINE §3.10, its blanks and its directions; actions by state."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.frames import Frames
from data.measures import results
from data.measures.results import Tendance
from data.measures.scope import Portee

Fabrique = Callable[..., Frames]
JOUR = date(2024, 6, 1)


@pytest.fixture
def one(make_frames: Fabrique) -> Callable[..., results.Resultat]:
    def make(depart: float | None, actuel: float | None, cible: float | None, **plus: object) -> results.Resultat:
        ligne = {"id_objectif": "O", "id_ctg": "C", "sens": "hausse", "annee_actuelle": 2023.0} | plus
        valeurs = {"valeur_reference": depart, "valeur_actuelle": actuel, "cible": cible}
        ligne |= {k: v for k, v in valeurs.items() if v is not None}
        ctg = [{"id_ctg": "C", "echelon": "communal", "statut": "signee"}]
        frames = make_frames([{"code": "62001"}], {"ctg": ctg, "objectifs": [ligne]})
        return results.objectives(frames, Portee(JOUR), "C")[0]

    return make


@pytest.mark.parametrize(
    ("termes", "avancement"),
    [
        ((10, 15, 20), 0.5),
        ((10, 25, 20), 1.5),
        ((10, 5, 20), -0.5),
        ((20, 15, 10), 0.5),
        ((10, 10, 20), 0.0),
        ((10, 15, 10), None),
        ((None, 15, 20), None),
        ((10, None, 20), None),
        ((10, 15, None), None),
    ],
)
def test_the_formula_is_not_clamped_and_may_be_undefined(
    one: Callable[..., results.Resultat], termes: tuple, avancement: float | None
) -> None:
    assert one(*termes).avancement == avancement


@pytest.mark.parametrize(
    ("termes", "sens", "tendance"),
    [
        ((10, 15, 20), "hausse", Tendance.VERS),
        ((10, 5, 20), "hausse", Tendance.LOIN),
        ((10, 10, 20), "hausse", Tendance.INCHANGE),
        ((20, 15, 10), "baisse", Tendance.VERS),
        ((20, 25, 10), "baisse", Tendance.LOIN),
        ((20, 15, 10), "", Tendance.VERS),
        ((None, 15, 20), "hausse", Tendance.INCONNUE),
        ((10, None, 20), "hausse", Tendance.INCONNUE),
        ((10, 15, None), "", Tendance.INCONNUE),
    ],
)
def test_trend_and_direction(
    one: Callable[..., results.Resultat], termes: tuple, sens: str, tendance: Tendance
) -> None:
    assert one(*termes, sens=sens).tendance is tendance


def test_a_result_of_a_later_year_is_not_shown(one: Callable[..., results.Resultat]) -> None:
    tard = one(10, 15, 20, annee_actuelle=2025.0)
    assert (tard.a_venir, tard.actuel.valeur, tard.avancement, tard.atteint) == (True, None, None, None)
    assert one(10, 15, 20, annee_actuelle=2024.0).actuel.valeur == 15


def test_reached_in_the_direction_wanted(one: Callable[..., results.Resultat]) -> None:
    assert one(10, 20, 20).atteint is True
    assert one(10, 19, 20).atteint is False
    assert one(20, 9, 10, sens="baisse").atteint is True
    assert one(None, 21, 20).atteint is True, "no baseline: the result stands alone"
    assert one(10, 20, 20, sens="").atteint is None


def test_a_target_against_its_direction_is_said(one: Callable[..., results.Resultat]) -> None:
    assert one(10, 15, 5).contraire
    assert not one(10, 15, 20).contraire
    assert not one(20, 15, 10, sens="baisse").contraire
    assert not one(None, 15, 10).contraire


finite = st.floats(-1e6, 1e6, allow_nan=False)


@given(finite, finite, finite, st.floats(0.5, 100))
def test_the_unit_changes_nothing(depart: float, actuel: float, cible: float, facteur: float) -> None:
    avant = results.advance(depart, actuel, cible)
    apres = results.advance(depart * facteur, actuel * facteur, cible * facteur)
    if avant is None or apres is None or abs(cible - depart) < 1e-6:
        return
    assert apres == pytest.approx(avant, rel=1e-3, abs=1e-3)


def test_actions_by_state(make_frames: Fabrique) -> None:
    def action(ident: str, etat: str, fin: date | None = None) -> dict:
        return {"id_action": ident, "id_ctg": "C", "etat": etat} | ({"date_fin": fin} if fin else {})

    ctg = [{"id_ctg": "C", "echelon": "communal", "statut": "signee"}]
    lignes = [
        action("A", "prevue", date(2024, 5, 31)),
        action("B", "prevue", date(2024, 6, 1)),
        action("C", "realisee", date(2020, 1, 1)),
        action("D", "suspendue", date(2020, 1, 1)),
        action("E", "engagee"),
    ]
    frames = make_frames([{"code": "62001"}], {"ctg": ctg, "actions": lignes})
    avancee = results.progress(results.actions(frames, Portee(JOUR)))
    assert dict(avancee.etats) == {"prevue": 2, "engagee": 1, "realisee": 1, "abandonnee": 0}
    assert (avancee.autres, avancee.depassees, avancee.total) == (1, 1, 5)


def test_the_demonstration_apart(frames_demo: Frames) -> None:
    """Every share of the way done, from the table alone."""
    trouves = {r.id: r for r in results.objectives(frames_demo, Portee(date(2026, 11, 1)))}
    table = frames_demo["objectifs"].set_index("id_objectif")
    assert set(trouves) == set(table.index)
    ecart = table["cible"] - table["valeur_reference"]
    attendu = ((table["valeur_actuelle"] - table["valeur_reference"]) / ecart).where(ecart != 0)
    for ident, valeur in attendu.items():
        if valeur == valeur:
            assert trouves[ident].avancement == pytest.approx(valeur)
        else:
            assert trouves[ident].avancement is None
