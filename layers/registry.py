"""The layers, in the order of the menu."""

from layers.couverture_ctg import CouvertureCtg
from layers.densite_services import DensiteServices
from layers.indicateur import Indicateur
from layers.kit.contract import Layer
from layers.plans_actions import PlansActions
from layers.points_acces import PointsAcces
from layers.territoires_prioritaires import TerritoiresPrioritaires

LAYERS: tuple[Layer, ...] = (
    CouvertureCtg(),
    DensiteServices(),
    PointsAcces(),
    TerritoiresPrioritaires(),
    Indicateur(),
    PlansActions(),
)


def layer(id_couche: str) -> Layer | None:
    """Return a layer by its id, None where unknown."""
    return next((c for c in LAYERS if c.id == id_couche), None)
