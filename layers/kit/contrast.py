"""Luminance and contrast of colours, as WCAG 2 measures them."""

BLANC = "#ffffff"
HACHURE_LUE = 2.5
"""Contrast under which a hatch is lost in its ground: it is then white."""


def luminance(couleur: str) -> float:
    """Return the relative luminance of a colour `#rrggbb`, 0 to 1."""
    red, green, blue = (linear(v / 255) for v in bytes.fromhex(couleur.removeprefix("#")))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(une: str, autre: str) -> float:
    """Return the contrast of two colours, 1 to 21."""
    low, high = sorted((luminance(une), luminance(autre)))
    return (high + 0.05) / (low + 0.05)


def hatch_ink(fond: str, encre: str) -> str:
    """Return the ink of a hatch over a ground: the one given, white where it would be lost."""
    return encre if ratio(fond, encre) >= HACHURE_LUE else BLANC


def linear(value: float) -> float:
    """Return the light of a channel of sRGB, both from 0 to 1."""
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
