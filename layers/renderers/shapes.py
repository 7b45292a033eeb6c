"""Territories in metres as Matplotlib paths, made once per dataset."""

from functools import lru_cache

import numpy as np
import shapely
from matplotlib.path import Path
from shapely.geometry.base import BaseGeometry

from data.frames import Frames
from data.model import Maille
from layers.renderers.projection import Zone, formes, limites

_GARDES = 64


def path_of(polygon: BaseGeometry) -> Path:
    """Turn a polygon with its holes into one compound path."""
    rings = [shapely.get_coordinates(ring) for ring in shapely.get_rings(shapely.get_parts(polygon))]
    if not rings:
        return Path(np.empty((0, 2)))
    codes = [np.r_[Path.MOVETO, np.full(len(r) - 2, Path.LINETO), Path.CLOSEPOLY].astype(Path.code_type) for r in rings]
    return Path(np.concatenate(rings), np.concatenate(codes))


@lru_cache(maxsize=_GARDES)
def paths(frames: Frames, maille: Maille, zone: Zone) -> tuple[Path, ...]:
    """Return the path of each territory, in the order of `formes`."""
    return tuple(path_of(p) for p in formes(frames, maille, zone).polygones)


@lru_cache(maxsize=_GARDES)
def borders(frames: Frames, maille: Maille, zone: Zone) -> Path:
    """Return the lines between territories as one path: thousands of them would each be an element of the file."""
    lines = limites(frames, maille, zone)
    if not lines:
        return Path(np.empty((0, 2)))
    codes = [np.r_[Path.MOVETO, np.full(len(line) - 1, Path.LINETO)].astype(Path.code_type) for line in lines]
    return Path(np.concatenate(lines), np.concatenate(codes))
