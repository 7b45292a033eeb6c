"""`exporter --atlas`: a document with a page per territory, or an archive with a file for each."""

import argparse
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from dashboard.commands import progress
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
CONTENUS = ("pdf", "png", "pptx")


def register(verb: argparse.ArgumentParser) -> None:
    """Add the options to `exporter`."""
    verb.add_argument(
        "--atlas", choices=list(MAILLES_CARTE), help="une page par territoire (.pdf), ou un fichier pour chacun (.zip)"
    )
    verb.add_argument("--codes", default="", metavar="CODE,…", help="territoires de l'atlas ; sinon, tous")
    progress.register(verb)
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

    with progress.followed(arguments.suivi) as move:
        return export_atlas(demande, arguments.fichier, arguments.contenu, move, trace)
