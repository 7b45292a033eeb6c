"""A snapshot on one page: title above, map and legend, small print below (DOMAINE §5.6).

Held sideways, the legend stands beside the map; held upright, below it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import FancyBboxPatch

from layers.kit.cartouche import Cartouche
from layers.renderers.maps import AVIS, Planche, draw_maps, svg_of
from layers.renderers.png import encode
from layers.renderers.printed_legend import legend_blocks
from layers.renderers.printing import printing
from layers.renderers.qr import code_of, draw_code
from layers.renderers.typesetting import (
    REDUCTIONS,
    Boite,
    Paragraphe,
    Style,
    clean,
    flow,
    height,
    reduction_for,
    set_column,
    width,
    write,
)

MARGE = 24.0
COLONNES = ((1, 204.0, 0.82), (2, 162.0, 0.7), (3, 134.0, 0.0))  # number, width, least reduction
GOUTTIERE, INTERCOLONNE = 16.0, 14.0
PIED_MAX, PIED_MAX_DEBOUT = 0.34, 0.2  # of the height of the sheet, held sideways or upright
TETE_MAX = 110.0
COLONNES_DEBOUT, ENTIERS_MIN = 3, 0.82
CARTE_MIN, CARTE_MAX = 0.32, 0.52  # of the height of a sheet held upright
COTE_QR = 72.0
GRIS, FILET, ALERTE = "#4a5561", "#c5ccd3", "#8a3b00"
ORGANISME = Style(8.2, couleur=GRIS, apres=3.0)
TITRE = Style(15.5, gras=True, apres=3.0)
PHRASE = Style(9.6, apres=2.5)
FILTRES = Style(8.0, couleur=GRIS)
NOTE_TITRE = Style(6.1, gras=True, couleur="#333d47", apres=1.0)
NOTE = Style(5.9, couleur=GRIS, apres=1.2)
BANDEAU = Style(7.4, couleur="#16324a", apres=3.0)

PLACE = 1.03  # what is set takes a little more room than what is measured
_COTES = re.compile(r'width="[\d.]+pt" height="[\d.]+pt"')


class Format(StrEnum):
    """Printed formats of a snapshot."""

    PNG = "png"
    SVG = "svg"


@dataclass(frozen=True, slots=True)
class Feuille:
    """A sheet as held: width and height in points of its `unite`, which everything on it is measured in."""

    largeur: float = 297 / 25.4 * 72
    hauteur: float = 210 / 25.4 * 72
    unite: float = 1.0

    @property
    def debout(self) -> bool:
        """Whether it is held upright."""
        return self.hauteur > self.largeur

    @property
    def utile(self) -> float:
        """Width between the margins."""
        return self.largeur - 2 * MARGE


A4_PAYSAGE = Feuille()


class Colonnes(NamedTuple):
    """Texts shared between columns of one width, in points, the reduction at which they fit; `entiers`: none is cut."""

    textes: list[list[Paragraphe]]
    largeur: float
    reduction: float
    entiers: bool


def render(
    planche: Planche, sortie: Format, dpi: int = 300, transparent: bool = False, feuille: Feuille = A4_PAYSAGE
) -> bytes:
    """Draw a snapshot, a picture on white or on nothing; the same inputs give the same bytes."""
    with printing():
        figure = page_of(planche, dpi if sortie is Format.PNG else 72, feuille)
        if transparent:
            figure.set_facecolor("none")
        if sortie is Format.SVG:
            return _sized(svg_of(figure, planche.cartouche.titre), feuille).encode()
        return _png(figure, planche.cartouche, dpi, transparent)


def _sized(svg: str, feuille: Feuille) -> str:
    """Give a drawing the size of its sheet; what is in it is measured in points of the unit of the sheet."""
    sides = f'width="{feuille.largeur * feuille.unite:.2f}pt" height="{feuille.hauteur * feuille.unite:.2f}pt"'
    return _COTES.sub(sides, svg, count=1)


def _png(figure: Figure, cartouche: Cartouche, dpi: int, transparent: bool) -> bytes:
    canvas = FigureCanvasAgg(figure)
    canvas.draw()  # type: ignore[no-untyped-call]
    pixels = np.asarray(canvas.buffer_rgba())  # type: ignore[no-untyped-call]
    if not transparent:
        pixels = pixels[:, :, :3]
    return encode(pixels, dpi, clean(cartouche.titre))


def page_of(planche: Planche, dpi: int, feuille: Feuille = A4_PAYSAGE) -> Figure:
    """Compose the page as a Matplotlib figure."""
    wide, tall = feuille.largeur, feuille.hauteur
    # A larger unit is a finer dot for the same page of points.
    figure = Figure(figsize=(wide / 72, tall / 72), dpi=dpi * feuille.unite, facecolor="white")
    page = figure.add_axes((0, 0, 1, 1))
    page.set(xlim=(0, wide), ylim=(0, tall))
    page.set_axis_off()
    top = _head(page, planche.cartouche, feuille)
    bottom = _foot(page, planche.cartouche, feuille)
    set_side = _below if feuille.debout else _beside
    draw_maps(figure, page, planche, set_side(page, planche, Boite(MARGE, top, feuille.utile, top - bottom)))
    return figure


def _head(page: Axes, cartouche: Cartouche, feuille: Feuille) -> float:
    """Set the title block and return the height at which the map may begin."""
    tag = width(cartouche.mention, Style(10.5, gras=True)) + 40 if cartouche.mention else 0.0
    room = feuille.utile - tag
    block = [
        Paragraphe(cartouche.organisme, ORGANISME),
        Paragraphe(cartouche.titre, TITRE),
        *([Paragraphe(cartouche.phrase, PHRASE)] if cartouche.phrase else []),
        Paragraphe(cartouche.filtres, FILTRES),
    ]
    reduction = reduction_for(block, room, TETE_MAX)
    top = feuille.hauteur - MARGE + 4
    set_column(page, block, Boite(MARGE, top, room, TETE_MAX), reduction)
    if cartouche.mention:
        _tag(page, cartouche.mention, feuille.largeur - MARGE - tag + 22, feuille.hauteur - MARGE - 15)
    bottom = top - height(block, room, reduction) - 5
    _rule(page, bottom, feuille)
    return bottom - 8


def _rule(page: Axes, y: float, feuille: Feuille) -> None:
    page.add_line(Line2D([MARGE, feuille.largeur - MARGE], [y, y], color=FILET, linewidth=0.7))


def _tag(page: Axes, texte: str, x: float, y: float) -> None:
    style = Style(10.5, gras=True, couleur="#ffffff")
    page.add_patch(
        FancyBboxPatch(
            (x, y - 2), width(texte, style) + 10, 12, boxstyle="round,pad=3,rounding_size=2.5",
            facecolor=ALERTE, edgecolor="none", gid="mention-fictif",
        )
    )  # fmt: skip
    write(page, x + 5, y + 0.5, texte, style)


def _foot(page: Axes, cartouche: Cartouche, feuille: Feuille) -> float:
    """Set the small print in as many columns as it has notes and return the height at which the map must end."""
    if not cartouche.notes:
        return MARGE
    texts = [
        [Paragraphe(note.titre, NOTE_TITRE), *(Paragraphe(p, NOTE) for p in note.paragraphes)]
        for note in cartouche.notes
    ]
    code = code_of(cartouche)
    room = feuille.utile - (COTE_QR + GOUTTIERE if code else 0.0)
    each = (room - GOUTTIERE * (len(texts) - 1)) / len(texts)
    most = feuille.hauteur * (PIED_MAX_DEBOUT if feuille.debout else PIED_MAX)
    reduction = min(reduction_for(column, each, most) for column in texts)
    tall = max(*(height(column, each, reduction) for column in texts), COTE_QR if code else 0.0)
    top = MARGE - 8 + tall
    if code:
        draw_code(page, code, feuille.largeur - MARGE - COTE_QR, top, COTE_QR)
    for rank, column in enumerate(texts):
        set_column(page, column, Boite(MARGE + rank * (each + GOUTTIERE), top, each, tall), reduction)
    _rule(page, top + 5, feuille)
    return top + 12


def _beside(page: Axes, planche: Planche, body: Boite) -> Boite:
    """Set figures and legend in as few columns as stay legible, and return the room left for the map."""
    shared = columns(side_blocks(planche), body.hauteur)
    taken = len(shared.textes) * (shared.largeur + INTERCOLONNE) - INTERCOLONNE
    _set(page, shared, replace(body, x=body.x + body.largeur - taken))
    return replace(body, largeur=body.largeur - taken - GOUTTIERE)


def _below(page: Axes, planche: Planche, body: Boite) -> Boite:
    """Set figures and legend in columns below the map, and return the room left for it."""
    blocks = side_blocks(planche)
    carte = upright(blocks, body.largeur, body.hauteur, page.get_ylim()[1])
    below = replace(body, y=body.y - carte - GOUTTIERE, hauteur=body.hauteur - carte - GOUTTIERE)
    _set(page, shared_upright(blocks, column_upright(body.largeur), below.hauteur), below)
    return replace(body, hauteur=carte)


def shared_upright(blocks: Sequence[list[Paragraphe]], each: float, tall: float) -> Colonnes:
    """Share blocks between columns, whole where that makes them little smaller, else cut between two lines."""
    for paragraphs, entiers in ((_whole(blocks), True), ([p for block in blocks for p in block], False)):
        for reduction in (r for r in REDUCTIONS if r >= ENTIERS_MIN * entiers):
            if (found := flow(paragraphs, each, tall, COLONNES_DEBOUT, reduction)) is not None:
                return Colonnes(found, each, reduction, entiers)
    return Colonnes([[p for block in blocks for p in block]], each, REDUCTIONS[-1], entiers=False)


def _whole(blocks: Sequence[list[Paragraphe]]) -> list[Paragraphe]:
    """Return the paragraphs of blocks, each tied to the next one of its block."""
    return [replace(p, lie=p is not block[-1]) for block in blocks for p in block]


def column_upright(largeur: float) -> float:
    """Return the width of a column of the legend below a map of this width."""
    return (largeur - INTERCOLONNE * (COLONNES_DEBOUT - 1)) / COLONNES_DEBOUT


def upright(blocks: Sequence[list[Paragraphe]], largeur: float, corps: float, hauteur: float) -> float:
    """Return the height of a map above its legend, as tall as the legend allows.

    `corps` is what both share of a sheet of this `hauteur`.
    """
    each = column_upright(largeur)
    every = [p for block in blocks for p in block]
    needed = PLACE * max(height(every, each) / COLONNES_DEBOUT, _tallest(blocks, each))
    return min(max(corps - GOUTTIERE - needed, CARTE_MIN * hauteur), CARTE_MAX * hauteur)


def _tallest(blocks: Sequence[list[Paragraphe]], each: float) -> float:
    """Return the height of the longest block, half of it where it can be shared between two columns."""
    return max((height(b, each) / (2 if len(b) > 8 else 1) for b in blocks), default=0.0)


def _set(page: Axes, shared: Colonnes, box: Boite) -> None:
    for rank, column in enumerate(shared.textes):
        left = box.x + rank * (shared.largeur + INTERCOLONNE)
        set_column(page, column, Boite(left, box.y, shared.largeur, box.hauteur), shared.reduction)


def side_blocks(planche: Planche) -> list[list[Paragraphe]]:
    """Return what stands beside the map, in blocks: figures and facts, a legend per drawing, what is left out."""
    cartouche = planche.cartouche
    facts = [p for c in cartouche.chiffres for p in _figure(c.valeur, c.libelle)]
    facts += [Paragraphe(b, BANDEAU) for b in cartouche.bandeau]
    blocks = [[*facts, Paragraphe("", Style(2.0))]] if facts else []
    blocks += legend_blocks(planche.drawings) or [[Paragraphe("Aucune couche affichée.", FILTRES)]]
    return blocks + [[Paragraphe(a, AVIS)] for a in cartouche.avis]


def columns(blocks: Sequence[list[Paragraphe]], tall: float) -> Colonnes:
    """Share blocks between as few columns as stay legible, whole where they can be, else cut between two lines."""
    cut, whole = [p for block in blocks for p in block], _whole(blocks)
    for number, each, least in COLONNES:
        for paragraphs, entiers in ((whole, True), (cut, False)):
            for reduction in (r for r in REDUCTIONS if r >= least):
                if (found := flow(paragraphs, each, tall, number, reduction)) is not None:
                    return Colonnes(found, each, reduction, entiers)
    return Colonnes([cut], COLONNES[0][1], REDUCTIONS[-1], entiers=False)


def _figure(valeur: str, libelle: str) -> tuple[Paragraphe, Paragraphe]:
    return Paragraphe(valeur, Style(19, gras=True, couleur="#163f66")), Paragraphe(
        libelle, Style(7.0, couleur=GRIS, apres=4.0)
    )
