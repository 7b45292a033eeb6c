"""Official codes, and what spreadsheets do to them."""

import re

_COMMUNE = re.compile(r"[0-9]{5}|2[AB][0-9]{3}")
_EPCI = re.compile(r"[0-9]{9}")
_DEPARTEMENT = re.compile(r"[0-9]{2}|2[AB]|9[78][0-9]")
_DECIMALES = re.compile(r"[.,]0*$")
_ESPACES = re.compile(r"\s+")


def _compact(texte: str) -> str:
    net = _ESPACES.sub("", texte).upper()
    return _DECIMALES.sub("", net) if net[:1].isdigit() else net


def parse_commune(texte: str) -> str | None:
    """Return the commune code, a lost leading zero or a float's `.0` mended; None where it is not one."""
    code = _compact(texte)
    if len(code) == 4 and code.isdigit():
        code = "0" + code
    return code if _COMMUNE.fullmatch(code) else None


def parse_epci(texte: str) -> str | None:
    """Return the SIREN of an Epci; None where it is not one."""
    code = _compact(texte)
    return code if _EPCI.fullmatch(code) else None


def parse_departement(texte: str) -> str | None:
    """Return the département code, a lost leading zero mended; None where it is not one."""
    code = _compact(texte)
    if len(code) == 1 and code.isdigit():
        code = "0" + code
    return code if _DEPARTEMENT.fullmatch(code) else None


def departement_of(code_commune: str) -> str:
    """Return the département of a commune code, overseas ones on three characters."""
    return code_commune[:3] if code_commune[:2] in ("97", "98") else code_commune[:2]
