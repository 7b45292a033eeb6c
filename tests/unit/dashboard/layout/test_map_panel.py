from dataclasses import replace

import pytest
from shapely import Polygon

from dashboard import ids
from dashboard.layout.map import MARGE_DEGRES, METROPOLE, map_panel
from data.frames import Frames


def corners(frames: Frames) -> list[list[float]]:
    carte = next(part for part in map_panel(frames)._traverse() if getattr(part, "id", None) == ids.CARTE)
    return carte.bounds


def test_the_map_opens_on_the_dataset(frames_demo: Frames):
    west, south, east, north = frames_demo.communes.total_bounds
    margin = MARGE_DEGRES
    assert corners(frames_demo) == [
        [pytest.approx(south - margin), pytest.approx(west - margin)],
        [pytest.approx(north + margin), pytest.approx(east + margin)],
    ]


def test_a_dataset_without_any_outline_opens_on_the_country(frames_demo: Frames):
    """Leaflet hangs on bounds that are no numbers."""
    nowhere = frames_demo.communes.set_geometry([Polygon()] * len(frames_demo.communes), crs=4326)
    (south, west), (north, east) = corners(replace(frames_demo, communes=nowhere))
    assert (west, south, east, north) == pytest.approx(METROPOLE, abs=2 * MARGE_DEGRES)
