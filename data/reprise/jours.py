"""Days as registers write them: « 31/12/2027 », « 31.12.27 », « 9 décembre 2024 », the number of a spreadsheet."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from data.reading.names import bare

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ][\d:.]+)?$")
_CHIFFRES = re.compile(r"(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{4}|\d{2})(?:\s+[\d:]+)?$")
_LETTRES = re.compile(r"(\d{1,2})(?:er)?\s+([^\W\d_]+)\.?\s+(\d{4})$")
_TABLEUR = re.compile(r"(\d{5})(?:[.,]\d+)?$")
_ZERO_TABLEUR, _PREMIER, _DERNIER = date(1899, 12, 30), 20_000, 80_000
"""Day zero of spreadsheets, and the numbers that stand for the years 1954 to 2119."""
_PIVOT = 70
_MOIS = ("janv", "fevr", "mars", "avri", "mai", "juin", "juil", "aout", "sept", "octo", "nove", "dece")


@dataclass(frozen=True, slots=True)
class Jour:
    """A day read; `devine` where its writing could be meant otherwise, so that a person must check it."""

    jour: date
    devine: bool = False


def read(texte: str) -> Jour | None:
    """Read a day, None where the text is no whole day of the calendar; the day comes before the month."""
    texte = " ".join(texte.split())
    if trouve := _ISO.match(texte):
        return _day(int(trouve[1]), int(trouve[2]), int(trouve[3]))
    if trouve := _CHIFFRES.match(texte):
        annee, court = int(trouve[3]), len(trouve[3]) == 2
        return _day(annee + (1900 if annee >= _PIVOT else 2000) * court, int(trouve[2]), int(trouve[1]), devine=court)
    if trouve := _LETTRES.match(texte):
        return _day(int(trouve[3]), _month(trouve[2]), int(trouve[1]))
    if (trouve := _TABLEUR.match(texte)) and _PREMIER <= int(trouve[1]) <= _DERNIER:
        return Jour(_ZERO_TABLEUR + timedelta(days=int(trouve[1])), devine=True)
    return None


def _month(mot: str) -> int:
    """Return the rank of a month by its name or its beginning, 0 for another word or the beginning of two."""
    plat = bare(mot)
    rangs = [rang for rang, debut in enumerate(_MOIS, 1) if len(plat) > 2 and plat[:4] == debut[: len(plat)]]
    return rangs[0] if len(rangs) == 1 else 0


def _day(annee: int, mois: int, jour: int, *, devine: bool = False) -> Jour | None:
    try:
        return Jour(date(annee, mois, jour), devine)
    except ValueError:
        return None
