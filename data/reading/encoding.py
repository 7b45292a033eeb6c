"""From the bytes of a text file to its text."""

import codecs

from data.reading.ledger import Ledger, Lieu, avertissement, erreur

_EN_UTF8 = "Réenregistrez-le en UTF-8 (dans un tableur\u202f: «\u00a0CSV UTF-8\u00a0»)."
_CP1252 = avertissement(
    "Le fichier n'est pas en UTF-8\u202f: il est lu comme du Windows-1252 (cp1252), accents compris.",
    _EN_UTF8,
)
_UTF16 = avertissement("Le fichier est en UTF-16\u202f: il est lu ainsi.", _EN_UTF8)
POINTEUR_LFS = erreur(
    "Le fichier est un pointeur Git LFS, pas les données elles-mêmes.",
    "Récupérez le vrai fichier («\u00a0git lfs pull\u00a0») et remettez-le dans le dossier.",
)
_BINAIRE = erreur(
    "Le fichier n'est pas du texte.", "Enregistrez la table en «\u00a0CSV UTF-8\u00a0», ou placez-la dans jeu.xlsx."
)
_INVISIBLES = "\ufeff\u200b\u2060\x00"


def is_lfs_pointer(contenu: bytes) -> bool:
    """Tell whether the beginning of a file is that of a Git LFS pointer, left there instead of the data."""
    return contenu.startswith(b"version https://git-lfs.github.com")


def decode(contenu: bytes, fichier: str, ledger: Ledger) -> str | None:
    """Return the text of a file, its encoding noted where it is not UTF-8; None where there is no text."""
    lieu = Lieu(fichier)
    if is_lfs_pointer(contenu):
        ledger.note(POINTEUR_LFS, lieu, 1)
        return None
    texte = _text_of(contenu, lieu, ledger)
    for invisible in _INVISIBLES:
        texte = texte and texte.replace(invisible, "")
    return texte


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
