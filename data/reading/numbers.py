"""Numbers as spreadsheets write them."""

import math
import re

_BLANCS = {
    "s": "secret",
    "ns": "secret",
    "secret": "secret",
    "nd": "manquant",
    "manquant": "manquant",
    "np": "non_publie",
    "nonpublie": "non_publie",
}
_NOMBRE = re.compile(r"[+-]?(?=[.,]?[0-9])(?:[0-9]+|[0-9]{1,3}(?:\s[0-9]{3})+)?(?:[.,][0-9]*)?(?:[eE][+-]?[0-9]{1,3})?")
_ESPACES = re.compile(r"\s+")
_PONCTUATION = re.compile(r"[\s._-]+")


def blank_word(texte: str) -> str | None:
    """Return `secret`, `manquant` or `non_publie` where the cell holds a word for it, else None."""
    return _BLANCS.get(_PONCTUATION.sub("", texte).casefold().replace("é", "e"))


def parse_number(texte: str) -> float | None:
    """Read a number with decimal comma or point and any kind of space between groups of three digits.

    Return None where the text is not one.
    """
    net = texte.strip().replace("\u2212", "-")
    if not _NOMBRE.fullmatch(net):
        return None
    nombre = float(_ESPACES.sub("", net).replace(",", "."))
    return nombre if math.isfinite(nombre) else None
