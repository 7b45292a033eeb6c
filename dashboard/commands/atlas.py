"""`exporter --atlas`: a document with a page per territory, or an archive with a file for each."""

import argparse
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from dashboard.commands.progress import progress_bar
from data.errors import ExportError
from data.frames import Frames
from data.model import MAILLES_CARTE, Maille
from layers.kit.texts import typeset
from layers.kit.view import View

if TYPE_CHECKING:
    from dashboard.exports.atlas import Demande
    from dashboard.exports.options import Options
    from dashboard.exports.trace import Trace

SUFFIXES = (".pdf", ".zip")
PRIORITE_BASSE = 10
CONTENUS = ("pdf", "png", "pptx")


def register(verb: argparse.ArgumentParser) -> None:
    """Add the options to `exporter`."""
    verb.add_argument(
        "--atlas", choices=list(MAILLES_CARTE), help="une page par territoire (.pdf), ou un fichier pour chacun (.zip)"
    )
    verb.add_argument("--codes", default="", metavar="CODE,…", help="territoires de l'atlas ; sinon, tous")
    verb.add_argument("--suivi", action="store_true", help=argparse.SUPPRESS)  # for the page: progress as JSON lines
    verb.add_argument("--contenu", choices=CONTENUS, default=CONTENUS[0], help="fichiers de l'archive d'un atlas")


def check(fichier: Path) -> None:
    """Refuse a suffix that no atlas has. Raises: ExportError."""
    if fichier.suffix.lower() not in SUFFIXES:
        raise ExportError(typeset("Un atlas s'écrit dans un fichier .pdf (un document) ou .zip (un par territoire)."))


def asked(arguments: argparse.Namespace, view: View, frames: Frames, options: "Options") -> "Demande":
    """Read what atlas a command asks for."""
    from dashboard.exports.atlas import Demande

    codes = tuple(code.strip() for code in arguments.codes.split(",") if code.strip())
    return Demande(view, frames, Maille(arguments.atlas), date.today(), options, codes)


def write(demande: "Demande", arguments: argparse.Namespace, trace: "Trace") -> str:
    """Make the atlas under a progress bar; what interrupts it leaves no file.

    Return what the log could not do, "" otherwise. Raises: ExportError.
    """
    from dashboard.exports.atlas_file import export_atlas

    with _told() if arguments.suivi else progress_bar() as move:
        return export_atlas(demande, arguments.fichier, arguments.contenu, move, trace)


@contextmanager
def _told() -> Iterator[Callable[[str, int, int], None]]:
    """Yield a function that writes the progress on a line of JSON; whoever reads it serves others meanwhile."""
    if hasattr(os, "nice"):
        os.nice(PRIORITE_BASSE)
    yield lambda step, done, total: print(json.dumps({"etape": step, "fait": done, "total": total}), flush=True)
