"""A scene as the projection is given it: its drawing, legend and figures in one package that needs no network after."""

import json
import re
from typing import Any
from urllib.parse import quote, unquote

from dash import html
from dash.development.base_component import Component
from flask import Flask, Response, request
from flask.typing import ResponseReturnValue
from plotly.utils import PlotlyJSONEncoder

from dashboard.deps import Deps
from dashboard.layout.legend import legend
from dashboard.seances.contrast import TRAIT_MIN, projected
from dashboard.seances.model import Brouillon
from dashboard.seances.payload import of_figure
from dashboard.seances.scenes import read_scene
from data.measures import territories
from layers.kit.contrast import BLANC, ratio
from layers.kit.texts import long_date
from layers.renderers.leaflet import render

ENCRES = ("#2b3440", "#b4bac1")
"""Inks of the hatches in the swatches of a legend: over a colour, over a blank."""


def mount(server: Flask, deps: Deps) -> None:
    """Add `/projection/scene?vue=…&chiffres=…` to the server."""

    @server.get("/projection/scene")
    def scene() -> ResponseReturnValue:
        adresse, figures = request.args.get("vue", ""), request.args.get("chiffres", "")
        made, files = deps.product("projection", f"{adresse}|{figures}", lambda: package(deps, adresse, figures))
        deps.published.publish(files)
        response = Response(made, mimetype="application/json")
        response.headers["Cache-Control"] = "private, no-cache"
        response.add_etag()
        return response.make_conditional(request)


def package(deps: Deps, adresse: str, figures: str) -> tuple[str, Any]:
    """Return the package of an address as JSON, and the files that its drawing names."""
    ids = tuple(c for c in figures.split(",") if c)
    read = read_scene(Brouillon(adresse, chiffres=ids), deps.frames(), deps.today())
    frames, view, drawings = read.frames, read.vue, projected(read.dessins)
    rendu = render(drawings, frames, view.maille)
    content = {
        "dessin": {"vue": adresse, "territoire": view.territoire, "fond": deps.ground(frames), **rendu.charge},
        "phrase": read.phrase,
        "jour": long_date(view.date),
        "legende": [_inked(block) for block in legend(drawings)],
        "bandeau": [b for d in drawings for b in d.bandeau],
        "chiffres": [of_figure(c) for c in read.chiffres],
        "avis": [*read.avis, *dict.fromkeys(n for d in drawings if not d.marques for n in d.notice)],
        "emprise": view.emprise,
        "communes": view.communes or (territories.communes_of(frames, view.territoire) if view.territoire else ()),
        "credits": list(dict.fromkeys(s.producteur for d in drawings for s in d.sources if s.producteur)),
    }
    return json.dumps(content, cls=PlotlyJSONEncoder, ensure_ascii=False, separators=(",", ":")), rendu.fichiers


def _inked(block: Component) -> Component:
    """Give the hatches of a legend the ink that they have on the projected map: white on dark, dark on white."""
    for part in block._traverse():
        if isinstance(part, html.Img) and (src := getattr(part, "src", "")):
            head, _, svg = unquote(src).partition(",")
            if ground := re.search(r'<rect width="26" height="16" fill="(#[0-9a-f]{6})"', svg):
                ink = BLANC if ratio(ground[1], BLANC) >= TRAIT_MIN else ENCRES[0]
                for old in ENCRES:
                    svg = svg.replace(old, ink)
                part.src = f"{head},{quote(svg)}"
    return block
