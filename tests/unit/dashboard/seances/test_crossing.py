"""The readings of what is crossed say the figures of the dataset, each with both of its terms."""

from datetime import date

import pytest

from dashboard.seances.crossing import Croisement
from data.frames import Frames
from data.measures import coverage
from data.model import FiltreEchelon

JOUR = date(2026, 11, 1)


@pytest.fixture(scope="module")
def epci(frames_demo: Frames) -> tuple[str, ...]:
    """The communes of the Epci that has the most of them."""
    biggest = frames_demo.communes["code_epci"].value_counts().index[0]
    return tuple(sorted(frames_demo.communes.loc[frames_demo.communes["code_epci"] == biggest, "code"]))


def test_a_territory_is_read_by_its_own_figures(frames_demo: Frames, epci: tuple[str, ...]) -> None:
    here, total = Croisement(frames_demo, JOUR, epci), len(epci)
    covered = coverage.compute(frames_demo, JOUR, FiltreEchelon.LOCAL).couvertes
    held = sum(bool(covered[code]) for code in epci)
    assert f"{held or 'aucune'} commune" in here.couverture()
    assert f"sur {total} dans ce territoire." in here.couverture()
    points = frames_demo["points_acces"]
    opened = points[points["code_commune"].isin(epci) & (points["date_ouverture"] <= "2026-11-01")]
    opened = opened[~(opened["date_fermeture"] <= "2026-11-01")]
    assert here.points().startswith(f"{len(opened)} point")
    services = frames_demo["services"]
    offered = services[services["code_commune"].isin(epci) & ~(services["date_ouverture"] > "2026-11-01")]
    offered = offered[~(offered["date_fermeture"] <= "2026-11-01")]
    assert int(here.services("tous").split()[0]) == len(offered) > 0


def test_what_is_not_there_is_said(make_frames) -> None:
    frames = make_frames([{"code": "62001", "code_epci": "200000001"}, {"code": "62002"}])
    here = Croisement(frames, JOUR, ("62001",))
    assert here.couverture().endswith("aucune commune couverte sur 1 dans ce territoire.")
    assert here.points() == "Aucun point d'accès ouvert dans ce territoire."
    assert here.services("tous") == "Aucun service ouvert, dans ce territoire."
    assert here.points_prioritaires() == ""
    assert here.points_couverts().startswith("0 point")


def test_points_in_covered_communes_are_some_of_the_points(frames_demo: Frames) -> None:
    everywhere = Croisement(frames_demo, JOUR)
    inside, total = (int(n) for n in everywhere.points_couverts().replace(".", "").split() if n.isdigit())
    assert 0 < inside < total
