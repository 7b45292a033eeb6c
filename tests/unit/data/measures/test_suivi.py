"""The series behind an objective: the known years of its perimeter, up to the day, and which way they went."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from dashboard.registre.objectives import SANS_INDICATEUR, SANS_SERIE, told
from data.frames import Frames
from data.measures import suivi
from data.measures.suivi import Evolution, Suite

TAUX = "taux_couverture_petite_enfance"
JOUR = date(2026, 11, 1)


@pytest.fixture
def frames(make_frames: Callable[..., Frames]) -> Frames:
    communes = [{"code": f"6200{n}", "nom": f"C{n}", "code_epci": "200000001", "population": 10} for n in (1, 2, 3)]
    values: list[dict[str, Any]] = [
        {"code_territoire": "200000001", "maille": "epci", "indicateur": TAUX, "annee": a, "valeur": v, "statut": s}
        for a, v, s in ((2019, 40.0, ""), (2021, None, "secret"), (2023, 44.0, ""), (2028, 80.0, ""))
    ]
    epci = [{"code_epci": "200000001", "nom": "CC Une", "nature": "CC"}]
    return make_frames(communes, {"indicateurs": values, "epci": epci})


def test_a_series_keeps_the_known_years_of_the_perimeter_up_to_the_day(frames: Frames) -> None:
    tous = ("62001", "62002", "62003")
    assert suivi.of_perimeter(frames, tous, TAUX, JOUR) == Suite(((2019, 40.0), (2023, 44.0)), Evolution.HAUSSE)
    assert suivi.of_perimeter(frames, tous, TAUX, date(2022, 12, 31)) == Suite(((2019, 40.0),), Evolution.UNE_ANNEE)
    assert suivi.of_perimeter(frames, tous, TAUX, date(2018, 1, 1)) == Suite((), Evolution.AUCUNE)
    assert suivi.of_perimeter(frames, tous[:2], TAUX, JOUR) is None, "a part of an Epci: nobody publishes its rate"
    assert suivi.of_perimeter(frames, tous, "inconnu", JOUR) is None
    assert suivi.of_perimeter(frames, (), TAUX, JOUR) is None


@pytest.mark.parametrize(
    ("dernier", "seuil", "attendue"),
    [
        (101.0, 1, Evolution.HAUSSE),
        (100.99, 1, Evolution.STABLE),
        (99.01, 1, Evolution.STABLE),
        (99.0, 1, Evolution.BAISSE),
        (100.0, 0, Evolution.STABLE),
        (104.9, 5, Evolution.STABLE),
    ],
)
def test_the_threshold_is_where_a_change_begins(dernier: float, seuil: float, attendue: Evolution) -> None:
    assert suivi.evolution(((2019, 100.0), (2020, 7.0), (2023, dernier)), seuil) is attendue


def test_words() -> None:
    longue = Suite(tuple((2015 + n, 40.0 + n) for n in range(7)), Evolution.HAUSSE)
    dit = told("x", longue).replace("\u00a0", " ").replace("\u202f", "")
    assert dit == "↗ hausse: 40 (2015), 44 (2019), 45 (2020), 46 (2021)"
    assert told("x", Suite((), Evolution.AUCUNE)) == "aucune année connue"
    assert (told("x", None), told("", None)) == (SANS_SERIE, SANS_INDICATEUR)
