"""A snapshot on one A4 page: title above, map and legend side by side, small print below (DOMAINE §5.6)."""

from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum
from typing import NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import FancyBboxPatch
from PIL import Image

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

LARGEUR, HAUTEUR = 297 / 25.4 * 72, 210 / 25.4 * 72
MARGE = 24.0
COLONNES = ((1, 204.0, 0.82), (2, 162.0, 0.7), (3, 134.0, 0.0))  # number, width, least reduction
GOUTTIERE, INTERCOLONNE = 16.0, 14.0
PIED_MAX = 0.34 * HAUTEUR
TETE_MAX = 110.0
COTE_QR = 72.0
GRIS, FILET, ALERTE = "#4a5561", "#c5ccd3", "#8a3b00"
ORGANISME = Style(8.2, couleur=GRIS, apres=3.0)
TITRE = Style(15.5, gras=True, apres=3.0)
PHRASE = Style(9.6, apres=2.5)
FILTRES = Style(8.0, couleur=GRIS)
NOTE_TITRE = Style(6.1, gras=True, couleur="#333d47", apres=1.0)
NOTE = Style(5.9, couleur=GRIS, apres=1.2)
BANDEAU = Style(7.4, couleur="#16324a", apres=3.0)


class Format(StrEnum):
    """Printed formats of a snapshot."""

    PNG = "png"
    SVG = "svg"


class Colonnes(NamedTuple):
    """Texts shared between columns of one width, in points, the reduction at which they fit; `entiers`: none is cut."""

    textes: list[list[Paragraphe]]
    largeur: float
    reduction: float
    entiers: bool


def render(planche: Planche, sortie: Format, dpi: int = 300, transparent: bool = False) -> bytes:
    """Draw a snapshot, a picture on white or on nothing; the same inputs give the same bytes."""
    with printing():
        figure = page_of(planche, dpi if sortie is Format.PNG else 72)
        if transparent:
            figure.set_facecolor("none")
        if sortie is Format.SVG:
            return svg_of(figure, planche.cartouche.titre).encode()
        return _png(figure, planche.cartouche, dpi, transparent)


def _png(figure: Figure, cartouche: Cartouche, dpi: int, transparent: bool) -> bytes:
    canvas = FigureCanvasAgg(figure)
    canvas.draw()  # type: ignore[no-untyped-call]
    pixels = np.asarray(canvas.buffer_rgba())  # type: ignore[no-untyped-call]
    if not transparent:
        pixels = np.asarray(Image.fromarray(pixels).convert("RGB"))
    return encode(pixels, dpi, clean(cartouche.titre))


def page_of(planche: Planche, dpi: int) -> Figure:
    """Compose the page as a Matplotlib figure of A4 landscape."""
    figure = Figure(figsize=(LARGEUR / 72, HAUTEUR / 72), dpi=dpi, facecolor="white")
    page = figure.add_axes((0, 0, 1, 1))
    page.set(xlim=(0, LARGEUR), ylim=(0, HAUTEUR))
    page.set_axis_off()
    top = _head(page, planche.cartouche)
    bottom = _foot(page, planche.cartouche)
    side = _side(page, planche, top, bottom)
    draw_maps(figure, page, planche, Boite(MARGE, top, side - GOUTTIERE - MARGE, top - bottom))
    return figure


def _head(page: Axes, cartouche: Cartouche) -> float:
    """Set the title block and return the height at which the map may begin."""
    tag = width(cartouche.mention, Style(10.5, gras=True)) + 40 if cartouche.mention else 0.0
    room = LARGEUR - 2 * MARGE - tag
    block = [
        Paragraphe(cartouche.organisme, ORGANISME),
        Paragraphe(cartouche.titre, TITRE),
        *([Paragraphe(cartouche.phrase, PHRASE)] if cartouche.phrase else []),
        Paragraphe(cartouche.filtres, FILTRES),
    ]
    reduction = reduction_for(block, room, TETE_MAX)
    top = HAUTEUR - MARGE + 4
    set_column(page, block, Boite(MARGE, top, room, TETE_MAX), reduction)
    if cartouche.mention:
        _tag(page, cartouche.mention, LARGEUR - MARGE - tag + 22, HAUTEUR - MARGE - 15)
    bottom = top - height(block, room, reduction) - 5
    page.add_line(Line2D([MARGE, LARGEUR - MARGE], [bottom, bottom], color=FILET, linewidth=0.7))
    return bottom - 8


def _tag(page: Axes, texte: str, x: float, y: float) -> None:
    style = Style(10.5, gras=True, couleur="#ffffff")
    page.add_patch(
        FancyBboxPatch(
            (x, y - 2), width(texte, style) + 10, 12, boxstyle="round,pad=3,rounding_size=2.5",
            facecolor=ALERTE, edgecolor="none", gid="mention-fictif",
        )
    )  # fmt: skip
    write(page, x + 5, y + 0.5, texte, style)


def _foot(page: Axes, cartouche: Cartouche) -> float:
    """Set the small print in as many columns as it has notes and return the height at which the map must end."""
    if not cartouche.notes:
        return MARGE
    texts = [
        [Paragraphe(note.titre, NOTE_TITRE), *(Paragraphe(p, NOTE) for p in note.paragraphes)]
        for note in cartouche.notes
    ]
    code = code_of(cartouche)
    room = LARGEUR - 2 * MARGE - (COTE_QR + GOUTTIERE if code else 0.0)
    each = (room - GOUTTIERE * (len(texts) - 1)) / len(texts)
    reduction = min(reduction_for(column, each, PIED_MAX) for column in texts)
    tall = max(*(height(column, each, reduction) for column in texts), COTE_QR if code else 0.0)
    top = MARGE - 8 + tall
    if code:
        draw_code(page, code, LARGEUR - MARGE - COTE_QR, top, COTE_QR)
    for rank, column in enumerate(texts):
        set_column(page, column, Boite(MARGE + rank * (each + GOUTTIERE), top, each, tall), reduction)
    page.add_line(Line2D([MARGE, LARGEUR - MARGE], [top + 5, top + 5], color=FILET, linewidth=0.7))
    return top + 12


def _side(page: Axes, planche: Planche, top: float, bottom: float) -> float:
    """Set figures and legend in as few columns as stay legible, and return the left edge of the first one."""
    shared = columns(side_blocks(planche), top - bottom)
    pace = shared.largeur + INTERCOLONNE
    left = LARGEUR - MARGE - len(shared.textes) * pace + INTERCOLONNE
    for rank, column in enumerate(shared.textes):
        box = Boite(left + rank * pace, top, shared.largeur, top - bottom)
        set_column(page, column, box, shared.reduction)
    return left


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
    cut = [p for block in blocks for p in block]
    whole = [replace(p, lie=p is not block[-1]) for block in blocks for p in block]
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
