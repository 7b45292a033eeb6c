"""An address as a callback sees it: the dataset of its Caf, its view, and the drawings that all who show it share."""

from dataclasses import replace

from dashboard.deps import Deps
from dashboard.permalink import from_query, to_query
from dashboard.scene import drawings_of
from data.caf import within
from data.frames import Frames
from layers.kit.contract import Drawing
from layers.kit.view import View


def seen(deps: Deps, adresse: str) -> tuple[Frames, View]:
    """Return the dataset that an address looks at, whole or of one Caf, and its view."""
    frames = deps.frames()
    view = from_query(adresse, frames, deps.today()).vue
    return within(frames, view.caf), view


def drawings(deps: Deps, adresse: str) -> tuple[Drawing, ...]:
    """Return the drawings of a view, made once for the map, its legend and its words, whatever territory is chosen."""
    frames, view = seen(deps, adresse)
    bare = replace(view, territoire="", emprise=())
    key = to_query(bare, deps.frames(), deps.today())
    return deps.product("dessins", key, lambda: drawings_of(bare, frames))
