from dataclasses import replace

import numpy as np
import pytest
import shapely

from data.frames import Frames
from layers.renderers.light import SOMMETS_MAX, light


def wavy(frames: Frames) -> Frames:
    """The same country with three hundred thousand vertices that wander, alike on both sides of a border."""
    dense = shapely.segmentize(frames.communes.geometry.to_numpy(), 6e-5)

    def wander(points):
        points = points.round(9)  # the same vertex from either side
        return points + 1e-5 * np.sin(points[:, ::-1] * 4e5)

    return replace(frames, communes=frames.communes.set_geometry(shapely.transform(dense, wander), crs=4326))


def test_a_light_dataset_is_left_alone(frames_demo: Frames):
    assert light(frames_demo) is frames_demo


def test_a_heavy_dataset_is_made_light_and_keeps_its_shape(frames_demo: Frames):
    heavy = wavy(frames_demo)
    before = heavy.communes.geometry
    assert shapely.coverage_is_valid(before.to_numpy())
    assert shapely.get_num_coordinates(before.to_numpy()).sum() > 2 * SOMMETS_MAX
    after = light(heavy).communes.geometry
    assert shapely.get_num_coordinates(after.to_numpy()).sum() <= SOMMETS_MAX
    assert shapely.area(after.to_numpy()) == pytest.approx(shapely.area(before.to_numpy()), rel=0.01)
    assert shapely.coverage_is_valid(after.to_numpy())
    assert list(light(heavy).communes["code"]) == list(frames_demo.communes["code"])
