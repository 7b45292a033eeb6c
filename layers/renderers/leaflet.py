"""Drawings → what the live map needs: geometry as files sent once, classes as a small payload sent at each change.

The browser's half of this renderer is `assets/carte.js`; the two share the shapes stated here and nothing else.
"""

import gzip
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, assert_never

from data.frames import Frames
from data.model import MAILLES_CARTE, Maille
from layers.kit.contract import Drawing
from layers.kit.marks import Fill, Labels, Mark, Outline, Points, Symbols
from layers.renderers.encoding import dictionary, lines, mesh_content
from layers.renderers.meshes import border, mesh_frame

PAS_DE_CLASSE = "-"
_IN_THE_GROUND: dict[str, Any] = {"codes": [], "valeurs": [], "details": {"textes": [], "rangs": []}}
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
    """Encode the territories of a maille as a file."""
    return _file(maille.value, mesh_content(frames, maille))


def render(drawings: Sequence[Drawing], frames: Frames, maille: Maille, meshes: Mapping[Maille, str]) -> Rendu:
    """Render drawings for the live map; `meshes` gives the file of each maille already published."""
    files: list[Fichier] = []
    ranks = {m: {code: i for i, code in enumerate(mesh_frame(frames, m)["code"])} for m in MAILLES_CARTE}
    layers = []
    for drawing in drawings:
        marks = []
        # values and words of discs come with the ground below them, once
        grounded = any(isinstance(m, Fill) and m.fond for m in drawing.marques)
        for mark in drawing.marques:
            encoded, mark_files = _mark(mark, frames, ranks)
            if grounded and isinstance(mark, Symbols):
                encoded |= _IN_THE_GROUND
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
            outline = _file("contour", {"lignes": lines(border(frames, mark.maille, mark.codes))})
            entry = {
                "type": "contour",
                "maille": mark.maille.value,
                "trait": asdict(mark.trait),
                "fichier": outline.nom,
            }
            return entry | {"codes": mark.codes, "details": dictionary(mark.details)}, (outline,)
        case Symbols():
            discs: dict[str, Any] = {
                "type": "symboles",
                "maille": mark.maille.value,
                "codes": mark.codes,
                "valeurs": mark.valeurs,
            }
            discs |= {"libelle": mark.libelle, "unite": mark.unite, "couleur": mark.couleur, "maximum": mark.maximum}
            return discs | {"details": dictionary(mark.details)}, ()
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
        "fond": mark.fond,
        "classes": [asdict(c) for c in mark.classes],
        "rangs": "".join(classes),
        "details": dictionary(details),
        "valeurs": [_short(v) for v in values] if mark.valeurs else [],
    }


def _short(value: float | None) -> float | int | None:
    """Keep counts whole, and no more digits of a rate than a reader can use."""
    if value is None or float(value).is_integer():
        return None if value is None else int(value)
    return float(f"{value:.6g}")
