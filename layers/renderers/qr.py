"""The QR code of an address, for paper, pictures and slides."""

import io

import numpy as np
import segno
from matplotlib.axes import Axes
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path

from layers.kit.cartouche import Cartouche

MARGE = 2
"""Blank modules around the code; the page around it is white as well."""


def code_of(cartouche: Cartouche) -> segno.QRCode | None:
    """Return the code of the view's whole address; None where there is no public address, or it is too long for one."""
    if not cartouche.adresse.startswith(("http://", "https://")):
        return None
    try:
        return segno.make(cartouche.adresse, error="l", micro=False, boost_error=True)
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


def draw_code(page: Axes, code: segno.QRCode, x: float, y: float, cote: float) -> None:
    """Draw the code on a page measured in points, `cote` wide, its top left corner at `x`, `y`."""
    dark = np.argwhere(np.array([list(row) for row in code.matrix], dtype=bool))
    module = cote / len(code.matrix)
    corners = np.column_stack([x + dark[:, 1] * module, y - dark[:, 0] * module])
    square = np.array([(0, 0), (module, 0), (module, -module), (0, -module), (0, 0)])
    outline = [Path.MOVETO, Path.LINETO, Path.LINETO, Path.LINETO, Path.CLOSEPOLY]
    shape = Path((corners[:, None, :] + square).reshape(-1, 2), outline * len(corners))
    air = 2 * module
    ground = Rectangle((x - air, y - cote - air), cote + 2 * air, cote + 2 * air, facecolor="#ffffff")
    page.add_patch(ground)
    page.add_patch(PathPatch(shape, facecolor="#000000", edgecolor="none", gid="code-qr"))
