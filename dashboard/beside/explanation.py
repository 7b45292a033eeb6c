"""The legend, the departmental agreement, why a layer shows nothing at all, the map in words."""

from dataclasses import replace

from dash import html

from dashboard import ids
from dashboard.beside.trees import written
from dashboard.deps import Deps
from dashboard.layout.description import paragraphs
from dashboard.layout.legend import legend
from dashboard.scene import sentence
from dashboard.seen import drawings, seen, without
from layers.kit.wording import describe


def explanation(deps: Deps, adresse: str) -> dict[str, str]:
    """Return the legend of a view and its words; all but the legend are the same whatever territory is chosen."""
    anywhere, anyone = without(deps, adresse, "emprise"), without(deps, adresse, "emprise", "territoire")
    shown = deps.product("legende", anywhere, lambda: _legend(deps, anywhere))
    return {ids.LEGENDE: shown, **deps.product("mots", anyone, lambda: _words(deps, anyone))}


def _legend(deps: Deps, adresse: str) -> str:
    frames, view = seen(deps, adresse)
    # drawings are shared: they know no chosen territory
    return written(legend([replace(d, vue=view) for d in drawings(deps, adresse)], frames.noms))


def _words(deps: Deps, adresse: str) -> dict[str, str]:
    frames, view = seen(deps, adresse)
    made = drawings(deps, adresse)
    notices = dict.fromkeys(n for d in made if not d.marques for n in d.notice)
    return {
        ids.BANDEAU: written([html.P(b, title=b) for d in made for b in d.bandeau]),
        ids.AVIS: written([html.P(n) for n in notices]),
        ids.DESCRIPTION: written(paragraphs((sentence(view, frames, made), *describe(made)))),
    }
