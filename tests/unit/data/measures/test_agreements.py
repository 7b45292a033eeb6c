"""Dates and status of agreements: each boundary, the day before and the day after."""

from collections.abc import Callable
from datetime import date, timedelta

import numpy as np
import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given, settings
from hypothesis import strategies as st

from data.frames import Frames
from data.measures import agreements
from data.model import FiltreEchelon

Fabrique = Callable[..., Frames]
COMMUNE = [{"code": "62001"}]


def of(make_frames: Fabrique, parametres: dict | None = None, **ctg: object) -> Frames:
    ligne = {"id_ctg": "A", "echelon": "communal", "statut": "signee"} | ctg
    return make_frames(COMMUNE, {"ctg": [ligne]}, parametres)


def status_at(frames: Frames, jour: date) -> str:
    return str(agreements.status(frames, jour)["statut"].iloc[0])


PERIODE = {"date_signature": date(2020, 3, 10), "date_debut": date(2020, 6, 1), "date_fin": date(2024, 12, 31)}


@pytest.mark.parametrize(
    ("jour", "attendu"),
    [
        (date(2020, 3, 9), "en_preparation"),
        (date(2020, 3, 10), "a_venir"),
        (date(2020, 5, 31), "a_venir"),
        (date(2020, 6, 1), "en_vigueur"),
        (date(2023, 12, 30), "en_vigueur"),
        (date(2023, 12, 31), "a_renouveler"),
        (date(2024, 12, 31), "a_renouveler"),
        (date(2025, 1, 1), "echue"),
    ],
)
def test_status_the_day_before_and_after_each_boundary(make_frames: Fabrique, jour: date, attendu: str) -> None:
    assert status_at(of(make_frames, **PERIODE), jour) == attendu


def test_signed_after_its_start_counts_from_the_signature(make_frames: Fabrique) -> None:
    frames = of(make_frames, date_signature=date(2024, 1, 14), date_debut=date(2023, 9, 1), date_fin=date(2028, 8, 31))
    assert status_at(frames, date(2024, 1, 13)) == "en_preparation"
    assert status_at(frames, date(2024, 1, 14)) == "en_vigueur"


@pytest.mark.parametrize("statut", ["signee", "evaluation", "renouvelee", "redaction", "a_l_etude", "diagnostic"])
def test_never_signed_is_in_preparation_whatever_is_stored(make_frames: Fabrique, statut: str) -> None:
    assert status_at(of(make_frames, statut=statut, date_debut=date(2020, 1, 1)), date(2021, 1, 1)) == "en_preparation"


@pytest.mark.parametrize("statut", ["signee", "evaluation", "renouvelee", "redaction", "non_engagee"])
def test_the_stored_status_plays_no_part_once_signed(make_frames: Fabrique, statut: str) -> None:
    assert status_at(of(make_frames, statut=statut, **PERIODE), date(2021, 1, 1)) == "en_vigueur"


def test_never_signed_and_no_process(make_frames: Fabrique) -> None:
    assert status_at(of(make_frames, statut="non_engagee"), date(2021, 1, 1)) == "non_engagee"


@pytest.mark.parametrize(
    ("ctg", "parametres", "fin"),
    [
        ({"date_signature": date(2020, 1, 1)}, {}, date(2024, 12, 31)),
        ({"date_signature": date(2020, 1, 1), "duree_annees": 4.0}, {}, date(2023, 12, 31)),
        ({"date_signature": date(2020, 1, 1)}, {"duree_ctg_annees": 3}, date(2022, 12, 31)),
        (
            {"date_signature": date(2020, 1, 1), "date_debut": date(2020, 9, 1), "duree_annees": 4.5},
            {},
            date(2025, 2, 28),
        ),
        ({"date_signature": date(2020, 2, 29)}, {}, date(2025, 2, 27)),
        ({"date_signature": date(2020, 2, 29), "duree_annees": 4.0}, {}, date(2024, 2, 28)),
    ],
)
def test_a_missing_end_is_computed_and_says_so(make_frames: Fabrique, ctg: dict, parametres: dict, fin: date) -> None:
    ligne = agreements.status(of(make_frames, parametres, **ctg), date(2021, 1, 1)).iloc[0]
    assert ligne["date_fin"].date() == fin
    assert ligne["fin_calculee"]


