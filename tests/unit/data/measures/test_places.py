"""Access points: their state at a day, where they stand, how many."""

from collections.abc import Callable
from datetime import date

import pytest

from data.frames import Frames
from data.measures import places
from data.measures.places import EtatPoint
from data.model import Maille

Fabrique = Callable[..., Frames]
COMMUNES = [{"code": "62001", "code_epci": "200000001"}, {"code": "62002", "code_epci": "200000001"}, {"code": "62003"}]
JOUR = date(2024, 6, 1)
VEILLE, DEMAIN = date(2024, 5, 31), date(2024, 6, 2)


@pytest.mark.parametrize(
    ("etat", "ouverture", "fermeture", "attendu"),
    [
        ("ouvert", None, None, "ouvert"),
        ("", None, None, "ouvert"),
        ("ouvert", JOUR, None, "ouvert"),
        ("ouvert", DEMAIN, None, "projet"),
        ("ouvert", None, JOUR, "ferme"),
        ("ouvert", None, DEMAIN, "ouvert"),
        ("ferme", VEILLE, DEMAIN, "ouvert"),
        ("ferme", VEILLE, JOUR, "ferme"),
        ("ferme", VEILLE, None, "ferme"),
        ("projet", None, None, "projet"),
        ("projet", DEMAIN, None, "projet"),
        ("projet", JOUR, None, "ouvert"),
        ("candidat", None, None, "candidat"),
        ("candidat", DEMAIN, None, "candidat"),
    ],
)
def test_dates_speak_and_the_stored_state_where_they_are_silent(
    make_frames: Fabrique, etat: str, ouverture: date | None, fermeture: date | None, attendu: str
) -> None:
    dates = {c: v for c, v in (("date_ouverture", ouverture), ("date_fermeture", fermeture)) if v}
    point = {"id": "P", "type": "agence", "code_commune": "62001", "etat": etat} | dates
    trouve = places.points(make_frames(COMMUNES, {"points_acces": [point]}), JOUR).iloc[0]
    assert (trouve["etat"], trouve["etat_stocke"]) == (attendu, etat)


@pytest.fixture
def frames(make_frames: Fabrique) -> Frames:
    lignes = [("62001", "agence", "ouvert"), ("62002", "borne_visio", "ouvert"), ("62003", "borne_visio", "ouvert"),
              ("62002", "borne_visio", "projet"), ("62001", "kiosque", "ouvert")]  # fmt: skip
    points = [
        {"id": f"P{i}", "code_commune": code, "type": genre, "etat": etat}
        for i, (code, genre, etat) in enumerate(lignes)
    ]
    points[0] |= {"latitude": 50.05, "longitude": 2.01}
    return make_frames(COMMUNES, {"points_acces": points})


def test_counts_by_territory_and_in_all(frames: Frames) -> None:
    par_epci = places.count(frames, JOUR, Maille.EPCI)
    assert par_epci.loc["200000001", ["agence", "borne_visio", "kiosque", "permanence"]].tolist() == [1, 1, 1, 0]
    assert places.count(frames, JOUR, Maille.COMMUNE)["borne_visio"].to_dict() == {"62001": 0, "62002": 1, "62003": 1}
    projets = places.count(frames, JOUR, Maille.DEPARTEMENT, EtatPoint.PROJET)
    assert projets["borne_visio"].to_dict() == {"62": 1}
    assert {t: n for t, n in places.totals(frames, JOUR).items() if n} == {"agence": 1, "borne_visio": 2, "kiosque": 1}
    assert places.totals(frames, JOUR)["permanence"] == 0


def test_without_a_position_a_point_stands_inside_its_commune_and_says_so(frames: Frames) -> None:
    trouves = places.points(frames, JOUR).set_index("id")
    assert trouves.loc["P0", ["longitude", "latitude", "position_approchee"]].tolist() == [2.01, 50.05, False]
    assert trouves.loc["P1", "position_approchee"]
    assert trouves.loc["P1", ["longitude", "latitude"]].tolist() == pytest.approx([2.15, 50.05])


def test_no_point_at_all(make_frames: Fabrique) -> None:
    frames = make_frames(COMMUNES)
    assert places.points(frames, JOUR).empty
    assert set(places.totals(frames, JOUR).values()) == {0}
