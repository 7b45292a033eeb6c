"""What a printed map wears besides its marks: scale bar, names of places, the chosen territory."""

from collections.abc import Sequence

import numpy as np
import shapely
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.patches import Rectangle
from numpy.typing import NDArray

from data.frames import Frames
from data.model import Maille
from layers.kit.contract import Drawing
from layers.kit.marks import Labels, Symbols
from layers.kit.texts import number
from layers.renderers.meshes import mesh_frame
from layers.renderers.projection import Formes, Zone, contour, formes
from layers.renderers.shapes import path_of
from layers.renderers.static import ENCRE, HALO, draw_label, radius
from layers.renderers.typesetting import Style, clean, width, write

_NOMS_MAX = {Maille.COMMUNE: 12, Maille.EPCI: 40, Maille.DEPARTEMENT: 8}
_CORPS = 6.6
NOM_MAX = 42
_CHOIX, _VOISIN = "#0b0f14", "#5d6772"


def scale_bar(page: Axes, x: float, y: float, points_per_metre: float, room: float, projection: str) -> None:
    """Draw a bar of a round number of kilometres, at most a fifth of `room` points, and name the projection."""
    km = _round_km(room / 5 / points_per_metre / 1000)
    length = km * 1000 * points_per_metre
    for rank, colour in enumerate((ENCRE, HALO)):
        half = Rectangle((x + rank * length / 2, y), length / 2, 2.6, facecolor=colour, edgecolor=ENCRE, linewidth=0.5)
        half.set_gid(f"echelle-{rank}")
        page.add_patch(half)
    style = Style(6.2, couleur="#333d47")
    for text, place in (("0", 0.0), (number(km / 2), 0.5), (f"{number(km)} km", 1.0)):
        write(page, x + place * length - width(text.split(" ")[0], style) / 2, y + 5, text, style)
    write(page, x + length + 22, y, f"Projection {projection}, nord en haut", style)


def _round_km(km: float) -> float:
    power = 10.0 ** float(np.floor(np.log10(max(km, 1e-3))))
    return float(next(k * power for k in (5.0, 2.0, 1.0) if k * power <= km * (1 + 1e-9)))


def names(
    axes: Axes, drawings: Sequence[Drawing], frames: Frames, zone: Zone, maille: Maille, communes: frozenset[str]
) -> None:
    """Name the Epci of an Epci map, else the largest communes, each name only where it covers no other one.

    Of a near map, only the `communes` that it speaks of are named.
    """
    if any(isinstance(m, Labels) for d in drawings for m in d.marques):
        return
    level = Maille.EPCI if maille is Maille.EPCI and not communes else Maille.COMMUNE
    shapes, mesh = (
        formes(frames, level, zone),
        mesh_frame(frames, level).set_index("code").loc[:, ["nom", "population"]],
    )
    mesh = mesh.loc[list(shapes.codes)]
    known = mesh["population"].fillna(0.0).to_numpy()
    weight = known if known.any() else shapely.area(shapes.polygones)
    if communes:
        weight = np.where([code in communes for code in shapes.codes], weight, 0.0)
    places, seen = _in_sight(axes, shapes, level)
    weight = np.where(seen, weight, 0.0)
    order = np.argsort(-weight, kind="stable")
    points = np.asarray(axes.transData.transform(places)) * (72 / axes.figure.dpi)
    discs, back = _radii(drawings, level), axes.transData.inverted()
    sheet = np.asarray(axes.get_window_extent().extents) * (72 / axes.figure.dpi)
    taken: list[tuple[float, float, float, float]] = []
    for rank in order[: 4 * _NOMS_MAX[maille]]:
        if len(taken) >= _NOMS_MAX[maille] or not weight[rank] > 0:
            break
        text = folded(clean(str(mesh["nom"].iloc[rank])))
        place = under(points[rank], text, discs.get(shapes.codes[rank], 0.0))
        box = _box(place, text)
        if box[0] < sheet[0] or box[2] > sheet[2]:
            continue
        if any(box[0] < t[2] and t[0] < box[2] and box[1] < t[3] and t[1] < box[3] for t in taken):
            continue
        taken.append(box)
        draw_label(axes, back.transform(place * (axes.figure.dpi / 72)), text, _CORPS)


def _radii(drawings: Sequence[Drawing], level: Maille) -> dict[str, float]:
    """Return the radius in points of the largest disc on each territory of a maille."""
    found: dict[str, float] = {}
    for mark in (m for d in drawings for m in d.marques if isinstance(m, Symbols) and m.maille is level):
        for code, value in zip(mark.codes, mark.valeurs, strict=True):
            found[code] = max(found.get(code, 0.0), radius(value, mark.maximum))
    return found


