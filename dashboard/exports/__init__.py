"""Snapshots: a view written to a file whose suffix says the format."""

import errno
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from dashboard.exports.options import DEFAUT, Options
from dashboard.exports.registry import MEDIA, writer
from data.errors import ExportError
from data.frames import Frames
from layers.kit.texts import enumerate_fr, typeset
from layers.kit.view import View

if TYPE_CHECKING:
    from dashboard.exports.trace import Trace

SUFFIXES: tuple[str, ...] = tuple(MEDIA)


def export(
    view: View,
    frames: Frames,
    path: Path,
    aujourdhui: date | None = None,
    options: Options = DEFAUT,
    trace: "Trace | None" = None,
) -> str:
    """Write a snapshot of a view, all of it or nothing; `aujourdhui` is the edition date.

    The profile of the view is its edition. `trace` signs and logs it; what the log could not do is returned as one
    sentence, "" otherwise.
    Raises: ExportError for an unknown suffix or a file that cannot be written.
    """
    media = media_of(path)
    from dashboard.exports.sceau.identite import identity_of
    from dashboard.exports.sceau.poser import seal
    from dashboard.exports.snapshot import snapshot_of

    jour = aujourdhui or date.today()
    instantane = snapshot_of(view, frames, jour, options)
    identite = identity_of(instantane, media, jour)
    content = seal(writer(media)(instantane), identite, trace.key() if trace else None)
    write_whole(path, content)
    return trace.record(identite, content) if trace else ""


def media_of(path: Path) -> str:
    """Return the format that a file's suffix names. Raises: ExportError where there is none."""
    media = path.suffix.lower().lstrip(".")
    if media in MEDIA:
        return media
    offered = enumerate_fr((f".{s}" for s in MEDIA), "ou")
    asked = f"« {path.suffix} » n'est pas un format d'export" if media else "Le fichier n'a pas de suffixe"
    raise ExportError(typeset(f"{asked} : terminer son nom par {offered}."))


def write_whole(path: Path, content: bytes) -> None:
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
        case OSError(errno=errno.ENOSPC | errno.EDQUOT):
            return "le disque est plein"
        case OSError(errno=errno.EFBIG):
            return "il dépasse la taille permise"
        case OSError(errno=errno.ENAMETOOLONG):
            return "son nom est trop long"
        case _:
            return "le disque l'a refusé"
