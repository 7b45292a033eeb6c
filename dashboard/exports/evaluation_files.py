"""The media of the evaluation page, and how it is written to a file."""

from collections.abc import Callable
from pathlib import Path

from dashboard.exports import write_whole
from dashboard.exports.cartouche import program_version
from dashboard.exports.evaluation import PageEvaluation, html, pdf
from dashboard.exports.sceau.identite import Identite
from dashboard.exports.sceau.poser import seal
from dashboard.exports.trace import Trace
from data.errors import ExportError
from layers.kit.texts import typeset

ECRIVAINS: dict[str, Callable[[PageEvaluation], bytes]] = {"html": html, "pdf": pdf}


def writer(path: Path) -> Callable[[PageEvaluation], bytes]:
    """Return what writes the format that a suffix names. Raises: ExportError where there is none."""
    media = path.suffix.lower().lstrip(".")
    if media not in ECRIVAINS:
        raise ExportError(typeset(f"« {path.name} » : une évaluation s'écrit en .html ou en .pdf."))
    return ECRIVAINS[media]


def write(page: PageEvaluation, path: Path, trace: Trace) -> str:
    """Write the page to a file, all of it or nothing, sealed and logged; return what the log could not do, "" else.

    Raises: ExportError where the file cannot be written.
    """
    writer(path)
    identite, content = sealed(page, path.suffix.lower().lstrip("."), trace)
    write_whole(path, content)
    return trace.record(identite, content)


def sealed(page: PageEvaluation, media: str, trace: Trace) -> tuple[Identite, bytes]:
    """Return the file of the page with its identity, by which `verifier-instantane` knows it, and that identity."""
    identite = Identite(
        media=media,
        adresse=page.adresse,
        edition=page.edition,
        jeu=page.jeu,
        version=page.version,
        programme=program_version(),
        jour=page.jour.isoformat(),
    )
    return identite, seal(ECRIVAINS[media](page), identite, trace.key())
