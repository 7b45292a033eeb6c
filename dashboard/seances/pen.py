"""The strokes kept with a scene, as the pen of the projection writes them."""

import json
from math import isfinite

Trace = tuple[tuple[float, float], ...]


def read_strokes(texte: str) -> tuple[Trace, ...]:
    """Return strokes as points (longitude, latitude) in degrees, from lists of [latitude, longitude] in JSON.

    What is not readable gives no stroke: a scene is never lost for a pen.
    """
    try:
        return tuple(_stroke(points) for points in json.loads(texte or "[]"))
    except (ValueError, TypeError):
        return ()


def _stroke(points: list[tuple[float, float]]) -> Trace:
    """Turn points round. Raises: TypeError, ValueError for what is not a list of places on Earth."""
    trace = tuple((float(longitude), float(latitude)) for latitude, longitude in points)
    if not trace or not all(isfinite(x) and abs(x) <= 180 and abs(y) <= 90 for x, y in trace):
        raise ValueError("not places on Earth")
    return trace
