"""The key figures."""

from dashboard import ids
from dashboard.beside.trees import written
from dashboard.deps import Deps
from dashboard.figures import read_beside
from dashboard.layout.figures import key_figures
from dashboard.seen import seen, without

AILLEURS = ("territoire", "maille", "couches", "indicateur", "indicateur2", "classes", "nb", "bornes", "fond")
"""Parameters that change the map and not the figures."""


def figures(deps: Deps, adresse: str) -> dict[str, str]:
    """Return the block of key figures of a view."""
    key = without(deps, adresse, *AILLEURS)
    return {ids.CHIFFRES: deps.product("chiffres", key, lambda: _figures(deps, key))}


def _figures(deps: Deps, adresse: str) -> str:
    frames, view = seen(deps, adresse)
    return written(key_figures(read_beside(frames, view), frames, view))
