"""The press: data and a template in, a tagged PDF/UA-1 out; data are never read as markup."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst
from matplotlib.ft2font import FT2Font

from data.errors import ExportError
from layers.kit.texts import typeset
from layers.renderers.printing import FICHIERS_POLICE, font_folder
from layers.renderers.typesetting import POLICE, clean

GABARITS = Path(__file__).resolve().parent / "gabarits"
ABSENT = "\u25a1"
MOT_MAX = 24
_LONG = re.compile(rf"\S{{{MOT_MAX + 1},}}")
_ICI = re.compile(rf"(?<=[&,/?=;-])(?=\S)|(?<=\S{{{MOT_MAX}}})(?=\S)")
SVG = "svg"
"""Name of the values that are pictures: they are left as they are."""


def print_pdf(gabarit: str, donnees: Mapping[str, Any], jour: date) -> bytes:
    """Set a template with its data; the same inputs give the same bytes.

    Raises: ExportError where a font of the installation is missing, or where the press refuses the document.
    """
    fonts = _fonts(font_folder())
    try:
        content = typst.compile(
            str(GABARITS / f"{gabarit}.typ"),
            root=str(GABARITS),
            font_paths=fonts,
            ignore_system_fonts=True,
            format="pdf",
            pdf_standards=["ua-1"],
            sys_inputs={"donnees": json.dumps(_printable(donnees), ensure_ascii=False, allow_nan=False)},
            timestamp=datetime.combine(jour, time(12), UTC),
        )
    except typst.TypstError as error:
        raise ExportError(typeset(f"Le document n'a pas pu être composé : {error.message}.")) from error
    assert isinstance(content, bytes)
    return content


@lru_cache(maxsize=2)
def _fonts(folder: Path) -> typst.Fonts:
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder)])
    if POLICE not in fonts.families():
        raise ExportError(typeset(f"La police « {POLICE} » est illisible : réinstaller Matplotlib, qui l'apporte."))
    return fonts


@lru_cache(maxsize=2)
def _glyphs(folder: Path) -> frozenset[int]:
    """Return the characters that both weights can show; PDF/UA refuses a page with any other."""
    regular, bold = (frozenset(FT2Font(str(folder / name)).get_charmap()) for name in FICHIERS_POLICE)
    return regular & bold


def _printable(value: Any) -> Any:
    """Make every text one that can be set: no command, no absent glyph, no word wider than a column."""
    glyphs = _glyphs(font_folder())

    def texts(value: Any) -> Any:
        if isinstance(value, str):
            return _text(value, glyphs)
        if isinstance(value, Mapping):
            return {k: v if k == SVG else texts(v) for k, v in value.items()}
        return [texts(v) for v in value] if isinstance(value, list | tuple) else value

    return texts(value)


@lru_cache(maxsize=20_000)
def _text(texte: str, glyphs: frozenset[int]) -> str:
    shown = "".join(c if ord(c) in glyphs or c == " " else ABSENT for c in clean(texte))
    return _LONG.sub(lambda m: "\u200b".join(_pieces(m[0])), shown)


def _pieces(mot: str) -> Iterator[str]:
    """Cut a very long word or an address where it may be broken."""
    start = 0
    for cut in (m.start() for m in _ICI.finditer(mot)):
        if cut - start >= MOT_MAX // 2:
            yield mot[start:cut]
            start = cut
    yield mot[start:]
