"""The QR code of an address, for paper and slides."""

import io

import segno

from layers.kit.cartouche import Cartouche

MARGE = 2
"""Blank modules around the code; the page around it is white as well."""


def code_of(cartouche: Cartouche) -> segno.QRCode | None:
    """Return the code of the view's whole address; None where there is no public address, or it is too long for one."""
    if not cartouche.adresse.startswith(("http://", "https://")):
        return None
    try:
        return segno.make(cartouche.adresse, error="m", micro=False, boost_error=False)
    except segno.DataOverflowError:
        return None


def code_svg(cartouche: Cartouche) -> str:
    """Draw the code as SVG, "" where there is none."""
    code = code_of(cartouche)
    if code is None:
        return ""
    out = io.BytesIO()
    code.save(out, kind="svg", border=MARGE, xmldecl=False, svgns=True)
    return out.getvalue().decode()
