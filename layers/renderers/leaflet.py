"""Drawings → what the live map needs: geometry as a file sent once, classes as a small payload sent at each change.

The browser's half of this renderer is `assets/carte.js` and `assets/toile.js`; they share the shapes stated here and
nothing else. Where territories are many, their words and values are asked for by block, when somebody reads them.
"""

import gzip
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from itertools import compress
from typing import Any, TypeVar, assert_never

from data.frames import Frames
from data.measures import territories
from data.measures.cache import per_frames
from data.model import MAILLES_CARTE, Maille
from layers.kit.contract import Drawing
from layers.kit.marks import Fill, Labels, Mark, Outline, Points, Symbols
from layers.renderers.encoding import dictionary, lines
from layers.renderers.ground import ground
from layers.renderers.meshes import border
from layers.renderers.topology import shares_borders

T = TypeVar("T")
PAS_DE_CLASSE = "-"
CHIFFRES = "0123456789abcdefghijklmnopqrstuvwxyz"
TERRITOIRES_DITS = 5_000
"""Above so many territories their words and values are not sent with the classes (`mentions`)."""
PAS_DE_RAYON = 240
_CONTOURS_GARDES = 256
_DISQUES_DU_FOND: dict[str, Any] = {"codes": [], "valeurs": [], "details": {"textes": [], "rangs": []}}


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


