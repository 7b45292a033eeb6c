"""The media of the evaluation page, and how it is written to a file."""

from collections.abc import Callable
from pathlib import Path

from dashboard.exports import write_whole
from dashboard.exports.evaluation import PageEvaluation, html, pdf
from data.errors import ExportError
from layers.kit.texts import typeset

ECRIVAINS: dict[str, Callable[[PageEvaluation], bytes]] = {"html": html, "pdf": pdf}


def writer(path: Path) -> Callable[[PageEvaluation], bytes]:
    """Return what writes the format that a suffix names. Raises: ExportError where there is none."""
    media = path.suffix.lower().lstrip(".")
    if media not in ECRIVAINS:
        raise ExportError(typeset(f"« {path.name} » : une évaluation s'écrit en .html ou en .pdf."))
    return ECRIVAINS[media]


def write(page: PageEvaluation, path: Path) -> None:
    """Write the page to a file, all of it or nothing. Raises: ExportError where that cannot be done."""
    write_whole(path, writer(path)(page))
