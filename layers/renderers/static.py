"""Drawings → marks on a Matplotlib map in metres; the page around it is laid out by `layers.renderers.plate`."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, assert_never

import matplotlib.patheffects as effects
import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.markers import MarkerStyle
from matplotlib.path import Path
from matplotlib.transforms import Affine2D
from numpy.typing import NDArray

from data.frames import Frames
from data.model import Blanc, Maille
from layers.kit.contract import Drawing
from layers.kit.contrast import hatch_ink
from layers.kit.marks import Categorie, Classe, Etat, Fill, Forme, Labels, Mark, Motif, Outline, Points, Symbols, Trait
from layers.renderers import surroundings
from layers.renderers.projection import Zone, contour, formes, project_points
from layers.renderers.shapes import borders, path_of, paths
from layers.renderers.typesetting import clean

ENCRE = "#1b222b"
HACHURE, HACHURE_BLANC = "#1c2630", "#98a1aa"
TERRE = "#f3f2ee"
HALO = "#ffffff"
TRANSPARENT = "#ffffff00"  # « none » would make Matplotlib skip the hatch too
RAYON_MAX = 17.0
EPAISSEUR_HACHURE = 0.55
ECHELLE_TRAIT = 0.7  # a line of the screen, in print
HACHURES = {
    Motif.AUCUN: "",
    Motif.DIAGONALES: "/",
    Motif.CONTRE_DIAGONALES: "\\",
    Motif.HORIZONTALES: "-",
    Motif.VERTICALES: "|",
    Motif.CROISILLONS: "+",
    Motif.POINTS: ".",
}
_CROIX = Path(
    np.array(
        [(-1, -3), (1, -3), (1, -1), (3, -1), (3, 1), (1, 1), (1, 3), (-1, 3), (-1, 1), (-3, 1), (-3, -1), (-1, -1)]
    )
    / 3,
    closed=False,
)
FORMES: dict[Forme, Any] = {
    Forme.ROND: "o",
    Forme.CARRE: "s",
    Forme.LOSANGE: "D",
    Forme.TRIANGLE: "^",
    Forme.TRIANGLE_BAS: "v",
    Forme.ETOILE: "*",
    Forme.CROIX: _CROIX,
    Forme.HEXAGONE: "h",
}
_LIGNES = {
    Maille.COMMUNE: ("#6d7781", 0.22),
    Maille.EPCI: ("#3b454f", 0.7),
    Maille.DEPARTEMENT: (ENCRE, 1.4),
}
_AGRANDI = {Forme.ETOILE: 1.7, Forme.LOSANGE: 0.88}
_ORDRE = (Fill, Outline, Symbols, Points, Labels)
_GARDES = 64


@lru_cache(maxsize=_GARDES)
def _ranks(frames: Frames, maille: Maille, zone: Zone) -> dict[str, int]:
    return {code: rank for rank, code in enumerate(formes(frames, maille, zone).codes)}


def draw_map(axes: Axes, drawings: Sequence[Drawing], frames: Frames, zone: Zone, maille: Maille) -> None:
    """Draw ground, marks (areas below, then lines, discs, points, texts) and the mesh between areas and the rest."""
    ground(axes, frames, zone)
    marks = [m for d in drawings for m in d.marques]
    for fill in (m for m in marks if isinstance(m, Fill)):
        draw_mark(axes, fill, frames, zone)
    mesh(axes, frames, zone, maille)
    for mark in sorted((m for m in marks if not isinstance(m, Fill)), key=lambda m: _ORDRE.index(type(m))):
        draw_mark(axes, mark, frames, zone)


def ground(axes: Axes, frames: Frames, zone: Zone) -> None:
    """Draw the land, so that territories without a class are seen to exist."""
    land = PathCollection(paths(frames, Maille.DEPARTEMENT, zone), facecolors=TERRE, edgecolors="none", zorder=0)
    land.set_gid("terre")
    axes.add_collection(land, autolim=False)
    surroundings.areas(axes, frames, zone)
    surroundings.lines(axes, frames, zone)


def mesh(axes: Axes, frames: Frames, zone: Zone, maille: Maille) -> None:
    """Draw the borders: communes thin, Epci medium, département thick; none finer than the maille of the view."""
    finer = {Maille.COMMUNE: 0, Maille.EPCI: 1, Maille.DEPARTEMENT: 1}.get(maille, 0)
    for level in (Maille.COMMUNE, Maille.EPCI, Maille.DEPARTEMENT)[finer:]:
        colour, thickness = _LIGNES[level]
        if level is not Maille.COMMUNE:
            _lines(axes, borders(frames, level, zone), HALO, thickness + 0.9).set_alpha(0.6)
        _lines(axes, borders(frames, level, zone), colour, thickness).set_gid(f"limites-{level.value}")


def _lines(axes: Axes, path: Path, colour: str, thickness: float) -> PathCollection:
    lines = PathCollection([path], facecolors="none", edgecolors=colour, linewidths=thickness, zorder=2)
    lines.set_capstyle("round")
    axes.add_collection(lines, autolim=False)
    return lines


def draw_mark(axes: Axes, mark: Mark, frames: Frames, zone: Zone) -> None:
    """Draw one mark; what lies in another zone is left to its own map."""
    match mark:
        case Fill():
            _fill(axes, mark, frames, zone)
        case Outline():
            _outline(axes, mark, frames, zone)
        case Symbols():
            _symbols(axes, mark, frames, zone)
        case Points():
            _points(axes, mark, zone)
        case Labels():
            _labels(axes, mark, frames, zone)
        case _:
            assert_never(mark)


def style_of(classe: Classe, plein: bool) -> dict[str, Any]:
    """Return the Matplotlib style of a class of areas, on the map and in the legend; `plein` false: hatches only.

    Hatches of a blank are pale and fine, those that carry a class are dark, so that both can lie together.
    """
    missing = classe.blanc is Blanc.MANQUANT
    return {
        "facecolor": classe.couleur if plein else TRANSPARENT,
        "edgecolor": "#5d6772" if missing else "none",
        "linewidth": 0.8 if missing else 0.0,
        "linestyle": (0, (2.2, 1.8)) if missing else "solid",
        "hatch": hatch_of(classe.motif, fine=classe.blanc is not None),
        "hatchcolor": HACHURE_BLANC if classe.blanc else hatch_ink(classe.couleur, HACHURE) if plein else HACHURE,
    }


def hatch_of(motif: Motif, fine: bool = False) -> str | None:
    """Return the Matplotlib hatch of a pattern, about one line per millimetre, None for no hatch."""
    density = {"": 0, ".": 3}.get(HACHURES[motif], 4) + fine * 2
    return HACHURES[motif] * density or None


def _fill(axes: Axes, mark: Fill, frames: Frames, zone: Zone) -> None:
    ranks, shapes = _ranks(frames, mark.maille, zone), paths(frames, mark.maille, zone)
    for rank, classe in enumerate(mark.classes):
        members = [shapes[ranks[c]] for c, k in zip(mark.codes, mark.classe, strict=True) if k == rank and c in ranks]
        if not members:
            continue
        style = style_of(classe, mark.plein)
        if mark.plein:
            areas = PathCollection(members, facecolors=classe.couleur, zorder=1)
            areas.set(edgecolor=style["edgecolor"], linewidth=style["linewidth"], linestyle=style["linestyle"])
            areas.set_gid(f"aplat-{classe.id}")
            axes.add_collection(areas, autolim=False)
        if style["hatch"]:
            shape = Path.make_compound_path(*members)
            _hatch(axes, shape, (style["hatch"], style["hatchcolor"]), f"hachure-{classe.id}")


def _hatch(axes: Axes, shape: Path, hatch: tuple[str, str], gid: str) -> None:
    """Hatch one shape: Matplotlib makes the pattern again for each path, so a class is hatched as a single one."""
    area = PathCollection([shape], facecolors=TRANSPARENT, edgecolors="none", hatch=hatch[0], zorder=1.5)
    area.set_hatchcolor(hatch[1])
    area.set_hatch_linewidth(EPAISSEUR_HACHURE)
    area.set_gid(gid)
    axes.add_collection(area, autolim=False)


def line_style(trait: Trait) -> dict[str, Any]:
    """Return the Matplotlib style of a line, on the map and in the legend; dashes are given in points."""
    step = max(trait.epaisseur, 0.1)
    dashes: Any = (0, tuple(t / step for t in trait.tirets)) if trait.tirets else "solid"
    return {"linewidth": trait.epaisseur * ECHELLE_TRAIT, "linestyle": dashes, "edgecolor": trait.couleur}


def _outline(axes: Axes, mark: Outline, frames: Frames, zone: Zone) -> None:
    shape = path_of(contour(frames, mark.maille, mark.codes, zone))
    if not len(shape):
        return
    thick = mark.trait.epaisseur * ECHELLE_TRAIT + 1.4
    halo = PathCollection([shape], facecolors="none", edgecolors=HALO, linewidths=thick, alpha=0.8, zorder=3)
    line = PathCollection([shape], facecolors="none", zorder=3)
    line.set(**line_style(mark.trait))
    line.set_gid(f"contour-{mark.trait.id}")
    axes.add_collection(halo, autolim=False)
    axes.add_collection(line, autolim=False)
    if hatch := hatch_of(mark.trait.motif):
        _hatch(axes, shape, (hatch, mark.trait.couleur), f"hachure-{mark.trait.id}")


def radius(valeur: float, maximum: float) -> float:
    """Return the radius in points of a disc whose area is proportional to its value."""
    return RAYON_MAX * float(np.sqrt(max(valeur, 0.0) / maximum)) if maximum > 0 else 0.0


def _symbols(axes: Axes, mark: Symbols, frames: Frames, zone: Zone) -> None:
    ranks, centres = _ranks(frames, mark.maille, zone), formes(frames, mark.maille, zone).centres
    kept = [(v, ranks[c]) for c, v in zip(mark.codes, mark.valeurs, strict=True) if v > 0 and c in ranks]
    if not kept:
        return
    kept.sort(reverse=True)
    places = centres[[rank for _, rank in kept]]
    sizes = [(2 * radius(v, mark.maximum)) ** 2 for v, _ in kept]
    discs = axes.scatter(
        places[:, 0], places[:, 1], s=sizes, facecolor=mark.couleur, alpha=0.62, edgecolor=HALO, linewidth=0.8, zorder=4
    )
    discs.set_gid("symboles")


def _points(axes: Axes, mark: Points, zone: Zone) -> None:
    if not mark.ids:
        return
    longitude, latitude = np.asarray(mark.longitude), np.asarray(mark.latitude)
    inside = zone.holds(longitude, latitude)
    places = np.full((len(mark.ids), 2), np.nan)
    places[inside] = project_points(longitude[inside], latitude[inside], zone)
    kinds = np.asarray(mark.categorie)
    for rank in reversed(range(len(mark.categories))):
        members = places[inside & (kinds == rank)]
        if len(members):
            draw_shape(axes, members, mark.categories[rank], _size(len(mark.ids)), zorder=5)


def _size(number: int) -> float:
    """Return the diameter of a point in points: many places are drawn smaller."""
    return 5.6 if number <= 250 else 4.2 if number <= 800 else 3.0


def draw_shape(axes: Axes, places: NDArray[np.float64], categorie: Categorie, size: float, zorder: float) -> None:
    """Draw places of one category: white halo, then the shape full, hollow, dotted or struck through."""
    hollow = categorie.etat in (Etat.CREUX, Etat.POINTILLE)
    grown = size * _AGRANDI.get(categorie.forme, 1.0)
    marker = MarkerStyle(FORMES[categorie.forme])
    shape = marker.get_path().transformed(marker.get_transform())
    _stamp(axes, places, shape, grown + 2.2, {"facecolor": HALO, "edgecolor": HALO, "linewidth": 0.4, "zorder": zorder})
    style = {
        "facecolor": HALO if hollow else categorie.couleur,
        "edgecolor": categorie.couleur,
        "linewidth": 1.1 if hollow else 0.4,
        "linestyle": (0, (1.3, 1.0)) if categorie.etat is Etat.POINTILLE else "solid",
        "zorder": zorder,
        "gid": f"point-{categorie.id}",
    }
    _stamp(axes, places, shape, grown, style)
    if categorie.etat is Etat.BARRE:
        bar = Path(np.array([(-0.62, -0.62), (0.62, 0.62)]))
        for colour, thickness in ((HALO, 2.4), (categorie.couleur, 1.1)):
            _stamp(axes, places, bar, grown, {"edgecolor": colour, "linewidth": thickness, "zorder": zorder})


def _stamp(axes: Axes, places: NDArray[np.float64], shape: Path, size: float, style: dict[str, Any]) -> None:
    """Put one small shape, `size` points wide, at each place; what `scatter` does, ten times as fast."""
    width = size * axes.figure.dpi / 72
    scaled = shape.transformed(Affine2D().scale(width))
    stamps = PathCollection([scaled], offsets=places, offset_transform=axes.transData, facecolors=TRANSPARENT)
    stamps.set_transform(Affine2D())
    stamps.set(**style)
    axes.add_collection(stamps, autolim=False)


def _labels(axes: Axes, mark: Labels, frames: Frames, zone: Zone) -> None:
    ranks, centres = _ranks(frames, mark.maille, zone), formes(frames, mark.maille, zone).centres
    (west, east), (south, north) = axes.get_xlim(), axes.get_ylim()
    for code, texte in zip(mark.codes, mark.textes, strict=True):
        x, y = centres[ranks[code]] if code in ranks else (np.nan, np.nan)
        if west < x < east and south < y < north:
            draw_label(axes, centres[ranks[code]], clean(texte))


def draw_label(axes: Axes, place: NDArray[np.float64], texte: str, corps: float = 6.4, couleur: str = ENCRE) -> None:
    """Write a name over the map on a white halo; the halo is apart, so that the name stays a text in an SVG."""
    style: dict[str, Any] = {"ha": "center", "va": "center", "zorder": 6, "parse_math": False, "linespacing": 1.1}
    halo = axes.text(place[0], place[1], texte, fontsize=corps, color=HALO, **style)
    halo.set_path_effects([effects.Stroke(linewidth=1.9, foreground=HALO)])
    axes.text(place[0], place[1], texte, fontsize=corps, color=couleur, **style)
