"""Legend swatches of the page: the pictures of `layers.renderers.swatches`, inline."""

from functools import lru_cache
from math import ceil
from urllib.parse import quote

from dash import html

from layers.kit.marks import Categorie, Classe, Matrice, Symbols, Trait
from layers.renderers.swatches import frame, swatch_svg


def swatch(symbole: Classe | Trait | Categorie | Symbols | Matrice, hatched_only: bool = False) -> html.Img:
    """Show the swatch of a legend entry; its label stands beside it, so the picture itself is decorative."""
    return _picture(swatch_svg(symbole, hatched_only))


def disc(couleur: str, rayon: float) -> html.Img:
    """Draw a disc of a radius in pixels."""
    side = ceil(2 * rayon + 2)
    circle = f'<circle cx="{side / 2}" cy="{side / 2}" r="{rayon:.2f}" fill="{couleur}" fill-opacity=".6"/>'
    return _picture(frame(circle, side, side))


def _picture(svg: str) -> html.Img:
    return html.Img(src=_source(svg), alt="", className="pastille")


@lru_cache(maxsize=512)
def _source(svg: str) -> str:
    return f"data:image/svg+xml,{quote(svg)}"
