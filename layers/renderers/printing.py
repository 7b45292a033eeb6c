"""The one way into Matplotlib: it is not thread-safe, and takes its settings from everybody."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any

import matplotlib as mpl

from layers.renderers.typesetting import POLICE

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
    """Draw alone, with the settings of the atlas; a glyph that no font has is left to the reader's own fonts."""
    with _VERROU, mpl.rc_context(_REGLAGES), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing")
        yield
