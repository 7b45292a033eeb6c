"""Sealing a file, and looking at a seal."""

import hashlib
import sqlite3
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from typing import Protocol

from dashboard.exports.sceau import identite as identites
from dashboard.exports.sceau.cle import Cle
from dashboard.exports.sceau.identite import Identite
from dashboard.exports.sceau.paquets import Archive, Base, Paquet
from dashboard.exports.sceau.texte import Case, Insertion, Morceau


class Porteur(Protocol):
    """How one format carries the word of an identity."""

    def put(self, content: bytes, word: str) -> bytes:
        """Return the file with the word in it."""
        ...

    def take(self, content: bytes) -> tuple[str, bytes]:
        """Return the word ("" for none) and what the digest is made over."""
        ...


PORTEURS: Mapping[str, Porteur] = {
    "html": Insertion(b"", b"<!-- ", b" -->\n"),
    "svg": Insertion(b"</svg>", b'<metadata id="atlas-ctg">', b"</metadata>"),
    "pdf": Insertion(b"startxref", b"%", b"\n"),  # a comment, after every offset that the file holds
    "geojson": Insertion(b"}", b',"atlas_ctg_identite":"', b'"'),
    "csv": Case(),
    "png": Morceau(),
    "xlsx": Paquet(),
    "pptx": Paquet(),
    "gpkg": Base(),
    "zip": Archive(),
}


def seal(content: bytes, identite: Identite, cle: Cle | None = None) -> bytes:
    """Return the file with its identity, the digest of everything else and, with a key, its signature."""
    porteur = PORTEURS[identite.media]
    empreinte = _digest(porteur.take(porteur.put(content, identites.MARQUE))[1])
    complete = replace(identite, empreinte=empreinte, cle=cle.nom if cle else "")
    if cle:
        complete = replace(complete, signature=cle.sign(complete.signable))
    return porteur.put(content, identites.write(complete))


def identity_in(content: bytes, media: str) -> tuple[Identite | None, str]:
    """Return the identity that a file carries (None for none) and the digest of the rest, "" where it is unreadable."""
    try:
        word, rest = PORTEURS[media].take(content)
    except (zipfile.BadZipFile, sqlite3.Error, OSError, EOFError, ValueError, NotImplementedError):
        return None, ""
    return (identites.read(word) if word else None), _digest(rest)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
