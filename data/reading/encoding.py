"""From the bytes of a text file to its text."""

import codecs

from data.reading.ledger import Ledger, Lieu, avertissement, erreur

_CP1252 = avertissement(
    "Le fichier n'est pas en UTF-8\u202f: il est lu comme du Windows-1252 (cp1252), accents compris.",
    "Réenregistrez-le en «\u00a0CSV UTF-8\u00a0».",
)
_UTF16 = avertissement(
    "Le fichier est en UTF-16\u202f: il est lu ainsi.", "Réenregistrez-le en «\u00a0CSV UTF-8\u00a0»."
)
_POINTEUR_LFS = erreur(
    "Le fichier est un pointeur Git LFS, pas les données.",
    "Récupérez le vrai fichier («\u00a0git lfs pull\u00a0») et remettez-le dans le dossier.",
)
_BINAIRE = erreur(
    "Le fichier n'est pas du texte.", "Enregistrez la table en «\u00a0CSV UTF-8\u00a0», ou placez-la dans jeu.xlsx."
)
_INVISIBLES = str.maketrans("", "", "\ufeff\u200b\u2060\x00")


def decode(contenu: bytes, fichier: str, ledger: Ledger) -> str | None:
    """Return the text of a file, its encoding noted where it is not UTF-8; None where there is no text."""
    lieu = Lieu(fichier)
    if contenu.startswith(b"version https://git-lfs.github.com"):
        ledger.note(_POINTEUR_LFS, lieu, 1)
        return None
    texte = _text_of(contenu, lieu, ledger)
    return texte if texte is None else texte.translate(_INVISIBLES)


def _text_of(contenu: bytes, lieu: Lieu, ledger: Ledger) -> str | None:
    if contenu.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        ledger.note(_UTF16, lieu)
        return contenu.decode("utf-16", errors="replace")
    if b"\x00" in contenu[:4096]:
        ledger.note(_BINAIRE, lieu)
        return None
    try:
        return contenu.decode("utf-8-sig")
    except UnicodeDecodeError as faute:
        ligne = contenu.count(b"\n", 0, faute.start) + 1
        ledger.note(_CP1252, lieu, ligne)
        # Line by line: a file pasted from two others may hold both encodings.
        return "".join(_line_of(octets) for octets in contenu.splitlines(keepends=True)).removeprefix("\ufeff")


def _line_of(octets: bytes) -> str:
    try:
        return octets.decode("utf-8")
    except UnicodeDecodeError:
        # The five bytes that cp1252 leaves undefined must not stop the reading.
        return octets.decode("cp1252", errors="replace")
