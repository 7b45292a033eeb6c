from datetime import date

import pytest

from layers.kit.texts import (
    count,
    enumerate_fr,
    long_date,
    lower_first,
    noun,
    number,
    percent,
    sentence_of,
    short_date,
    typeset,
    upper_first,
)


@pytest.mark.parametrize(
    ("valeur", "decimales", "attendu"),
    [
        (0, None, "0"),
        (-0.001, 1, "0,0"),
        (12345, None, "12\u202f345"),
        (1234567.891, None, "1\u202f234\u202f567,89"),
        (999, None, "999"),
        (2.4, 1, "2,4"),
        (2.45, 1, "2,5"),
        (0.5, 0, "1"),
        (0.789, None, "0,79"),
        (0.00789, None, "0,0079"),
        (-1234.5, 1, "\u22121\u202f234,5"),
        (float("nan"), None, "nd"),
        (float("inf"), 1, "nd"),
    ],
)
def test_numbers_are_french(valeur: float, decimales: int | None, attendu: str) -> None:
    assert number(valeur, decimales) == attendu


def test_a_rate_keeps_one_decimal_and_a_fine_space() -> None:
    assert percent(63.25) == "63,3\u202f%"
    assert percent(100.0) == "100,0\u202f%"
    assert percent(None) == "nd"


@pytest.mark.parametrize(
    ("nombre", "attendu"),
    [(0, "0 service"), (1, "1 service"), (1.5, "1,5 service"), (2, "2 services"), (1200, "1\u202f200 services")],
)
def test_zero_and_one_take_the_singular(nombre: float, attendu: str) -> None:
    assert count(nombre, "service") == attendu


def test_an_irregular_plural_is_given() -> None:
    assert noun(2, "lieu", "lieux") == "lieux"
    assert noun(1, "lieu", "lieux") == "lieu"


def test_the_first_of_a_month_is_premier() -> None:
    assert long_date(date(2026, 11, 1)) == "1er\u00a0novembre\u00a02026"
    assert long_date(date(2024, 2, 29)) == "29\u00a0février\u00a02024"
    assert short_date(date(2026, 1, 2)) == "02/01/2026"


def test_words_are_joined_with_and() -> None:
    assert enumerate_fr([]) == ""
    assert enumerate_fr(["a"]) == "a"
    assert enumerate_fr(["a", "b"]) == "a et b"
    assert enumerate_fr(["a", "b", "c"], "ou") == "a, b ou c"


def test_case_of_the_first_letter() -> None:
    assert lower_first("Densité") == "densité"
    assert lower_first("QPV 2024") == "QPV 2024"
    assert upper_first("écart") == "Écart"
    assert lower_first("") == upper_first("") == ""


def test_spaces_before_double_signs_do_not_break() -> None:
    assert typeset("« Ctg » : 3 ; 10 % ?") == "«\u00a0Ctg\u00a0»\u202f: 3\u202f; 10\u202f%\u202f?"
    assert typeset("sans signe, rien") == "sans signe, rien"
    assert typeset(typeset("a : b")) == typeset("a : b")


def test_a_sentence_starts_high_and_ends_with_a_stop() -> None:
    assert sentence_of(("couverture", "", "par Epci")) == "Couverture, par Epci."
    assert sentence_of(("déjà finie.",)) == "Déjà finie."
    assert sentence_of(("", "")) == ""
