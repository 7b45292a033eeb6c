"""Printed snapshots: one page as a picture or as a drawing, on the paper of its options."""

from dashboard.exports import sheet
from dashboard.exports.options import Fond
from dashboard.exports.snapshot import Instantane
from layers.renderers.plate import Feuille, Format, render


def png(instantane: Instantane) -> bytes:
    """Draw the page as a PNG, at the scale and on the ground of its options."""
    options = instantane.options
    transparent = options.fond is Fond.TRANSPARENT
    return render(instantane.planche, Format.PNG, options.dpi, transparent, Feuille(**sheet.paper(options)))


def svg(instantane: Instantane) -> bytes:
    """Draw the page as an SVG whose texts stay texts."""
    return render(instantane.planche, Format.SVG, feuille=Feuille(**sheet.paper(instantane.options)))
