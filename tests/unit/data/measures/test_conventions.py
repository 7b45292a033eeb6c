"""Conventions: periods, functions paid several times, counts before and since an agreement; then day by day apart."""

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta

import pandas as pd
import pytest

from data.frames import Frames
from data.measures import conventions
from data.measures.conventions import EtatConvention
from data.measures.scope import Portee

Fabrique = Callable[..., Frames]
E1, E2 = "200000001", "200000002"
COMMUNES = [{"code": "62001", "code_epci": E1}, {"code": "62002", "code_epci": E2}]
JOUR = date(2024, 6, 1)


def conv(ident: str, code: str = E1, debut: date | None = None, fin: date | None = None, **plus: object) -> dict:
    dates = ({"date_debut": debut} if debut else {}) | ({"date_fin": fin} if fin else {})
    return {"id": ident, "code_territoire": code, "maille": "epci", "fonction": "coordination"} | dates | plus


@pytest.fixture
def frames(make_frames: Fabrique) -> Frames:
    return make_frames(
        COMMUNES,
        {
            "ctg": [
                {"id_ctg": "CTG1", "echelon": "communal", "statut": "signee", "date_signature": date(2022, 1, 10),
                 "date_debut": date(2022, 1, 1)},
                {"id_ctg": "DEP", "echelon": "departemental", "statut": "signee", "date_signature": date(2010, 1, 1)},
                {"id_ctg": "PLUS-TARD", "echelon": "communal", "statut": "signee", "date_signature": date(2025, 1, 1)},
            ],
            "ctg_communes": [{"id_ctg": "CTG1", "code_commune": "62001"}, {"id_ctg": "DEP", "code_commune": "62002"},
                             {"id_ctg": "PLUS-TARD", "code_commune": "62002"}],
            "conventions": [
                conv("A", E1, date(2021, 1, 1), date(2021, 12, 31), montant_eur=10.0),
                conv("B", E1, date(2020, 1, 1), date(2024, 6, 1), montant_eur=20.0, id_ctg="CTG1"),
                conv("C", E1, date(2024, 6, 1), None, champ="enfance|jeunesse"),
                conv("D", E1, date(2024, 6, 2), date(2025, 1, 1), fonction="service", id_ctg="INCONNUE"),
                conv("E", E2, date(2024, 1, 1), date(2025, 1, 1), fonction="service", montant_eur=5.0),
                conv("F", E2, date(2024, 1, 1), date(2025, 1, 1), fonction="service"),
            ],
        },
    )  # fmt: skip


def test_states_on_the_first_and_last_day(frames: Frames) -> None:
    etats = {c.id: c.etat for c in conventions.listed(frames, Portee(JOUR))}
    assert etats == {
        "A": EtatConvention.TERMINEE,
        "B": EtatConvention.EN_COURS,
        "C": EtatConvention.EN_COURS,
        "D": EtatConvention.A_VENIR,
        "E": EtatConvention.EN_COURS,
        "F": EtatConvention.EN_COURS,
    }
    lues = {c.id: c for c in conventions.listed(frames, Portee(JOUR))}
    assert lues["B"].id_ctg == "CTG1"
    assert lues["D"].id_ctg == "", "an agreement that the dataset does not hold takes nothing up"


def test_functions_paid_several_times(frames: Frames) -> None:
    trouves = conventions.overlaps(frames, Portee(JOUR))
    assert [(o.code, o.fonction, o.debut, o.fin, [c.id for c in o.conventions], o.en_cours) for o in trouves] == [
        (E1, "coordination", date(2021, 1, 1), date(2021, 12, 31), ["B", "A"], False),
        (E1, "coordination", date(2024, 6, 1), date(2024, 6, 1), ["B", "C"], True),
    ]
    assert [o.reprises for o in trouves] == [1, 1]
    assert conventions.overlaps(frames, Portee(JOUR, territoire=E2)) == (), "two services are no transverse function"


def test_counts_before_and_since(frames: Frames) -> None:
    un, deux = conventions.counts(frames, Portee(JOUR))
    assert (un.total, un.en_cours, un.reprises, un.transversales) == (4, 2, 1, 2)
    assert (un.premiere, un.avant) == (date(2022, 1, 1), 2)
    assert (un.montant, un.sans_montant) == (20.0, 1)
    assert (deux.premiere, deux.avant) == (None, None), "neither a départemental agreement nor one signed later"
    bilan = conventions.balance((un, deux))
    assert (bilan.collectivites, bilan.en_cours, bilan.avec_ctg, bilan.avant, bilan.depuis) == (2, 4, 1, 2, 2)
    assert (bilan.montant, bilan.sans_montant) == (25.0, 2)


def test_an_agreement_begins_to_count_when_signed_and_begun(frames: Frames) -> None:
    assert conventions.first_agreement(frames, E1, date(2022, 1, 9)) is None
    assert conventions.first_agreement(frames, E1, date(2022, 1, 10)) == date(2022, 1, 1)


def _days_paid_twice(frames: Frames, jours: list[date]) -> dict[date, set[tuple[str, str]]]:
    """Collectivité and function that two conventions pay, day by day, from the table alone."""
    lignes = frames["conventions"].to_dict("records")
    paye = {}
    for jour in map(pd.Timestamp, jours):
        compte = Counter(
            (c["code_territoire"], c["fonction"])
            for c in lignes
            if c["fonction"] not in ("", "service")
            and (pd.isna(c["date_debut"]) or c["date_debut"] <= jour)
            and (pd.isna(c["date_fin"]) or jour <= c["date_fin"])
        )
        paye[jour.date()] = {cle for cle, n in compte.items() if n > 1}
    return paye


@pytest.mark.parametrize("jeu", ["demo", pytest.param("62", marks=pytest.mark.real)])
def test_day_by_day(request: pytest.FixtureRequest, jeu: str) -> None:
    frames = request.getfixturevalue(f"frames_{jeu}")
    jours = [date(2015, 1, 1) + timedelta(days=29 * i) for i in range(150)]
    trouves = conventions.overlaps(frames, Portee(JOUR))
    attendu = _days_paid_twice(frames, jours)
    assert any(attendu.values())
    for jour in jours:
        dits = {
            (o.code, o.fonction)
            for o in trouves
            if (o.debut is None or o.debut <= jour) and (o.fin is None or jour <= o.fin)
        }
        assert dits == attendu[jour], jour


def test_people_by_transverse_function_in_force(make_frames: Fabrique) -> None:
    lignes = [
        conv("A", etp=1.5),
        conv("B", etp=0.5),
        conv("C"),
        conv("D", fonction="service", etp=9.0),
        conv("E", fin=date(2020, 1, 1), etp=9.0),
        conv("F", fonction="diagnostic"),
    ]
    frames = make_frames(COMMUNES, {"conventions": lignes})
    gens = conventions.people(conventions.listed(frames, Portee(JOUR)))
    assert gens == (("coordination", 3, 2.0, 1), ("diagnostic", 1, 0.0, 1))