def under(centre: NDArray[np.float64], text: str, disc: float) -> NDArray[np.float64]:
    """Return where a name is centred: below the disc of its territory, which it would hide."""
    return centre - (0.0, disc + _tall(text)) if disc else centre


def _in_sight(axes: Axes, shapes: Formes, level: Maille) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Return where each territory is named and whether it is in sight; an Epci is named in the part of it that is."""
    (west, east), (south, north) = axes.get_xlim(), axes.get_ylim()
    x, y = shapes.centres.T
    inside = (x > west) & (x < east) & (y > south) & (y < north)
    if level is Maille.COMMUNE or inside.all():
        return shapes.centres, inside
    parts = shapely.clip_by_rect(shapes.polygones, west, south, east, north)
    named = ~inside & (shapely.area(parts) > (east - west) * (north - south) / 60)
    places = shapes.centres.copy()
    places[named] = shapely.get_coordinates(shapely.point_on_surface(parts[named]))
    return places, inside | named


def frame(axes: Axes) -> None:
    """Draw the edge of a map that shows a part of its dataset."""
    edge = Rectangle((0, 0), 1, 1, transform=axes.transAxes, fill=False, edgecolor=_VOISIN, linewidth=0.6, zorder=7)
    edge.set_clip_on(False)
    edge.set_gid("etendue")
    axes.add_artist(edge)


def neighbours(axes: Axes, frames: Frames, zone: Zone, communes: frozenset[str]) -> None:
    """Outline the communes that a near map speaks of, and name the Epci around them in grey."""
    shape = path_of(contour(frames, Maille.COMMUNE, tuple(sorted(communes)), zone))
    for colour, thickness in ((HALO, 3.4), (_CHOIX, 1.6)):
        line = PathCollection([shape], facecolors="none", edgecolors=colour, linewidths=thickness, zorder=2.5)
        line.set_gid("territoire-de-la-page")
        axes.add_collection(line, autolim=False)
    shapes = formes(frames, Maille.EPCI, zone)
    west, east = axes.get_xlim()
    south, north = axes.get_ylim()
    margin = (east - west) * 0.12
    own = set(mesh_frame(frames, Maille.COMMUNE).set_index("code").loc[sorted(communes), "parent"])
    visible = shapely.clip_by_rect(
        shapes.polygones, west + margin, south + margin / 3, east - margin, north - margin / 3
    )
    for code, part in zip(shapes.codes, visible, strict=True):
        if code in own or part.is_empty or part.area < ((east - west) / 8) ** 2:
            continue
        place = shapely.get_coordinates(shapely.point_on_surface(part))[0]
        draw_label(axes, place, folded(clean(frames.noms.get(code, code))), _CORPS, _VOISIN)


def folded(nom: str, longueur: int = 18) -> str:
    """Break a long name in two lines near its middle, at a space or after a hyphen; a very long one is abridged."""
    nom = nom if len(nom) <= NOM_MAX else nom[: NOM_MAX - 1].rstrip() + "…"
    if len(nom) <= longueur:
        return nom
    cuts = [i + 1 for i, c in enumerate(nom[:-1]) if c in " -"]
    if not cuts:
        return nom
    cut = min(cuts, key=lambda i: abs(i - len(nom) / 2))
    return f"{nom[:cut].rstrip()}\n{nom[cut:].lstrip()}"


def _box(centre: NDArray[np.float64], text: str) -> tuple[float, float, float, float]:
    lines = text.split("\n")
    half = max(width(line, Style(_CORPS)) for line in lines) / 2 + 3
    tall = _tall(text)
    return centre[0] - half, centre[1] - tall, centre[0] + half, centre[1] + tall


def _tall(text: str) -> float:
    """Return half the height of a name, in points."""
    return (text.count("\n") + 1) * _CORPS * 0.62 + 2


def highlight(axes: Axes, frames: Frames, zone: Zone, code: str) -> None:
    """Draw a heavy outline around the chosen territory, whatever its maille."""
    for maille in Maille:
        shapes = formes(frames, maille, zone)
        if code in shapes.codes:
            shape = path_of(shapely.normalize(shapes.polygones[shapes.codes.index(code)]))
            for colour, thickness in ((HALO, 4.2), (_CHOIX, 2.2)):
                line = PathCollection([shape], facecolors="none", edgecolors=colour, linewidths=thickness, zorder=5.5)
                line.set_gid("territoire-choisi")
                axes.add_collection(line, autolim=False)
            return
