"""The map alone as a picture, for media that write the words around it themselves."""

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from layers.renderers.maps import Planche, draw_maps
from layers.renderers.png import encode
from layers.renderers.printing import printing
from layers.renderers.typesetting import Boite, clean


def map_png(planche: Planche, largeur: float, hauteur: float, dpi: int) -> bytes:
    """Draw the map alone as a PNG of this size in points on white; the same inputs give the same bytes."""
    with printing():
        figure = Figure(figsize=(largeur / 72, hauteur / 72), dpi=dpi, facecolor="white")
        page = figure.add_axes((0, 0, 1, 1))
        page.set(xlim=(0, largeur), ylim=(0, hauteur))
        page.set_axis_off()
        draw_maps(figure, page, planche, Boite(0.0, hauteur, largeur, hauteur))
        canvas = FigureCanvasAgg(figure)
        canvas.draw()  # type: ignore[no-untyped-call]
        pixels = np.asarray(canvas.buffer_rgba())  # type: ignore[no-untyped-call]
    return encode(pixels[:, :, :3], dpi, clean(planche.cartouche.titre))
