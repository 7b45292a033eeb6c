"""Colours and shapes of the components, as Mantine takes them."""

from typing import Any

COULEUR = "atlas"
TEINTES = [
    "#eef3f7",
    "#dbe5ee",
    "#b4c9dc",
    "#8aabc8",
    "#6591b8",
    "#4c80ad",
    "#3a6f9d",
    "#285c89",
    "#184a74",
    "#0d3558",
]
THEME: dict[str, Any] = {
    "fontFamily": "'Public Sans', 'Segoe UI', system-ui, sans-serif",
    "primaryColor": COULEUR,
    "primaryShade": {"light": 8, "dark": 3},
    "colors": {COULEUR: TEINTES},
    "autoContrast": True,
    "defaultRadius": "sm",
    "respectReducedMotion": True,
}