def test_a_given_end_is_not_computed(make_frames: Fabrique) -> None:
    ligne = agreements.status(of(make_frames, **PERIODE), date(2021, 1, 1)).iloc[0]
    assert ligne["date_fin"].date() == date(2024, 12, 31)
    assert not ligne["fin_calculee"]


@given(st.dates(date(1990, 1, 1), date(2080, 1, 1)), st.integers(0, 400))
def test_months_are_those_of_the_calendar(jour: date, mois: int) -> None:
    obtenu = agreements.add_months(np.array([jour], dtype="datetime64[D]"), mois)
    assert obtenu[0].item() == jour + relativedelta(months=mois)


@settings(max_examples=50, deadline=None)
@given(st.dates(date(2015, 1, 1), date(2035, 1, 1)), st.integers(0, 36), st.integers(0, 40))
def test_to_renew_exactly_when_the_end_is_within_the_months_of_alert(
    make_frames: Fabrique, fin: date, mois: int, avant: int
) -> None:
    jour = fin - timedelta(days=avant * 30)
    frames = of(
        make_frames,
        {"alerte_renouvellement_mois": mois},
        date_signature=date(2010, 1, 1),
        date_debut=date(2010, 1, 1),
        date_fin=fin,
    )
    attendu = "a_renouveler" if fin <= jour + relativedelta(months=mois) else "en_vigueur"
    assert status_at(frames, jour) == attendu


def renewed(make_frames: Fabrique) -> Frames:
    return make_frames(
        COMMUNE,
        {
            "ctg": [
                {"id_ctg": "A", "echelon": "communal", "statut": "renouvelee"} | PERIODE,
                {"id_ctg": "C", "echelon": "communal", "statut": "signee", "date_signature": date(2025, 5, 2)}
                | {"id_ctg_precedente": "A"},
                {"id_ctg": "B", "echelon": "communal", "statut": "signee", "date_signature": date(2025, 5, 1)}
                | {"id_ctg_precedente": "A"},
                {"id_ctg": "D", "echelon": "departemental", "statut": "redaction", "id_ctg_precedente": "B"},
            ]
        },
    )


@pytest.mark.parametrize(("jour", "suite"), [(date(2025, 4, 30), ""), (date(2025, 5, 1), "B"), (date(2026, 1, 1), "B")])
def test_renewed_by_the_first_one_signed(make_frames: Fabrique, jour: date, suite: str) -> None:
    lignes = agreements.status(renewed(make_frames), jour).set_index("id_ctg")
    assert lignes.loc["A", "renouvelee_par"] == suite
    assert lignes.loc["A", "statut"] == "echue"
    assert lignes.loc["B", "renouvelee_par"] == ""


def test_counts_of_an_echelon(make_frames: Fabrique) -> None:
    frames = renewed(make_frames)
    rien = {"en_vigueur": 0, "a_renouveler": 0, "echue": 0, "a_venir": 0, "en_preparation": 0}
    jour = date(2026, 1, 1)
    assert agreements.counts(frames, jour, FiltreEchelon.COMMUNAL) == rien | {"en_vigueur": 2, "echue": 1}
    assert agreements.counts(frames, jour, FiltreEchelon.LOCAL) == rien | {"en_vigueur": 2, "echue": 1}
    assert agreements.counts(frames, jour, FiltreEchelon.DEPARTEMENTAL) == rien | {"en_preparation": 1}
    assert agreements.counts(frames, jour, FiltreEchelon.TOUS) == rien | {
        "en_vigueur": 2,
        "echue": 1,
        "en_preparation": 1,
    }


def test_no_agreement_at_all(make_frames: Fabrique) -> None:
    frames = make_frames(COMMUNE)
    assert agreements.status(frames, date(2026, 1, 1)).empty
    assert sum(agreements.counts(frames, date(2026, 1, 1), FiltreEchelon.TOUS).values()) == 0
