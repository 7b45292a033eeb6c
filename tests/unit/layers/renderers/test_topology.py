"""Arcs give back the very outlines that they were made from, each border once."""

from itertools import pairwise
from typing import Any

import geopandas as gpd
import numpy as np
import pytest
import shapely
from shapely import MultiPolygon, Polygon, box

from data.frames import Frames
from layers.renderers import topology
from layers.renderers.topology import encode, shares_borders


def named(coded: dict[str, Any]) -> list[int]:
    """Arcs of the rings from 1, negative when run backwards."""
    ranks: list[int] = []
    known = 0
    for told in coded["anneaux"]:
        back = -1 - told if told < 0 else told
        rank = known - back + 1 if back else known + 1
        known = max(known, rank)
        ranks.append(-rank if told < 0 else rank)
    return ranks


def decode(coded: dict[str, Any]) -> list[list[np.ndarray]]:
    """Rings of each area, in degrees."""
    ends = np.cumsum([0, *coded["tailles"]])
    steps = np.array(coded["arcs"]).reshape(-1, 2)
    arcs = [steps[a:b].cumsum(axis=0) / coded["pas"] for a, b in pairwise(ends.tolist())]
    rings, runs = [], named(coded)
    places = np.cumsum([0, *coded["nombres"]]).tolist()
    for a, b in pairwise(places):
        lines = [arcs[r - 1] if r > 0 else arcs[-r - 1][::-1] for r in runs[a:b]]
        assert all(np.array_equal(x[-1], y[0]) for x, y in pairwise([*lines, lines[0]]))
        rings.append(np.concatenate([line[:-1] for line in lines]))
    areas = np.cumsum([0, *coded["territoires"]]).tolist()
    return [rings[a:b] for a, b in pairwise(areas)]


def same(rings: list[np.ndarray], shape: shapely.Geometry) -> bool:
    made = shapely.union_all([Polygon(r) for r in rings if shapely.LinearRing(r).is_ccw])
    holes = [Polygon(r) for r in rings if not shapely.LinearRing(r).is_ccw]
    return shapely.area(shapely.symmetric_difference(made.difference(shapely.union_all(holes)), shape)) < 1e-6


@pytest.fixture
def crossed() -> gpd.GeoSeries:
    """A ring around an enclave, an island in two parts beside, a neighbour, one without outline."""
    around = Polygon(box(0, 0, 3, 3).exterior.coords, [box(1, 1, 2, 2).exterior.coords])
    islands = MultiPolygon([box(5, 0, 6, 1), box(5, 2, 6, 3)])
    return gpd.GeoSeries([around, box(1, 1, 2, 2), islands, box(3, 0, 4, 3), None], crs="EPSG:4326")


def test_every_outline_comes_back(crossed: gpd.GeoSeries) -> None:
    rings = decode(encode(crossed))
    assert [len(r) for r in rings] == [2, 1, 2, 1, 0]
    assert all(same(r, s) for r, s in zip(rings[:4], crossed[:4], strict=True))


def test_a_border_is_said_once_and_run_both_ways(crossed: gpd.GeoSeries) -> None:
    coded = encode(crossed)
    runs = np.array(named(coded))
    shared = [r for r in runs if r > 0 and -r in runs]
    assert len(shared) == 2  # the enclave's, and the neighbour's
    assert len(np.unique(runs)) == len(runs)


def test_the_demonstration_comes_back_whole(frames_demo: Frames) -> None:
    shapes = frames_demo.communes.geometry
    rings = decode(encode(shapes))
    assert all(same(r, s) for r, s in zip(rings, shapes, strict=True))
    assert shares_borders(shapes)


def test_a_heavy_geometry_is_thinned_along_shared_borders(frames_demo: Frames, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = encode(frames_demo.communes.geometry)
    monkeypatch.setattr(topology, "SOMMETS_MAX", 4_000)
    light = encode(frames_demo.communes.geometry)
    assert sum(light["tailles"]) <= 4_000 < sum(whole["tailles"])
    assert light["anneaux"] == whole["anneaux"]
    areas = shapely.area(frames_demo.communes.geometry.to_numpy()).sum()
    made = sum(shapely.area(Polygon(r)) for rings in decode(light) for r in rings if shapely.LinearRing(r).is_ccw)
    assert made == pytest.approx(areas, rel=0.02)


def test_neighbours_simplified_apart_are_told(frames_demo: Frames) -> None:
    assert not shares_borders(frames_demo.communes.geometry.simplify(0.01, preserve_topology=True))


def test_no_outline_at_all_is_no_error() -> None:
    coded = encode(gpd.GeoSeries([None, None], crs="EPSG:4326"))
    assert coded["territoires"] == [0, 0]
    assert coded["arcs"] == []
