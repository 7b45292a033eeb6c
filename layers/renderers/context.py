"""What a dataset brings to lie around and under its territories, as small JSON for the live map."""

from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from data.frames import Frames
from layers.renderers.encoding import lines, ring

PRECISION_DEGRES = 1e-4  # ten metres: a background needs no more


def context_content(frames: Frames) -> dict[str, dict[str, Any]]:
    """Encode each kind of context: `zones` as rings, `lignes` as open lines, delta-coded (EPSG:4326)."""
    return {kind: _shapes(shapes.to_numpy()) for kind, shapes in frames.contexte.items()}


def _shapes(shapes: NDArray[np.object_]) -> dict[str, Any]:
    thin = shapely.simplify(shapes, PRECISION_DEGRES)
    parts = shapely.get_parts(thin)
    return {
        "zones": [ring_ for part in parts if part.geom_type == "Polygon" for rings in lines(part) for ring_ in rings],
        "lignes": [ring(part) for part in parts if part.geom_type == "LineString"],
    }
