"""French numbers, dates and sentences, the same in every layer, renderer and page."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from math import isfinite

from data.model import Maille

FINE = "\u202f"
INSECABLE = "\u00a0"
TIRET = "\u2013"
MOIS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
PAR_MAILLE = {
    Maille.COMMUNE: "par commune",
    Maille.EPCI: "par Epci",
    Maille.DEPARTEMENT: "par département",
    Maille.QPV: "par quartier prioritaire",
}
NOMS = {
    Maille.COMMUNE: ("commune", "communes"),
    Maille.EPCI: ("Epci", "Epci"),
    Maille.DEPARTEMENT: ("département", "départements"),
    Maille.QPV: ("quartier prioritaire", "quartiers prioritaires"),
}

_MILLIERS = re.compile(r"(?<=\d)(?=(?:\d{3})+$)")
_AVANT_SIGNE = re.compile(r"(?<=\S)[ \u00a0]([;:!?%€»])")
_APRES_GUILLEMET = re.compile(r"«[ \u202f]")


@lru_cache(maxsize=16_384)
def number(valeur: float, decimales: int | None = None) -> str:
    """Write a number: « 12 345 », « 2,4 »; « nd » when it has no value.

    Without `decimales`, it has as many as it needs, up to two, or two significant digits below 0,1. Halves are
    rounded away from zero, as at school, and no zero bears a minus sign.
    """
    if not isfinite(valeur):
        return "nd"
    exact = Decimal(repr(float(valeur)))
    places = max(2, 1 - exact.adjusted()) if decimales is None and exact else decimales or 0
    arrondi = exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    entier, _, reste = f"{abs(arrondi):f}".partition(".")
    if decimales is None:
        reste = reste.rstrip("0")
    signe = "\u2212" if arrondi < 0 else ""
    return signe + _MILLIERS.sub(FINE, entier) + ("," + reste if reste else "")


def short(valeur: float) -> str:
    """Write a value with no more digits than it deserves: whole from 1 000, one decimal from 1."""
    grandeur = abs(valeur)
    return number(valeur, 0 if grandeur >= 1_000 or valeur.is_integer() else 1 if grandeur >= 1 else None)


def percent(taux_pct: float | None, decimales: int = 1) -> str:
    """Write a rate given out of 100: « 63,2 % »; « nd » when there is none."""
    return "nd" if taux_pct is None or not isfinite(taux_pct) else f"{number(taux_pct, decimales)}{FINE}%"


def noun(nombre: float, singulier: str, pluriel: str = "") -> str:
    """Choose the form of a noun: 0 and 1, up to 2 excluded, take the singular."""
    return singulier if abs(nombre) < 2 else pluriel or f"{singulier}s"


def count(nombre: float, singulier: str, pluriel: str = "") -> str:
    """Write a number and its noun: « 1 service », « 12 345 services »."""
    return f"{number(nombre)} {noun(nombre, singulier, pluriel)}"


def long_date(jour: date) -> str:
    """Write a date in full: « 1er novembre 2026 »."""
    quantieme = "1er" if jour.day == 1 else str(jour.day)
    return f"{quantieme}{INSECABLE}{MOIS[jour.month - 1]}{INSECABLE}{jour.year}"


def short_date(jour: date) -> str:
    """Write a date in figures: « 01/11/2026 »."""
    return f"{jour.day:02d}/{jour.month:02d}/{jour.year:04d}"


def enumerate_fr(elements: Iterable[str], lien: str = "et") -> str:
    """Join words: « a, b et c »."""
    liste = list(elements)
    return liste[0] if len(liste) == 1 else f"{', '.join(liste[:-1])} {lien} {liste[-1]}" if liste else ""


def lower_first(texte: str) -> str:
    """Put the first letter in lower case, but leave acronyms as they are."""
    return texte if texte[1:2].isupper() else texte[:1].lower() + texte[1:]


def of_the(nom: str) -> str:
    """Write « du département », « de la médiane » from a noun with its article."""
    return f"du {nom.removeprefix('le ')}" if nom.startswith("le ") else f"de {nom}"


def upper_first(texte: str) -> str:
    """Put the first letter in upper case and leave the others as they are."""
    return texte[:1].upper() + texte[1:]


def typeset(texte: str) -> str:
    """Put the no-break spaces of French typography where plain spaces stand before `; : ! ? % €` and inside « »."""
    guillemets = _APRES_GUILLEMET.sub("«" + INSECABLE, texte)
    return _AVANT_SIGNE.sub(lambda m: (INSECABLE if m[1] == "»" else FINE) + m[1], guillemets)


def sentence_of(morceaux: Sequence[str], separateur: str = ", ") -> str:
    """Join the non-empty parts, upper-case the first letter, set the spaces, end with a full stop."""
    texte = typeset(upper_first(separateur.join(m for m in morceaux if m)))
    return f"{texte}." if texte and texte[-1] not in ".!?" else texte
