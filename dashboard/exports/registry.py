"""The formats of `exporter`, in the order of the menu: one line each."""

from collections.abc import Callable

from dashboard.exports import image, tables
from dashboard.exports.geojson import geojson
from dashboard.exports.html import html
from dashboard.exports.snapshot import Instantane

MEDIA: dict[str, Callable[[Instantane], bytes]] = {
    "html": html,
    "png": image.png,
    "svg": image.svg,
    "csv": tables.csv,
    "xlsx": tables.xlsx,
    "geojson": geojson,
}
