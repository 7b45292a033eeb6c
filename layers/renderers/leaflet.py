"""Drawings → what the live map needs: geometry as files sent once, classes as a small payload sent at each change.

The browser's half of this renderer is `assets/carte.js`; the two share the shapes stated here and nothing else.
"""

import gzip
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, assert_never

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from data.frames import Frames
from data.model import MAILLES_CARTE, Maille
from layers.kit.contract import Drawing
from layers.kit.marks import Fill, Labels, Mark, Outline, Points, Symbols
from layers.renderers.meshes import border, mesh_frame

DEGRES_EN_ENTIERS = 100_000  # coordinates travel as integers of 1e-5 degree, about one metre
PAS_DE_CLASSE = "-"
CHIFFRES = "0123456789abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Fichier:
    """A file named by its content, so that a browser may keep it for ever; `gzip` is its compressed content."""

    nom: str
    gzip: bytes


@dataclass(frozen=True, slots=True)
class Rendu:
    """Payload of one interaction and the files that it names."""

    charge: dict[str, Any]
    fichiers: tuple[Fichier, ...]


def _file(kind: str, content: Mapping[str, Any]) -> Fichier:
    raw = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    return Fichier(f"{kind}-{hashlib.sha256(raw).hexdigest()[:16]}.json", gzip.compress(raw, 6, mtime=0))


def mesh_file(frames: Frames, maille: Maille) -> Fichier:
    """Encode the territories of a maille: codes, names, parents, inner points, rings (EPSG:4326, delta-coded integers)."""
    mesh = mesh_frame(frames, maille)
    inner = mesh["geometry"].representative_point()
    return _file(
        maille.value,
        {
            "codes": mesh["code"].tolist(),
            "noms": mesh["nom"].tolist(),
            "parents": mesh["parent"].tolist(),
            "poids": mesh["population"].fillna(0).astype(int).tolist(),
            "centres": _integers(np.column_stack([inner.x, inner.y])).tolist(),
            "polygones": _polygons(mesh["geometry"]),
        },
    )


def render(drawings: Sequence[Drawing], frames: Frames, maille: Maille, meshes: Mapping[Maille, str]) -> Rendu:
    """Render drawings for the live map; `meshes` gives the file of each maille already published."""
    files: list[Fichier] = []
    ranks = {m: {code: i for i, code in enumerate(mesh_frame(frames, m)["code"])} for m in MAILLES_CARTE}
    layers = []
    for drawing in drawings:
        marks = []
        for mark in drawing.marques:
            encoded, mark_files = _mark(mark, frames, ranks)
            marks.append(encoded)
            files.extend(mark_files)
        layers.append({"id": drawing.couche, "titre": drawing.titre, "unite": drawing.unite, "marques": marks})
    charge = {"maille": maille.value, "maillages": {m.value: nom for m, nom in meshes.items()}, "couches": layers}
    return Rendu(charge, tuple(files))


def _mark(
    mark: Mark, frames: Frames, ranks: Mapping[Maille, Mapping[str, int]]
) -> tuple[dict[str, Any], tuple[Fichier, ...]]:
    match mark:
        case Fill():
            return _fill(mark, ranks[mark.maille]), ()
        case Outline():
            outline = _file("contour", {"lignes": _lines(border(frames, mark.maille, mark.codes))})
            entry = {"type": "contour", "maille": mark.maille.value, "trait": asdict(mark.trait), "fichier": outline.nom}
            return entry | {"codes": mark.codes, "details": _dictionary(mark.details)}, (outline,)
        case Symbols():
            entry = {"type": "symboles", "maille": mark.maille.value, "codes": mark.codes, "valeurs": mark.valeurs}
            entry |= {"libelle": mark.libelle, "unite": mark.unite, "couleur": mark.couleur, "maximum": mark.maximum}
            return entry | {"details": _dictionary(mark.details)}, ()
        case Points():
            places = _file("lieux", {k: v for k, v in asdict(mark).items()})
            return {"type": "points", "fichier": places.nom}, (places,)
        case Labels():
            return {"type": "textes", "maille": mark.maille.value, "codes": mark.codes, "textes": mark.textes}, ()
        case _:
            assert_never(mark)


def _fill(mark: Fill, ranks: Mapping[str, int]) -> dict[str, Any]:
    classes = [PAS_DE_CLASSE] * len(ranks)
    details = [""] * len(ranks)
    values: list[float | None] = [None] * len(ranks)
    mark_values = mark.valeurs or (None,) * len(mark.codes)
    for code, rank, detail, value in zip(mark.codes, mark.classe, mark.details, mark_values, strict=True):
        place = ranks[code]
        classes[place], details[place], values[place] = CHIFFRES[rank], detail, value
    return {
        "type": "aplat",
        "maille": mark.maille.value,
        "plein": mark.plein,
        "classes": [asdict(c) for c in mark.classes],
        "rangs": "".join(classes),
        "details": _dictionary(details),
        "valeurs": [None if v is None else float(f"{v:.6g}") for v in values] if mark.valeurs else [],
    }


def _dictionary(texts: Iterable[str]) -> dict[str, Any]:
    """Send each distinct text once: `textes` and, for each territory, its rank in it."""
    ranks, distinct = pd.factorize(np.asarray(list(texts), dtype=object))
    return {"textes": distinct.tolist(), "rangs": ranks.tolist()}


def _integers(coordinates: Any) -> Any:
    return np.rint(np.asarray(coordinates) * DEGRES_EN_ENTIERS).astype(np.int64)


def _ring(ring: Any) -> list[int]:
    """Delta-code a ring or line: first point absolute, the others relative to the one before, flat."""
    points = _integers(shapely.get_coordinates(ring))
    moved = np.concatenate([[True], np.any(np.diff(points, axis=0) != 0, axis=1)])
    steps: list[int] = np.diff(points[moved], axis=0, prepend=[[0, 0]]).ravel().tolist()
    return steps


def _polygons(geometry: gpd.GeoSeries) -> list[list[list[list[int]]]]:
    return [
        [[_ring(r) for r in (part.exterior, *part.interiors)] for part in _parts(shape)] for shape in geometry
    ]


def _lines(shape: Any) -> list[list[list[int]]]:
    return [[_ring(r) for r in (part.exterior, *part.interiors)] for part in _parts(shape)]


def _parts(shape: Any) -> list[Any]:
    return [p for p in getattr(shape, "geoms", [shape]) if p.geom_type == "Polygon" and not p.is_empty]
