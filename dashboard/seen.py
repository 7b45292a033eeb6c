"""An address as a callback sees it: the dataset of its Caf, its view, and the drawings that all who show it share."""

from dataclasses import replace
from datetime import date

from dashboard.deps import Deps
from dashboard.permalink import from_query, to_query
from dashboard.scene import drawings_of
from data.caf import within
from data.frames import Frames
from layers.kit.contract import Drawing
from layers.kit.view import View

_DEFAUT = View(date=date.min)


def seen(deps: Deps, adresse: str) -> tuple[Frames, View]:
    """Return the dataset that an address looks at, whole or of one Caf, and its view."""
    frames = deps.frames()
    view = from_query(adresse, frames, deps.today()).vue
    return within(frames, view.caf), view


def drawings(deps: Deps, adresse: str) -> tuple[Drawing, ...]:
    """Return the drawings of a view, made once for the map, its legend and its words, whatever territory is chosen."""
    frames, view = seen(deps, adresse)
    key = without(deps, adresse, "territoire", "emprise")
    made: tuple[Drawing, ...] = deps.product("dessins", key, lambda: drawings_of(view, frames))
    return tuple(replace(drawing, vue=view) for drawing in made)


def without(deps: Deps, adresse: str, *parametres: str) -> str:
    """Return the address without parameters that a product does not depend on, to make it once for all of their values.

    Each takes its default value.
    """
    frames, today = deps.frames(), deps.today()
    view = from_query(adresse, frames, today).vue
    bare = {name: getattr(_DEFAUT, name) for name in parametres}
    return to_query(replace(view, **bare), frames, today)
