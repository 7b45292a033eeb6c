"""What was drawn by hand over a map, in the ink of the projection's pen, above everything else."""

from collections.abc import Iterable

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection

from layers.renderers.projection import Zone, project_points
from layers.renderers.static import HALO

Trace = tuple[tuple[float, float], ...]
"""One stroke of a pen: its points in degrees (longitude, latitude; EPSG:4326), in the order in which it was drawn."""
ENCRE_STYLO = "#c2005b"
EPAISSEURS = ((HALO, 4.4), (ENCRE_STYLO, 2.2))
_SUR_TOUT = 8


def strokes(axes: Axes, traces: Iterable[Trace], zone: Zone) -> None:
    """Draw strokes on the map of a zone; what falls out of the window is cut."""
    lines = [_line(trace, zone) for trace in traces if trace]
    for rank, (colour, thickness) in enumerate(EPAISSEURS if lines else ()):
        drawn = LineCollection(
            lines, colors=colour, linewidths=thickness, capstyle="round", joinstyle="round", zorder=_SUR_TOUT
        )
        drawn.set_gid(f"stylo-{rank}")
        axes.add_collection(drawn, autolim=False)


def _line(trace: Trace, zone: Zone) -> np.ndarray:
    """Project a stroke; a single point, a tap of the pen, is a line of no length, which round ends make a dot."""
    longitude, latitude = np.array(trace if len(trace) > 1 else (trace[0], trace[0]), dtype=float).T
    return project_points(longitude, latitude, zone)