def compact(content: object) -> bytes:
    """Write JSON without a space, in UTF-8."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def _file(kind: str, content: Mapping[str, Any]) -> Fichier:
    raw = compact(content)
    return Fichier(f"{kind}-{hashlib.sha256(raw).hexdigest()[:16]}.json", gzip.compress(raw, 6, mtime=0))


def ground_file(frames: Frames) -> Fichier:
    """Encode the geometry and the territories of a dataset as a file."""
    return _file("fond", ground(frames))


def render(drawings: Sequence[Drawing], frames: Frames, maille: Maille) -> Rendu:
    """Render drawings for the live map."""
    files: list[Fichier] = []
    layers = []
    for drawing in drawings:
        marks = []
        # values and words of discs come with the ground below them, once
        grounded = any(isinstance(m, Fill) and m.fond for m in drawing.marques)
        for mark in drawing.marques:
            encoded, mark_files = _mark(mark, frames)
            if grounded and isinstance(mark, Symbols) and not _many(frames, mark.maille):
                encoded |= _DISQUES_DU_FOND
            marks.append(encoded)
            files.extend(mark_files)
        layers.append({"id": drawing.couche, "titre": drawing.titre, "unite": drawing.unite, "marques": marks})
    return Rendu({"maille": maille.value, "couches": layers}, tuple(files))


def mentions(drawings: Sequence[Drawing], frames: Frames, departement: str) -> list[list[dict[str, Any]]]:
    """Give what `render` left out: by layer and mark, the words and values of the communes of a département.

    "" stands for all of them. Each entry lists the ranks of its territories, their words, and their values.
    """
    kept = None
    if departement:
        kept = set(territories.communes_of(frames, departement))
    return [[_mention(m, frames, kept) for m in d.marques] for d in drawings]


def _mention(mark: Mark, frames: Frames, kept: set[str] | None) -> dict[str, Any]:
    if not isinstance(mark, Fill | Symbols) or not _many(frames, mark.maille):
        return {}
    inside = [kept is None or code in kept for code in mark.codes]
    ranks = territories.ranks(frames, mark.maille)
    values = compress(mark.valeurs, inside) if mark.valeurs else ()
    return {
        "rangs": [ranks[code] for code in compress(mark.codes, inside)],
        "details": dictionary(compress(mark.details, inside)),
        "valeurs": [_short(v) for v in values],
    }


def _many(frames: Frames, maille: Maille) -> bool:
    return maille is not Maille.QPV and len(territories.groups(frames, maille).codes) > TERRITOIRES_DITS


def _mark(mark: Mark, frames: Frames) -> tuple[dict[str, Any], tuple[Fichier, ...]]:
    match mark:
        case Fill():
            return _fill(mark, frames), ()
        case Outline():
            outline = _outline(frames, mark.maille, mark.codes, mark.details)
            entry = {"type": "contour", "maille": mark.maille.value, "trait": asdict(mark.trait)}
            return entry | {"fichier": outline.nom}, (outline,)
        case Symbols():
            return _discs(mark, frames), ()
        case Points():
            places = _places(mark)
            return {"type": "points", "fichier": places.nom}, (places,)
        case Labels():
            return {"type": "textes", "maille": mark.maille.value, "codes": mark.codes, "textes": mark.textes}, ()
        case _:
            assert_never(mark)


@lru_cache(maxsize=_CONTOURS_GARDES)
def _outline(frames: Frames, maille: Maille, codes: tuple[str, ...], details: tuple[str, ...]) -> Fichier:
    """Encode which territories an outline surrounds; with its lines where arcs cannot give them."""
    content: dict[str, Any] = {"codes": codes, "details": dictionary(details)}
    if maille not in MAILLES_CARTE or not _shared(frames):
        content["lignes"] = lines(border(frames, maille, codes))
    return _file("contour", content)


@lru_cache(maxsize=_CONTOURS_GARDES)
def _places(mark: Points) -> Fichier:
    return _file("lieux", asdict(mark))


@per_frames
def _shared(frames: Frames) -> bool:
    return shares_borders(frames.communes.geometry)


def _discs(mark: Symbols, frames: Frames) -> dict[str, Any]:
    discs: dict[str, Any] = {"type": "symboles", "maille": mark.maille.value, "couleur": mark.couleur}
    discs |= {"libelle": mark.libelle, "unite": mark.unite, "maximum": mark.maximum}
    if not _many(frames, mark.maille):
        return discs | {"codes": mark.codes, "valeurs": mark.valeurs, "details": dictionary(mark.details)}
    sizes = [0] * len(territories.groups(frames, mark.maille).codes)
    ranks = territories.ranks(frames, mark.maille)
    for code, value in zip(mark.codes, mark.valeurs, strict=True):
        sizes[ranks[code]] = round(PAS_DE_RAYON * (max(value, 0) / mark.maximum) ** 0.5) if mark.maximum else 0
    return discs | {"rayons": sizes, "pas": PAS_DE_RAYON}


def _fill(mark: Fill, frames: Frames) -> dict[str, Any]:
    fill = {
        "type": "aplat",
        "maille": mark.maille.value,
        "plein": mark.plein,
        "fond": mark.fond,
        "titre": mark.titre,
        "unite": mark.unite,
        "classes": [asdict(c) for c in mark.classes],
        "rangs": "".join(_placed(mark, frames, [CHIFFRES[r] for r in mark.classe], PAS_DE_CLASSE)),
    }
    if _many(frames, mark.maille):
        return fill | {"chiffre": bool(mark.valeurs)}
    values = _placed(mark, frames, [_short(v) for v in mark.valeurs], None) if mark.valeurs else []
    return fill | {"details": dictionary(_placed(mark, frames, mark.details, "")), "valeurs": values}


def _placed(mark: Fill, frames: Frames, given: Sequence[T], absent: T) -> Sequence[T]:
    """Put what is given by code in the order of the territories of the maille."""
    if mark.codes == territories.groups(frames, mark.maille).codes:
        return given
    ranks = territories.ranks(frames, mark.maille)
    placed = [absent] * len(ranks)
    for code, thing in zip(mark.codes, given, strict=True):
        placed[ranks[code]] = thing
    return placed


def _short(value: float | None) -> float | int | None:
    """Keep counts whole, and no more digits of a rate than a reader can use."""
    if value is None or float(value).is_integer():
        return None if value is None else int(value)
    return float(f"{value:.6g}")
