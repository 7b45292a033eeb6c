"""Outlines no finer than a page or a screen can show, so that a snapshot stays small whatever the dataset brings."""

from dataclasses import replace
from functools import lru_cache

import shapely

from data.frames import Frames

SOMMETS_MAX = 100_000
SOMMETS_PAR_COMMUNE = 12
TOLERANCE_DEGRES = 1e-4  # about ten metres; doubled until the outlines are light enough
_JEUX_GARDES = 4


@lru_cache(maxsize=_JEUX_GARDES)
def light(frames: Frames) -> Frames:
    """Return the dataset with simplified communes, neighbours keeping their common border; itself when light enough."""
    shapes = frames.communes.geometry.to_numpy()
    allowed = max(SOMMETS_MAX, SOMMETS_PAR_COMMUNE * len(shapes))
    tolerance, simpler = TOLERANCE_DEGRES, shapes
    while shapely.get_num_coordinates(simpler).sum() > allowed and tolerance < 1:
        simpler = shapely.coverage_simplify(shapes, tolerance)
        tolerance *= 2
    return frames if simpler is shapes else replace(frames, communes=frames.communes.set_geometry(simpler, crs=4326))
