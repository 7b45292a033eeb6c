"""Snapshots: a view written to a file whose suffix says the format."""

from contextlib import suppress
from datetime import date
from pathlib import Path
from uuid import uuid4

from dashboard.exports.options import DEFAUT, Options
from dashboard.exports.registry import MEDIA, writer
from data.errors import ExportError
from data.frames import Frames
from layers.kit.texts import enumerate_fr, typeset
from layers.kit.view import View

SUFFIXES: tuple[str, ...] = tuple(MEDIA)


def export(
    view: View, frames: Frames, path: Path, aujourdhui: date | None = None, options: Options = DEFAUT
) -> None:
    """Write a snapshot of a view, all of it or nothing; `aujourdhui` is the edition date.

    Raises: ExportError for an unknown suffix or a file that cannot be written.
    """
    media = media_of(path)
    from dashboard.exports.snapshot import snapshot_of

    _write(path, writer(media)(snapshot_of(view, frames, aujourdhui or date.today(), options)))


def media_of(path: Path) -> str:
    """Return the format that a file's suffix names. Raises: ExportError where there is none."""
    media = path.suffix.lower().lstrip(".")
    if media in MEDIA:
        return media
    offered = enumerate_fr((f".{s}" for s in MEDIA), "ou")
    asked = f"« {path.suffix} » n'est pas un format d'export" if media else "Le fichier n'a pas de suffixe"
    raise ExportError(typeset(f"{asked} : terminer son nom par {offered}."))


def _write(path: Path, content: bytes) -> None:
    """Replace the file in one step, so that an interrupted export leaves the former one."""
    temporary = path.with_name(f".{uuid4().hex}.tmp")
    try:
        temporary.write_bytes(content)
        temporary.replace(path)
    except OSError as error:
        raise ExportError(f"Le fichier «\u00a0{path}\u00a0» ne peut pas être écrit\u202f: {_reason(error)}.") from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def _reason(error: OSError) -> str:
    match error:
        case FileNotFoundError() | NotADirectoryError():
            return "le dossier n'existe pas"
        case PermissionError():
            return "l'écriture y est interdite"
        case IsADirectoryError():
            return "c'est un dossier"
        case _:
            return "le disque l'a refusé"
