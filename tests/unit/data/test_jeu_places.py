import numpy as np
import pytest

from data.findings import Gravite

KM_EN_LATITUDE = 1 / 111.32


def read(atelier, latitude, longitude, code="62001"):
    texte = f"id;code_commune;latitude;longitude\nS1;{code};{latitude};{longitude}\n"
    return atelier.read({"services.csv": texte})


def position(lu):
    return lu.frames["services"].loc[0, ["latitude", "longitude"]].tolist()


@pytest.mark.parametrize(
    ("latitude", "longitude"),
    [("50,05", "2,05"), ("50.05", "2.05"), (50.0 - 0.9 * KM_EN_LATITUDE, 2.05), ("50.05", 2.0 - 0.013), ("", "")],
)
def test_points_in_their_commune_or_less_than_a_kilometre_off_are_no_finding(atelier, latitude, longitude):
    lu = read(atelier, latitude, longitude)
    assert lu.constats == ()


def test_a_point_beyond_a_kilometre_is_said_with_the_commune_it_is_in(atelier):
    lu = read(atelier, 50.05, 2.15)
    constat = lu.one("services.csv")
    assert (constat.ligne, constat.colonne, constat.gravite) == (2, "latitude", Gravite.AVERTISSEMENT)
    assert "Commune 62002 (62002)" in constat.message
    assert "3,6\u00a0km" in constat.message
    assert position(lu) == [50.05, 2.15]


def test_a_point_just_beyond_the_perimeter_is_kept(atelier):
    lu = read(atelier, 50.0 - 1.2 * KM_EN_LATITUDE, 2.05)
    assert "1,2\u00a0km" in lu.one("services.csv").message
    assert position(lu)[0] == pytest.approx(50.0 - 1.2 * KM_EN_LATITUDE)


def test_swapped_coordinates_are_recognised_and_put_right(atelier):
    lu = read(atelier, 2.05, 50.05)
    assert "échangées" in lu.one("services.csv").message
    assert position(lu) == [50.05, 2.05]


@pytest.mark.parametrize(("latitude", "longitude"), [(0, 0), (43.6, 1.44), (-50.05, 2.05)])
def test_a_point_far_from_everything_loses_its_position(atelier, latitude, longitude):
    lu = read(atelier, latitude, longitude)
    assert np.isnan(position(lu)).all()
    assert lu.one("services.csv").gravite is Gravite.AVERTISSEMENT
    assert lu.frames["services"]["code_commune"].tolist() == ["62001"]


@pytest.mark.parametrize(("latitude", "longitude"), [(6626000, 652000), (5005, 205), (91, 2)])
def test_what_is_not_degrees_loses_its_position(atelier, latitude, longitude):
    lu = read(atelier, latitude, longitude)
    assert "degrés" in lu.one("services.csv").message
    assert np.isnan(position(lu)).all()


@pytest.mark.parametrize(("latitude", "longitude"), [("50.05", ""), ("", "2.05")])
def test_half_a_position_is_none(atelier, latitude, longitude):
    lu = read(atelier, latitude, longitude)
    assert "une de ses deux" in lu.one("services.csv").message
    assert np.isnan(position(lu)).all()


def test_a_point_of_a_commune_without_outline_is_not_judged(atelier):
    communes = [*atelier.communes, atelier.feature("62004")]
    texte = "id;code_commune;latitude;longitude\nS1;62004;50.05;2.05\n"
    lu = atelier.read({"communes.geojson": atelier.collection(communes), "services.csv": texte})
    assert lu.at("services.csv") == []


def test_access_points_are_judged_too_and_may_have_no_commune(atelier):
    texte = "id;type;code_commune;latitude;longitude\nP1;permanence;62001;50.05;2.25\nP2;permanence;;50.05;2.05\n"
    lu = atelier.read({"points-acces.csv": texte})
    assert [c.ligne for c in lu.at("points-acces.csv")] == [2]
