"""Printed snapshots: one A4 page as a picture or as a drawing."""

from dashboard.exports.snapshot import Instantane
from layers.renderers.plate import Format, Planche, render

DPI_IMPRESSION = 300


def png(instantane: Instantane) -> bytes:
    """Draw the page as a PNG of 300 dots per inch."""
    return render(_plate(instantane), Format.PNG, DPI_IMPRESSION)


def svg(instantane: Instantane) -> bytes:
    """Draw the page as an SVG whose texts stay texts."""
    return render(_plate(instantane), Format.SVG)


def _plate(instantane: Instantane) -> Planche:
    return Planche(instantane.drawings, instantane.dessinable, instantane.cartouche)
