"""Access: distances known from elsewhere, shares with both terms, visits, questions that are no verdict."""

from collections.abc import Callable
from datetime import date
from math import asin, cos, radians, sin, sqrt

import numpy as np
import pytest

from data.frames import Frames
from data.measures import access, effectifs, places
from data.measures.access import Visites
from data.measures.scope import Portee
from data.model import Profil

Fabrique = Callable[..., Frames]
JOUR = date(2024, 6, 1)


def test_the_distance_between_two_towns() -> None:
    """Calais to Arras, 94 km by any map of France."""
    calais, arras = (np.array([1.8587]), np.array([50.9513])), (np.array([2.7772]), np.array([50.2910]))
    assert access.nearest(calais, arras, 1.0)[0] == pytest.approx(98.0, abs=1.0)
    assert access.nearest(calais, arras, 1.3)[0] == pytest.approx(1.3 * access.nearest(calais, arras, 1.0)[0])
    assert np.isnan(access.nearest(calais, (np.array([]), np.array([])), 1.0)[0])
    assert np.isnan(access.nearest(calais, (np.array([np.nan]), np.array([50.0])), 1.0)[0])


@pytest.fixture
def frames(make_frames: Fabrique) -> Frames:
    def point(ident: str, commune: str, type_: str = "permanence", etat: str = "ouvert", **plus: object) -> dict:
        return {"id": ident, "code_commune": commune, "type": type_, "etat": etat} | plus

    return make_frames(
        [
            {"code": "62001", "population": 100, "code_epci": "200000001"},
            {"code": "62002", "population": 300, "code_epci": "200000001"},
            {"code": "62003", "population": 600},
            {"code": "62004"},
        ],
        {
            "points_acces": [
                point("A", "62001", personnel_forme="oui", jours_par_semaine=2.0, lieu_hote="mairie"),
                point("B", "62001", "borne_visio"),
                point("C", "62003", "borne_visio", "candidat"),
            ],
            "frequentation": [
                {"id_point": "A", "annee": 2022, "visites": 10, "unite": "visites"},
                {"id_point": "A", "annee": 2023, "visites": 0, "unite": "visites"},
                {"id_point": "B", "annee": 2023, "unite": "visites"},
            ],
            "services": [
                {"id": "S", "champ": "enfance", "code_commune": "62001", "capacite": 30},
                {"id": "T", "champ": "enfance|jeunesse", "code_commune": "62002"},
                {"id": "U", "champ": "enfance", "code_commune": "62001", "capacite": 9,
                 "date_fermeture": date(2024, 6, 1)},
            ],
        },
        {"acces_km": (1.0, 12.0, 30.0)},
    )  # fmt: skip


def test_shares_within_distances(frames: Frames) -> None:
    """Communes stand 0.1 degree of longitude apart: 7.1 km there, 9.3 km with the detour."""
    seuils = access.thresholds(frames, Portee(JOUR))
    dits = [(s.km, s.population.numerateur, s.population.denominateur) for s in seuils]
    assert dits == [(1.0, 100, 1_000), (12.0, 400, 1_000), (30.0, 1_000, 1_000)]
    epci = dict(access.by_territory(frames, Portee(JOUR)))
    assert (epci["200000001"].numerateur, epci["200000001"].denominateur) == (400, 400)
    assert epci["62003"].numerateur == 0


def test_places_say_their_visits_and_zero_is_a_figure(frames: Frames) -> None:
    lieux = {x.id: x for x in access.listed(frames, Portee(JOUR))}
    assert lieux["A"].visites == (Visites(2023, 0.0, "visites"), Visites(2022, 10.0, "visites"))
    assert lieux["B"].visites == (), "a year without a number is no visit known"
    assert (lieux["A"].personnel_forme, lieux["A"].hote, lieux["A"].jours_par_semaine) == ("oui", "mairie", 2.0)
    assert lieux["A"].autre_km == pytest.approx(0, abs=1e-3)
    assert [x.id for x in access.listed(frames, Portee(JOUR, territoire="62003"))] == ["C"]


def test_few_visits_are_hidden_and_not_taken_for_none(frames: Frames) -> None:
    """Ten visits are the Caf's to see, not a partner's; none is a figure to both."""
    (lieu,) = (x for x in access.listed(frames, Portee(JOUR, profil=Profil.PARTENAIRE)) if x.id == "A")
    assert lieu.visites == (Visites(2023, 0.0, "visites"), Visites(2022, None, "visites"))


def test_a_permanence_near_a_kiosk_is_a_question(frames: Frames) -> None:
    assert [x.id for x in access.receptions_near_kiosks(frames, Portee(JOUR))] == ["A"]


def test_capacities_leave_out_what_is_closed_or_not_written(frames: Frames) -> None:
    dites = {c.champ: (c.services, c.places, c.sans_places) for c in access.capacities(frames, Portee(JOUR))}
    assert dites == {"enfance": (2, 30.0, 1), "jeunesse": (1, 0.0, 1)}
    assert [c.champ for c in access.capacities(frames, Portee(JOUR, champ="jeunesse"))] == ["jeunesse"]


def test_the_demonstration_apart(frames_demo: Frames) -> None:
    """Inhabitants within each distance, by the haversine formula point after point."""
    portee = Portee(date(2026, 11, 1))
    lieux = places.points(frames_demo, portee.jour)
    ouverts = lieux[lieux["etat"] == "ouvert"][["longitude", "latitude"]].to_numpy()
    centres = places.inner_points(frames_demo)[["longitude", "latitude"]].to_numpy()

    def km(a: np.ndarray, b: np.ndarray) -> float:
        (lon1, lat1), (lon2, lat2) = map(radians, a), map(radians, b)
        h = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
        return 2 * 6371.0088 * asin(sqrt(h)) * 1.3

    distances = np.array([min(km(c, o) for o in ouverts) for c in centres])
    population = effectifs.population(frames_demo, 2026)
    for seuil in access.thresholds(frames_demo, portee):
        assert seuil.population.numerateur == population[distances <= seuil.km].sum()
        assert 0 < seuil.population.numerateur <= population.sum()
