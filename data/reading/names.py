"""Names as people type them, reduced to what can be compared."""

import re
import unicodedata

_SEPARATEURS = re.compile(r"[\s\-_]+")
_LIGATURES = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "’": "'", "ʼ": "'"})


def strip_accents(texte: str) -> str:
    """Return the text without its diacritics and ligatures."""
    plat = unicodedata.normalize("NFKD", texte.translate(_LIGATURES))
    return "".join(c for c in plat if not unicodedata.combining(c))


def bare(texte: str) -> str:
    """Return the text without case, accents, spaces, `-` and `_`: what headers are matched by (FORMATS §1)."""
    return _SEPARATEURS.sub("", strip_accents(texte)).casefold()


def slug(texte: str) -> str:
    """Return the text as an identifier: `À l'étude` gives `a_l_etude`."""
    return re.sub(r"[^a-z0-9]+", "_", strip_accents(texte).casefold()).strip("_")
