"""The map of what a new version changes: communes that enter, that leave, and those of a changed agreement."""

import base64
from collections.abc import Mapping
from typing import Any

from dash import html

from dashboard.registre.vignette import coloured
from data.frames import Frames
from data.reprise.difference import Effet
from layers.kit.texts import count, enumerate_fr, number, typeset

_FONDS = {Effet.ENTRE: "#1b6ca8", Effet.SORT: "url(#sort)", Effet.MODIFIEE: "url(#modifiee)"}
_LIBELLES = {
    Effet.ENTRE: "Devient couverte",
    Effet.SORT: "N'est plus couverte",
    Effet.MODIFIEE: "Dans une Ctg modifiée, couverture inchangée",
}
_DEFS = (
    '<defs><pattern id="sort" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect width="6" height="6" fill="#e7b04b"/><rect width="2" height="6" fill="#5a3b00"/></pattern>'
    '<pattern id="modifiee" width="6" height="6" patternUnits="userSpaceOnUse">'
    '<rect width="6" height="6" fill="#cfe0ee"/><circle cx="3" cy="3" r="1.1" fill="#1b456d"/></pattern></defs>'
)


def effects_map(frames: Frames, effets: Mapping[str, Effet]) -> list[Any]:
    """Show the communes that change and the legend; a sentence where none does."""
    if not effets:
        return [html.P("Aucune commune n'est touchée.", className="note")]
    fonds = tuple(sorted((code, _FONDS[effet]) for code, effet in effets.items()))
    svg = coloured(frames, fonds, _DEFS)
    nombres = {e: sum(v is e for v in effets.values()) for e in Effet}
    dits = enumerate_fr(f"{_LIBELLES[e].lower()} : {count(n, 'commune')}" for e, n in nombres.items() if n)
    picture = html.Img(src=_source(svg), alt=typeset(f"Carte des changements. {dits}."), className="vignette")
    entries = [html.Li([html.Img(src=_swatch(e), alt=""), _LIBELLES[e], f" ({number(nombres[e])})"]) for e in Effet]
    return [picture, html.Ul(entries, className="maj-legende")] if svg else [html.P(typeset(dits), className="note")]


def _swatch(effet: Effet) -> str:
    return _source(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="24" height="14">{_DEFS}'
        f'<rect x="0.5" y="0.5" width="23" height="13" fill="{_FONDS[effet]}" stroke="#33414f"/></svg>'
    )


def _source(svg: str) -> str:
    return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"
