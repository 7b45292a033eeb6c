"""The layers, in the order of the menu."""

from layers.couverture_ctg import CouvertureCtg
from layers.kit.contract import Layer

LAYERS: tuple[Layer, ...] = (CouvertureCtg(),)


def layer(id_couche: str) -> Layer | None:
    """Return a layer by its id, None where unknown."""
    return next((c for c in LAYERS if c.id == id_couche), None)
