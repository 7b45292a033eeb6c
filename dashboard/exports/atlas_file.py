"""An atlas written to a file: all of it or nothing, sealed and logged as any export."""

from dataclasses import replace
from pathlib import Path

from dashboard.exports import write_whole
from dashboard.exports.atlas import Avance, Contenu, Demande, archive, document
from dashboard.exports.sceau.identite import identity_of
from dashboard.exports.sceau.poser import seal
from dashboard.exports.snapshot import snapshot_of
from dashboard.exports.trace import Trace


def export_atlas(demande: Demande, fichier: Path, contenu: str, avance: Avance, trace: Trace | None = None) -> str:
    """Write a document (`.pdf`) or an archive of one file per territory (`.zip`).

    Return what the log could not do, "" otherwise. Raises: ExportError for what cannot be made or written.
    """
    suffixe, cle = fichier.suffix.lower().lstrip("."), trace.key() if trace else None
    demande = replace(demande, vue=replace(demande.vue, emprise=()))  # each page has an extent of its own
    view = snapshot_of(demande.vue, demande.frames, demande.jour, demande.options)
    identite = replace(identity_of(view, suffixe, demande.jour), chiffres="")
    if suffixe == "pdf":
        content = seal(document(demande, avance), identite, cle)
    else:
        content = seal(archive(demande, Contenu(contenu), avance, cle), identite, cle)
    write_whole(fichier, content)
    return trace.record(identite, content) if trace else ""
