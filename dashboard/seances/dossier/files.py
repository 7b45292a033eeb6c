"""The files of a séance: made, sealed, written and logged as any export."""

import re
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from dashboard.exports import write_whole
from dashboard.exports.cartouche import program_version
from dashboard.exports.sceau.identite import Identite
from dashboard.exports.sceau.poser import seal
from dashboard.exports.trace import Trace
from dashboard.seances.dossier.contents import Avance, Dossier, silent
from dashboard.seances.model import Seance
from data.errors import ExportError
from data.model import Profil
from layers.kit.table import sort_key
from layers.kit.texts import enumerate_fr, typeset

MEDIA: dict[str, str] = {"pdf": "paper:pdf", "pptx": "slides:pptx", "html": "page:html"}
"""Named, not imported: each brings its own library."""
RELIRE = (
    "Édition partenaire : les cartes et les chiffres suivent le secret le plus strict ; les titres, phrases, questions "
    "et décisions sont ceux qui ont été écrits, à relire avant l'envoi."
)
_NOM = re.compile(r"[^\w-]+")


def media_of(path: Path) -> str:
    """Return the format that a file's suffix names. Raises: ExportError where there is none."""
    media = path.suffix.lower().lstrip(".")
    if media not in MEDIA:
        offered = enumerate_fr((f".{s}" for s in MEDIA), "ou")
        raise ExportError(typeset(f"« {path.name} » : une séance s'écrit en {offered}."))
    return media


def with_notes(media: str, profil: Profil, asked: bool) -> bool:
    """Tell whether the speaker's notes go into a file: asked for, or in the slides of whoever presents them."""
    return asked or (media == "pptx" and profil is Profil.INTERNE)


def made(dossier: Dossier, media: str, trace: Trace, avance: Avance = silent) -> tuple[bytes, str]:
    """Return the sealed file, logged, and what the log could not do ("" otherwise). Raises: ExportError."""
    module, function = MEDIA[media].split(":")
    writer: Callable[[Dossier, Avance], bytes] = getattr(import_module(f"dashboard.seances.dossier.{module}"), function)
    identite = Identite(
        media=media,
        adresse=f"seances/?seance={dossier.id}",
        edition=dossier.profil.value,
        jeu=dossier.frames.jeu.nom,
        version=dossier.frames.jeu.version,
        programme=program_version(),
        jour=dossier.jour.isoformat(),
    )
    content = seal(writer(dossier, avance), identite, trace.key())
    return content, trace.record(identite, content)


def write(dossier: Dossier, path: Path, trace: Trace, avance: Avance = silent) -> str:
    """Write a séance to a file, all of it or nothing; return what the log could not do, "" otherwise.

    Raises: ExportError for an unknown suffix or a file that cannot be written.
    """
    content, reste = made(dossier, media_of(path), trace, avance)
    write_whole(path, content)
    return reste


def file_name(seance: Seance, media: str) -> str:
    """Name the file of a séance in letters that any disk takes."""
    slug = _NOM.sub("-", sort_key(seance.titre)).strip("-")[:60].strip("-")
    slug = slug.encode("ascii", "ignore").decode()
    return "_".join(p for p in ("seance", seance.jour.isoformat() if seance.jour else "", slug) if p) + f".{media}"
