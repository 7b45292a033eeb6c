"""The maps of a sheet: the main zone in its box, the others in insets; or one territory near, its neighbours grey."""

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from data.frames import Frames
from data.model import Maille
from layers.kit.cartouche import Cartouche
from layers.kit.contract import Drawing
from layers.renderers.furniture import frame, highlight, names, neighbours, scale_bar
from layers.renderers.printing import printing
from layers.renderers.projection import Zone, extent, formes, metres, zones
from layers.renderers.static import draw_map
from layers.renderers.strokes import Trace, strokes
from layers.renderers.typesetting import Boite, Style, clean, write

AVIS = Style(6.5, couleur="#6b4a17", apres=2.0)
PLACE_ECHELLE = 16.0
AIR, AIR_PRES = 0.975, 0.86
_TRACE = re.compile(r' d="[^"]+"')
_DECIMALES = re.compile(r"(?<=\.\d\d)\d+")  # a hundredth of a point is enough


@dataclass(frozen=True, slots=True)
class Planche:
    """What goes on the page: the drawings, their dataset, and the words around them.

    `communes` are those that a near map speaks of, empty for a map of everything: all that is around is then drawn in
    grey, without the marks of the drawings. `emprise` is the extent that a reader looked at (degrees: west, south,
    east, north), empty for everything: all that is in it is drawn, and nothing is cut from it. `traces` were
    drawn by hand over the map.
    """

    drawings: Sequence[Drawing]
    frames: Frames
    cartouche: Cartouche
    communes: frozenset[str] = frozenset()
    emprise: tuple[float, ...] = ()
    traces: tuple[Trace, ...] = ()


def map_svg(planche: Planche, largeur: float, hauteur: float) -> str:
    """Draw the map alone as SVG of this size in points; the same inputs give the same text."""
    with printing():
        figure = Figure(figsize=(largeur / 72, hauteur / 72), dpi=72, facecolor="none")
        page = figure.add_axes((0, 0, 1, 1))
        page.set(xlim=(0, largeur), ylim=(0, hauteur))
        page.set_axis_off()
        draw_maps(figure, page, planche, Boite(0.0, hauteur, largeur, hauteur))
        return _svg(figure, planche.cartouche.titre)  # for the press, which reads long numbers as fast as they come


def svg_of(figure: Figure, titre: str) -> str:
    """Write a figure as SVG, whose texts stay texts and whose numbers are no longer than an eye can tell."""
    return _TRACE.sub(lambda d: _DECIMALES.sub("", d[0]), _svg(figure, titre))


def _svg(figure: Figure, titre: str) -> str:
    out = io.BytesIO()
    figure.savefig(out, format="svg", metadata={"Date": None, "Creator": "Atlas Ctg", "Title": clean(titre)})
    return out.getvalue().decode()


def draw_maps(figure: Figure, page: Axes, planche: Planche, boite: Boite) -> None:
    """Draw the map of each zone, and the scale bar of the main one; `page` is measured in points."""
    frames, vue = planche.frames, planche.cartouche.vue
    main, *others = _zones(planche)
    if not len(formes(frames, Maille.COMMUNE, main).codes):
        write(page, boite.x, boite.y - 20, "Aucune commune n'a de contour.", AVIS)
        return
    room = Boite(boite.x, boite.y, boite.largeur, boite.hauteur - PLACE_ECHELLE)
    scale = _zone_map(figure, planche, main, _without_insets(room, len(others)))
    for rank, zone in enumerate(others):
        _zone_map(figure, planche, zone, _inset(room, rank, len(others)))
    scale_bar(page, boite.x + 4, boite.y - boite.hauteur + 2, scale, boite.largeur, main.libelle)
    if not len(formes(frames, vue.maille, main).codes):
        write(page, boite.x, boite.y - 20, "Aucun territoire à cette maille.", AVIS)


def _zones(planche: Planche) -> tuple[Zone, ...]:
    """Return the zones to draw: of a near map, the one that holds most of its communes; else those of its extent."""
    every = zones(planche.frames)
    if planche.communes:
        held = [len(planche.communes & set(formes(planche.frames, Maille.COMMUNE, z).codes)) for z in every]
        return (every[int(np.argmax(held))],)
    seen = tuple(z for z in every if planche.emprise and z.part_of(planche.emprise))
    return seen or every


def _without_insets(boite: Boite, insets: int) -> Boite:
    return boite if not insets else Boite(boite.x + boite.largeur / 5, boite.y, boite.largeur * 4 / 5, boite.hauteur)


def _inset(boite: Boite, rank: int, insets: int) -> Boite:
    tall = boite.hauteur / max(insets, 4)
    return Boite(boite.x, boite.y - rank * tall, boite.largeur / 5 - 8, tall - 6)


def _zone_map(figure: Figure, planche: Planche, zone: Zone, boite: Boite) -> float:
    """Draw the map of one zone in its box and return its scale, in points per metre."""
    frames, vue = planche.frames, planche.cartouche.vue
    wide, tall = figure.get_size_inches() * 72
    axes = figure.add_axes(
        (boite.x / wide, (boite.y - boite.hauteur) / tall, boite.largeur / wide, boite.hauteur / tall)
    )
    axes.set_axis_off()
    window, scale = _window(planche, zone, boite)
    axes.set(xlim=(window[0], window[2]), ylim=(window[1], window[3]))
    draw_map(axes, planche.drawings, frames, zone, vue.maille)
    if planche.communes:
        neighbours(axes, frames, zone, planche.communes)
    elif vue.territoire:
        highlight(axes, frames, zone, vue.territoire)
    names(axes, planche.drawings, frames, zone, vue.maille, planche.communes)
    strokes(axes, planche.traces, zone)
    if _looked_at(planche, zone):
        frame(axes)
    return scale


def _looked_at(planche: Planche, zone: Zone) -> tuple[float, ...]:
    """Return the extent to show of a zone, () for the whole of it: of near maps, and where the extent holds several."""
    return zone.part_of(planche.emprise) if planche.emprise and len(_zones(planche)) == 1 else ()


def _window(planche: Planche, zone: Zone, boite: Boite) -> tuple[NDArray[np.float64], float]:
    """Return what the box shows (west, south, east, north, in metres) and its scale in points per metre."""
    seen = () if planche.communes else _looked_at(planche, zone)
    bounds = metres(seen, zone) if seen else extent(planche.frames, zone, planche.communes)
    size = np.maximum(bounds[2:] - bounds[:2], 1.0)
    room = np.array([boite.largeur, boite.hauteur])
    scale = float((room / size).min()) * (1.0 if seen else AIR_PRES if planche.communes else AIR)
    half, centre = room / scale / 2, (bounds[:2] + bounds[2:]) / 2
    return np.concatenate([centre - half, centre + half]), scale
