"""The empty slide that a snapshot is laid on: the Caf's own template where it has one, else a plain 16:9 page."""

import io
from dataclasses import dataclass
from typing import Any
from zipfile import BadZipFile

from PIL import Image, UnidentifiedImageError
from pptx import Presentation
from pptx.exc import PythonPptxError
from pptx.util import Emu, Pt

from dashboard.exports.options import Options
from data.errors import ExportError
from data.frames import Frames
from layers.kit.texts import typeset

LARGEUR, HAUTEUR = 960.0, 540.0
_POINT = 12_700
_TITRES = (1, 3)  # types of placeholder that hold a title


@dataclass(frozen=True, slots=True)
class Support:
    """A presentation of one empty slide, with its title ("" placeholder None) and its size in points."""

    presentation: Any
    slide: Any
    titre: Any
    largeur: float
    hauteur: float
    propre: bool


def support_of(options: Options, frames: Frames) -> Support:
    """Open the template of the options, else that of the dataset, else a plain page; its own slides are left out.

    Raises: ExportError for a template that is missing or damaged.
    """
    content = piece(options.gabarit, frames, "gabarit_pptx")
    presentation = _opened(content) if content is not None else _plain()
    slides = presentation.slides
    for entry in list(slides._sldIdLst):
        presentation.part.drop_rel(entry.rId)
        slides._sldIdLst.remove(entry)
    return _added(presentation, content is not None)


def after(support: Support) -> Support:
    """Add an empty slide to the same presentation."""
    return _added(support.presentation, support.propre)


def _added(presentation: Any, propre: bool) -> Support:
    slide = presentation.slides.add_slide(_layout(presentation))
    for shape in list(slide.placeholders):
        if shape.placeholder_format.type not in _TITRES:
            shape._element.getparent().remove(shape._element)
    large, haut = presentation.slide_width / _POINT, presentation.slide_height / _POINT
    return Support(presentation, slide, slide.shapes.title, large, haut, propre)


def piece(choisie: bytes | None, frames: Frames, cle: str) -> bytes | None:
    """Return a file chosen by the reader, else the one that the dataset names under a key; None for none.

    Raises: ExportError where the dataset names a file that is not there.
    """
    nom = getattr(frames.jeu.parametres, cle)
    if choisie is None and nom and cle not in frames.pieces:
        raise ExportError(typeset(f"« {nom} », que jeu.toml nomme ({cle}), n'est pas dans le dossier du jeu."))
    return choisie if choisie is not None else frames.pieces.get(cle)


def logo_of(options: Options, frames: Frames) -> tuple[bytes, float] | None:
    """Return the logo with its width for a height of 1; None where there is none.

    Raises: ExportError for a picture that cannot be read.
    """
    content = piece(options.logo, frames, "logo")
    if content is None:
        return None
    try:
        with Image.open(io.BytesIO(content)) as picture:
            picture.verify()
            if picture.format not in ("PNG", "JPEG", "GIF", "BMP", "TIFF"):
                raise UnidentifiedImageError
            return content, picture.width / max(picture.height, 1)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise ExportError("Le logo ne se lit pas\u202f: donner une image PNG ou JPEG.") from error


def _plain() -> Any:
    presentation = Presentation()
    presentation.slide_width, presentation.slide_height = Pt(LARGEUR), Pt(HAUTEUR)
    return presentation


def _opened(content: bytes) -> Any:
    try:
        presentation = Presentation(io.BytesIO(content))
        if len(presentation.slide_layouts) == 0 or not isinstance(presentation.slide_width, Emu | int):
            raise ValueError
        return presentation
    except (BadZipFile, KeyError, ValueError, AttributeError, OSError, SyntaxError, PythonPptxError) as error:
        raise ExportError("Le gabarit n'est pas une présentation PowerPoint (.pptx) qui se lise.") from error


def _layout(presentation: Any) -> Any:
    """Choose the layout with a title and the fewest other placeholders; the first one where none has a title."""
    titled = [
        x for x in presentation.slide_layouts if any(p.placeholder_format.type in _TITRES for p in x.placeholders)
    ]
    return min(titled, key=lambda x: len(x.placeholders)) if titled else presentation.slide_layouts[0]
