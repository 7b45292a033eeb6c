"""The formats of `exporter`, in the order of the menu: one line each.

A format is named, not imported: drawing libraries load with the first export, so that the page is served sooner.
"""

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dashboard.exports.snapshot import Instantane

MEDIA: dict[str, str] = {
    "pdf": "pdf:pdf",
    "html": "html:html",
    "png": "image:png",
    "svg": "image:svg",
    "pptx": "slide:pptx",
    "csv": "tables:csv",
    "xlsx": "workbook:xlsx",
    "geojson": "geojson:geojson",
    "gpkg": "geopackage:gpkg",
}


def writer(media: str) -> "Callable[[Instantane], bytes]":
    """Return the function that writes a snapshot in this format."""
    module, function = MEDIA[media].split(":")
    found: Callable[[Instantane], bytes] = getattr(import_module(f"dashboard.exports.{module}"), function)
    return found
