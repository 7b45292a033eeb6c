"""The one way into Matplotlib: it is not thread-safe, and takes its settings from everybody."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any

import matplotlib as mpl

from data.errors import ExportError
from layers.kit.texts import typeset
from layers.renderers.typesetting import POLICE

FICHIERS_POLICE = ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf")
_VERROU = Lock()
_REGLAGES: dict[Any, Any] = {
    "font.family": [POLICE],
    "text.hinting": "none",
    "path.simplify": False,
    "svg.fonttype": "none",
    "svg.hashsalt": "atlas-ctg",
}


@contextmanager
def printing() -> Iterator[None]:
    """Draw alone, with the settings of the atlas; a glyph that no font has is left to the reader's own fonts.

    Raises: ExportError for a missing font, in place of which Matplotlib would take any other.
    """
    font_folder()
    with _VERROU, mpl.rc_context(_REGLAGES), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing")
        yield


def font_folder() -> Path:
    """Return the folder of the fonts, which come with Matplotlib. Raises: ExportError for a missing one."""
    folder = Path(mpl.get_data_path()) / "fonts" / "ttf"
    missing = [name for name in FICHIERS_POLICE if not (folder / name).is_file()]
    if missing:
        phrase = f"La police {missing[0]} manque à l'installation : réinstaller Matplotlib, qui l'apporte."
        raise ExportError(typeset(phrase))
    return folder
