"""Printed snapshots: one A4 page as a picture or as a drawing."""

from dashboard.exports.options import Fond
from dashboard.exports.snapshot import Instantane
from layers.renderers.plate import Format, render


def png(instantane: Instantane) -> bytes:
    """Draw the page as a PNG, at the scale and on the ground of its options."""
    options = instantane.options
    return render(instantane.planche, Format.PNG, options.dpi, transparent=options.fond is Fond.TRANSPARENT)


def svg(instantane: Instantane) -> bytes:
    """Draw the page as an SVG whose texts stay texts."""
    return render(instantane.planche, Format.SVG)
