"""A scene as a thumbnail: a few kilobytes of SVG, drawn from the same marks as the map."""

from collections.abc import Iterator, Sequence
from html import escape
from math import cos, isfinite, radians, sqrt

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from data.frames import Frames
from data.measures.cache import per_frames
from data.model import MAILLES_CARTE, Maille
from layers.kit.contract import Drawing
from layers.kit.marks import Fill, Outline, Points, Symbols
from layers.renderers.meshes import mesh_frame

LARGEUR, HAUTEUR, MARGE = 320, 200, 6
VIDE, FILET = "#ffffff", "#7d8894"
RAYON_MAX = 14.0


def thumbnail(dessins: Sequence[Drawing], frames: Frames, maille: Maille, titre: str) -> str:
    """Return a scene as an SVG of 320 × 200, its title as its text alternative."""
    filled = any(isinstance(m, Fill) and m.plein and m.maille is maille for d in dessins for m in d.marques)
    ground = "" if filled else "".join(_paths(frames, maille).values())
    body = [f'<path d="{ground}" fill="{VIDE}" stroke="{FILET}" stroke-width=".2"/>'] if ground else []
    for dessin in dessins:
        for mark in dessin.marques:
            match mark:
                case Fill():
                    body += _areas(mark, _paths(frames, mark.maille) if mark.maille in MAILLES_CARTE else {})
                case Outline() if mark.maille in MAILLES_CARTE:
                    d = "".join(_paths(frames, mark.maille).get(c, "") for c in mark.codes)
                    body.append(f'<path d="{d}" fill="none" stroke="{mark.trait.couleur}" stroke-width=".9"/>')
                case Symbols():
                    body += _discs(mark, frames)
                case Points():
                    body += _places(mark, frames)
                case _:
                    pass
    size = f'width="{LARGEUR}" height="{HAUTEUR}" viewBox="0 0 {LARGEUR} {HAUTEUR}"'
    alt = f"<title>{escape(titre)}</title>"
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img">{alt}{"".join(body)}</svg>'


def _areas(mark: Fill, paths: dict[str, str]) -> Iterator[str]:
    """Write one path per class."""
    if not mark.plein:
        return
    for rank, classe in enumerate(mark.classes):
        d = "".join(paths.get(c, "") for c, r in zip(mark.codes, mark.classe, strict=True) if r == rank)
        if d:
            yield f'<path d="{d}" fill="{classe.couleur}" stroke="{FILET}" stroke-width=".15"/>'


def _discs(mark: Symbols, frames: Frames) -> Iterator[str]:
    inner = _inner(frames, mark.maille)
    for code, value in zip(mark.codes, mark.valeurs, strict=True):
        if code in inner and value > 0:
            x, y = inner[code]
            r = max(0.8, RAYON_MAX * sqrt(value / mark.maximum))
            yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r:.1f}" fill="{mark.couleur}" fill-opacity=".6"/>'


def _places(mark: Points, frames: Frames) -> Iterator[str]:
    grid = _grid(frames)
    at = grid(np.column_stack([mark.longitude, mark.latitude]).reshape(-1, 2))
    for (x, y), rank in zip(at.tolist(), mark.categorie, strict=True):
        couleur = mark.categories[rank].couleur
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.2" fill="{couleur}" stroke="#fff" stroke-width=".5"/>'


class _Grid:
    """Degrees (EPSG:4326) to the pixels of the thumbnail."""

    def __init__(self, bounds: tuple[float, float, float, float]) -> None:
        west, south, east, north = bounds
        flat = cos(radians((south + north) / 2))
        wide, high = max((east - west) * flat, 1e-6), max(north - south, 1e-6)
        k = min((LARGEUR - 2 * MARGE) / wide, (HAUTEUR - 2 * MARGE) / high)
        self.scale = np.array([k * flat, -k])
        middle = np.array([(west + east) / 2, (south + north) / 2])
        self.shift = np.array([LARGEUR / 2, HAUTEUR / 2]) - middle * self.scale

    def __call__(self, degrees: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the pixels of points."""
        pixels: NDArray[np.float64] = degrees * self.scale + self.shift
        return pixels


@per_frames
def _grid(frames: Frames) -> _Grid:
    west, south, east, north = (float(v) for v in frames.communes.total_bounds)
    known = isfinite(west) and isfinite(south)
    return _Grid((west, south, east, north) if known else (-5.2, 41.3, 9.6, 51.1))


@per_frames
def _paths(frames: Frames, maille: Maille) -> dict[str, str]:
    """Return the outline of each territory as the data of an SVG path, to half a pixel."""
    mesh, grid = mesh_frame(frames, maille), _grid(frames)
    step = 0.5 / float(abs(grid.scale[1]))
    light = shapely.simplify(mesh.geometry.to_numpy(), step, preserve_topology=False)
    return {code: _path(shape, grid) for code, shape in zip(mesh["code"], light, strict=True)}


def _path(shape: BaseGeometry | None, grid: _Grid) -> str:
    if shape is None or shape.is_empty:
        return ""
    rings = []
    for part in getattr(shape, "geoms", [shape]):
        if part.geom_type == "Polygon" and not part.is_empty:
            pixels = grid(shapely.get_coordinates(part.exterior))[:-1]
            rings.append("M" + " ".join(f"{x:.1f} {y:.1f}" for x, y in pixels.tolist()) + "Z")
    return "".join(rings)


@per_frames
def _inner(frames: Frames, maille: Maille) -> dict[str, tuple[float, float]]:
    """Return a point inside each territory, in pixels."""
    mesh = mesh_frame(frames, maille)
    inside = mesh.geometry.representative_point()
    at = _grid(frames)(np.column_stack([inside.x, inside.y]))
    return {code: (x, y) for code, (x, y) in zip(mesh["code"], at.tolist(), strict=True) if isfinite(x)}
