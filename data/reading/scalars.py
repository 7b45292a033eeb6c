"""Typed values of workbooks and vector files, written as the text that a CSV would hold."""

from collections.abc import Iterable
from datetime import date, datetime


def as_text(valeur: object) -> str:
    """Return the text of one value; "" for nothing, `|` between the items of a list."""
    match valeur:
        case None:
            return ""
        case bool():
            return "oui" if valeur else "non"
        case float():
            return "" if valeur != valeur else str(int(valeur)) if valeur.is_integer() else repr(valeur)
        case datetime():
            return valeur.date().isoformat()
        case date():
            return valeur.isoformat()
        case str():
            return valeur.strip()
        case Iterable():
            return "|".join(as_text(item) for item in valeur)
        case _:
            return str(valeur).strip()
