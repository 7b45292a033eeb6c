"""The formats of `exporter`, in the order of the menu: one line each."""

from collections.abc import Callable

from dashboard.exports import image
from dashboard.exports.snapshot import Instantane

MEDIA: dict[str, Callable[[Instantane], bytes]] = {
    "png": image.png,
    "svg": image.svg,
}
