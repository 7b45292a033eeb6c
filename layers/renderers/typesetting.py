"""Text set in a column of paper: measured, wrapped and, when there is too much of it, made smaller rather than cut."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backend_bases import GraphicsContextBase, RendererBase
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.colors import to_rgba
from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.ft2font import LoadFlags
from PIL import ImageFont

POLICE = "DejaVu Sans"
INTERLIGNE = 1.28
REDUCTIONS = (1.0, 0.94, 0.88, 0.82, 0.76, 0.7, 0.64, 0.58, 0.5, 0.42, 0.34)
_CORPS_DE_MESURE = 200
_COMMANDES = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]+")


@dataclass(frozen=True, slots=True)
class Style:
    """Size in points, weight and colour of a text; `apres` is the space below, in points."""

    corps: float
    gras: bool = False
    couleur: str = "#1b222b"
    apres: float = 0.0


@dataclass(frozen=True, slots=True)
class Paragraphe:
    """A text in one style; `retrait` is left free for the swatch `pastille`, `suite` is set at the right edge.

    `lie` keeps it in the same column as the next one.
    """

    texte: str
    style: Style
    retrait: float = 0.0
    pastille: Any = None
    suite: str = ""
    hauteur_min: float = 0.0
    lie: bool = False


@dataclass(frozen=True, slots=True)
class Boite:
    """A column in points from the bottom left of the page: `x`, top `y`, width and height."""

    x: float
    y: float
    largeur: float
    hauteur: float


def clean(texte: str) -> str:
    """Replace what no printed page can hold (commands, changes of direction, lone surrogates) by a space."""
    return _COMMANDES.sub(" ", texte)


@lru_cache(maxsize=2)
def _font(gras: bool) -> ImageFont.FreeTypeFont:
    path = findfont(FontProperties(family=POLICE, weight="bold" if gras else "normal"))
    return ImageFont.truetype(path, _CORPS_DE_MESURE, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=20_000)
def _advance(mot: str, gras: bool) -> float:
    return float(_font(gras).getlength(mot)) / _CORPS_DE_MESURE


def width(texte: str, style: Style, reduction: float = 1.0) -> float:
    """Return the width of a text in points."""
    return _advance(texte, style.gras) * style.corps * reduction


def wrap(texte: str, style: Style, largeur: float, reduction: float = 1.0) -> list[str]:
    """Break a text at plain spaces, never at no-break ones; inside a word only where it is wider than a line."""
    lines = [""]
    for word in clean(texte).split(" "):
        candidate = f"{lines[-1]} {word}" if lines[-1] else word
        if width(candidate, style, reduction) <= largeur:
            lines[-1] = candidate
            continue
        pieces = list(_pieces(word, style, largeur, reduction))
        lines.extend(pieces if lines[-1] else pieces[1:])
        if not lines[0]:
            lines[0] = pieces[0]
    return lines


def _pieces(word: str, style: Style, largeur: float, reduction: float) -> Iterator[str]:
    while width(word, style, reduction) > largeur and len(word) > 1:
        keep = max(1, int(len(word) * largeur / width(word, style, reduction)))
        while keep > 1 and width(word[:keep], style, reduction) > largeur:
            keep -= 1
        yield word[:keep]
        word = word[keep:]
    yield word


def _set(paragraphe: Paragraphe, largeur: float, reduction: float) -> tuple[list[str], float]:
    room = largeur - paragraphe.retrait * reduction
    if paragraphe.suite:
        room -= width(paragraphe.suite, paragraphe.style, reduction) + 4 * reduction
    lines = wrap(paragraphe.texte, paragraphe.style, room, reduction)
    height = len(lines) * paragraphe.style.corps * INTERLIGNE
    return lines, (max(height, paragraphe.hauteur_min) + paragraphe.style.apres) * reduction


def height(paragraphes: Sequence[Paragraphe], largeur: float, reduction: float = 1.0) -> float:
    """Return the height that paragraphs take in a column, in points."""
    return sum(_set(p, largeur, reduction)[1] for p in paragraphes)


def reduction_for(paragraphes: Sequence[Paragraphe], largeur: float, hauteur: float) -> float:
    """Return the largest reduction at which paragraphs fit, the smallest one when none does."""
    return next((r for r in REDUCTIONS if height(paragraphes, largeur, r) <= hauteur), REDUCTIONS[-1])


def flow(
    paragraphes: Sequence[Paragraphe], largeur: float, hauteur: float, colonnes: int, reduction: float
) -> list[list[Paragraphe]] | None:
    """Share paragraphs between columns in order, None when they do not fit in them."""
    shared: list[list[Paragraphe]] = [[]]
    left = hauteur
    for rank, paragraphe in enumerate(paragraphes):
        group = [paragraphe]
        while group[-1].lie and rank + len(group) < len(paragraphes):
            group.append(paragraphes[rank + len(group)])
        taken = height(group, largeur, reduction)
        if taken > left:
            if len(shared) == colonnes or taken > hauteur:
                return None
            shared.append([])
            left = hauteur
        shared[-1].append(paragraphe)
        left -= height([paragraphe], largeur, reduction)
    return shared


def set_column(page: Axes, paragraphes: Sequence[Paragraphe], boite: Boite, reduction: float) -> float:
    """Write paragraphs down a column of a page measured in points; return the height left below them.

    A `pastille` is called with the page, its left, its middle and the reduction, to draw itself.
    """
    y = boite.y
    for paragraphe in paragraphes:
        lines, taken = _set(paragraphe, boite.largeur, reduction)
        style, left = paragraphe.style, boite.x + paragraphe.retrait * reduction
        leading = style.corps * INTERLIGNE * reduction
        spare = max(0.0, paragraphe.hauteur_min * reduction - len(lines) * leading) / 2
        for rank, line in enumerate(lines):
            write(page, left, y - spare - (rank + 0.78) * leading, line, style, reduction)
        if paragraphe.suite:
            right = boite.x + boite.largeur - width(paragraphe.suite, style, reduction)
            write(page, right, y - spare - 0.78 * leading, paragraphe.suite, style, reduction)
        if paragraphe.pastille is not None:
            paragraphe.pastille(page, boite.x, y - spare - 0.5 * leading, reduction)
        y -= taken
    return y - (boite.y - boite.hauteur)


def write(page: Axes, x: float, y: float, texte: str, style: Style, reduction: float = 1.0) -> None:
    """Write one line with its baseline at `y`; dollars and underscores are letters like others."""
    if texte := clean(texte):
        page.add_artist(_Ligne((x, y), texte, style, style.corps * reduction))


class _Ligne(Artist):
    """One line of text at a known place: no box to lay out, hence half the time of a Matplotlib text."""

    zorder = 3  # over lines and areas, like a Matplotlib text; an artist of no kind would be drawn first

    def __init__(self, place: tuple[float, float], texte: str, style: Style, corps: float) -> None:
        super().__init__()
        self._place, self._texte, self._couleur = place, texte, to_rgba(style.couleur)
        self._police = FontProperties(family=POLICE, size=corps, weight="bold" if style.gras else "normal")

    def set_clip_path(self, path: object, transform: object = None) -> None:  # noqa: ARG002
        """Cut no line: a page sets a clip on all it holds, which took as long as the text itself."""

    def draw(self, renderer: RendererBase) -> None:
        x, y = self.get_transform().transform(self._place)
        if renderer.flipy():
            y = renderer.get_canvas_width_height()[1] - y
        gc = renderer.new_gc()
        gc.set_foreground(self._couleur, isRGBA=True)
        renderer.open_group("texte")
        if isinstance(renderer, RendererAgg):
            self._stamp(renderer, gc, x, y)
        else:
            renderer.draw_text(gc, x, y, self._texte, self._police, 0)
        renderer.close_group("texte")
        gc.restore()

    def _stamp(self, renderer: RendererAgg, gc: GraphicsContextBase, x: float, y: float) -> None:
        """Put the line in a picture as one stamp: Matplotlib puts one for each letter, and takes four times as long."""
        font = get_font(findfont(self._police))
        font.clear()
        font.set_size(self._police.get_size_in_points(), renderer.dpi)
        font.set_text(self._texte, 0.0, flags=LoadFlags.NO_HINTING)
        font.draw_glyphs_to_bitmap(antialiased=True)
        left, _ = font.get_bitmap_offset()
        image, below = np.asarray(font.get_image()), font.get_descent()
        renderer._renderer.draw_text_image(image, round(x + left / 64), round(y + below / 64), 0, gc)
