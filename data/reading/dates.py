"""Dates as FORMATS §1 writes them: AAAA-MM-JJ or JJ/MM/AAAA."""

import re
from datetime import date

_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_FRANCAISE = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")
# Spreadsheets append the time of day; it never means anything in these tables.
_HEURE = re.compile(r"[T ][0-9]{1,2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?(Z|[+-][0-9]{2}:?[0-9]{2})?$")
ANNEE_MIN, ANNEE_MAX = 1900, 2200


def parse_date(texte: str) -> date | None:
    """Read a date; None where the text is not one or lies outside 1900-2200."""
    net = _HEURE.sub("", texte.strip())
    if iso := _ISO.fullmatch(net):
        annee, mois, jour = iso.groups()
    elif francaise := _FRANCAISE.fullmatch(net):
        jour, mois, annee = francaise.groups()
    else:
        return None
    try:
        lue = date(int(annee), int(mois), int(jour))
    except ValueError:
        return None
    return lue if ANNEE_MIN <= lue.year <= ANNEE_MAX else None
