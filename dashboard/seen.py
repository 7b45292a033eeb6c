"""An address as a callback sees it: the dataset of its Caf, its view, and the drawings that all who show it share."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from dashboard.deps import Deps
from dashboard.permalink import from_query, to_query
from dashboard.scene import describe, drawings_of
from data.caf import within
from data.frames import Frames
from layers.kit.contract import Drawing
from layers.kit.view import View

_DEFAUT = View(date=date.min)
DE_LA_SCENE = ("couches", "territoire", "communes", "nom", "emprise", "fond")
"""Parameters that no layer reads: what stands beside it, what is chosen, what lies under it."""
SANS_ECHELON = frozenset({"densite_services", "points_acces", "territoires_prioritaires", "indicateur"})
"""Layers that say the same whatever the échelon."""


def seen(deps: Deps, adresse: str) -> tuple[Frames, View]:
    """Return the dataset that an address looks at, whole or of one Caf, and its view."""
    frames = deps.frames()
    view = from_query(adresse, frames, deps.today()).vue
    return within(frames, view.caf), view


def drawings(deps: Deps, adresse: str) -> tuple[Drawing, ...]:
    """Return the drawings of a view, made once for the map, its legend and its words, whatever territory is chosen."""
    frames, view = seen(deps, adresse)
    key = without(deps, adresse, "territoire", "emprise")
    made: tuple[Drawing, ...] = deps.product("dessins", key, lambda: drawings_of(view, frames, partial(_once, deps)))
    return tuple(replace(drawing, vue=view) for drawing in made)


def _once(deps: Deps, couche: str, view: View, frames: Frames) -> Drawing:
    """Describe a layer once for all the views that show it so."""
    alone = bare(view, couche)
    key = to_query(alone, deps.frames(), deps.today())
    made: Drawing = deps.product(f"couche-{couche}", key, lambda: describe(couche, alone, frames))
    return made


def bare(view: View, couche: str) -> View:
    """Return a view without what a layer does not read."""
    echelon = ("echelon",) if couche in SANS_ECHELON else ()
    return _bare(view, (*DE_LA_SCENE, *echelon))


def _bare(view: View, parametres: Sequence[str]) -> View:
    changes: dict[str, Any] = {name: getattr(_DEFAUT, name) for name in parametres}
    return replace(view, **changes)


def without(deps: Deps, adresse: str, *parametres: str) -> str:
    """Return the address without parameters that a product does not depend on, to make it once for all of their values.

    Each takes its default value.
    """
    frames, today = deps.frames(), deps.today()
    view = from_query(adresse, frames, today).vue
    return to_query(_bare(view, parametres), frames, today)
