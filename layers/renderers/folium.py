"""Drawings → a stand-alone folium map: Leaflet, geometry and layers inside one page, nothing fetched.

The browser's half is `folium.js`, over the hatches and shapes of `assets/motifs.js` and the decoder of
`assets/maillage.js`, which the page brings along.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from html import escape
from importlib.resources import files
from pathlib import Path
from typing import Any, assert_never

import folium
from branca.element import MacroElement
from folium.map import Layer
from folium.template import Template

from data.frames import Frames
from data.model import Maille
from layers.kit.contract import Drawing
from layers.kit.marks import Fill, Labels, Mark, Outline, Points, Symbols
from layers.kit.view import View
from layers.renderers.encoding import dictionary, lines, mesh_content
from layers.renderers.meshes import border, mesh_frame

SANS_CLASSE = -1
_JEUX_GARDES = 12
_ACCOLADES = str.maketrans({"{": "&#123;", "}": "&#125;"})
_OPTIONS = {
    "preferCanvas": True,
    "attributionControl": False,
    "zoomControl": False,
    "zoomSnap": 0.25,
    "minZoom": 4,
    "maxZoom": 14,
}


@dataclass(frozen=True, slots=True)
class Morceaux:
    """The parts of a folium map that a page puts in its place: markup, scripts of libraries and of the map, styles."""

    corps: str
    donnees: str
    bibliotheques: str
    script: str
    styles: str


class _Carte(folium.Map):
    """A folium map without any link: its libraries are inside the page."""

    default_js: list[tuple[str, str]] = []
    default_css: list[tuple[str, str]] = []
    _template = Template(
        """
        {% macro html(this, kwargs) %}<div class="folium-map" id={{ this.get_name()|tojson }}></div>{% endmacro %}
        {% macro script(this, kwargs) %}
        var {{ this.get_name() }} = L.map({{ this.get_name()|tojson }}, {{ this.reglages|tojson }});
        atlas.preparer({{ this.get_name() }}, JSON.parse(document.getElementById("atlas-donnees").textContent));
        {% endmacro %}
        """
    )

    def __init__(self) -> None:
        super().__init__(tiles=None)
        self._id = "atlas"
        self.reglages = _OPTIONS


class _Couche(Layer):
    """One drawing, switched on and off as a whole.

    Its name is escaped: Leaflet's control takes HTML, and folium renders twice, so that a brace would be a command.
    """

    _template = Template(
        """
        {% macro script(this, kwargs) %}
        var {{ this.get_name() }} = atlas.couche({{ this.rang }});
        {% endmacro %}
        """
    )

    def __init__(self, rang: int, titre: str) -> None:
        super().__init__(name=escape(titre).translate(_ACCOLADES), overlay=True)
        self._name = "couche"
        self._id = str(rang)
        self.rang = rang


class _Fin(MacroElement):
    _template = Template("{% macro script(this, kwargs) %}atlas.terminer();{% endmacro %}")


def render(drawings: Sequence[Drawing], frames: Frames, view: View, scripts: Sequence[str]) -> Morceaux:
    """Render drawings as the parts of a page; `scripts` are sources that come between Leaflet and `folium.js`."""
    shown = [d for d in drawings if d.marques]
    carte = _Carte()
    for rank, drawing in enumerate(shown):
        _Couche(rank, drawing.titre).add_to(carte)
    if shown:
        control = folium.LayerControl(position="topright", collapsed=False)
        control._id = "atlas"
        control.add_to(carte)
    _Fin().add_to(carte)  # type: ignore[no-untyped-call]
    figure: Any = carte.get_root()
    figure.render()
    library, styles = leaflet()
    return Morceaux(
        corps=figure.html.render(),
        donnees=_data(shown, frames, view),
        bibliotheques="\n".join((library, "window.atlas = window.atlas || {};", *scripts, _own_script())),
        script=figure.script.render(),
        styles=styles,
    )


@lru_cache(maxsize=1)
def leaflet() -> tuple[str, str]:
    """Return Leaflet's script and style sheet from its package, without the links and pictures they would fetch."""
    folder = files("xstatic.pkg.leaflet") / "data"
    script = (folder / "leaflet.js").read_text("utf-8")
    script = script.partition("//# sourceMappingURL")[0].replace('href="https://leafletjs.com"', "")
    styles = (folder / "leaflet.css").read_text("utf-8")
    for picture in ("images/layers.png", "images/layers-2x.png", "images/marker-icon.png", "#default#VML"):
        styles = styles.replace(f"url({picture})", "none")
    return script.replace("</script", "<\\/script"), styles


@lru_cache(maxsize=1)
def _own_script() -> str:
    return Path(__file__).with_suffix(".js").read_text("utf-8")


def _data(drawings: Sequence[Drawing], frames: Frames, view: View) -> str:
    """Write the data as JSON that may stand inside a script element: no `<`, `>` nor `&` in it."""
    marks = [m for d in drawings for m in d.marques]
    mailles = {view.maille, Maille.EPCI, Maille.DEPARTEMENT}
    mailles |= {m.maille for m in marks if isinstance(m, Fill | Symbols | Labels)}
    meshes = ",".join(f"{json.dumps(m.value)}:{_mesh(frames, m)}" for m in sorted(mailles))
    couches = [{"titre": d.titre, "unite": d.unite, "marques": [_mark(m, frames) for m in d.marques]} for d in drawings]
    rest: dict[str, Any] = {"maille": view.maille.value, "territoire": view.territoire, "emprise": view.emprise}
    rest |= {"couches": couches}
    return f'{safe_json(rest)[:-1]},"maillages":{{{meshes}}}}}'


@lru_cache(maxsize=_JEUX_GARDES)
def _mesh(frames: Frames, maille: Maille) -> str:
    return safe_json(mesh_content(frames, maille))


def safe_json(content: object) -> str:
    """Write JSON in which no name can end the script that holds it."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for letter in "<>&\u2028\u2029":
        text = text.replace(letter, f"\\u{ord(letter):04x}")
    return text


@lru_cache(maxsize=_JEUX_GARDES)
def _ranks(frames: Frames, maille: Maille) -> Mapping[str, int]:
    return {code: rank for rank, code in enumerate(mesh_frame(frames, maille)["code"])}


def _mark(mark: Mark, frames: Frames) -> dict[str, Any]:
    match mark:
        case Fill():
            return _fill(mark, _ranks(frames, mark.maille))
        case Outline():
            rings = lines(border(frames, mark.maille, mark.codes))
            entry = {"type": "contour", "maille": mark.maille.value, "trait": asdict(mark.trait), "anneaux": rings}
            return entry | {"codes": mark.codes, "details": dictionary(mark.details)}
        case Symbols():
            return {"type": "symboles", **asdict(mark)}
        case Points():
            return {"type": "points", **asdict(mark)}
        case Labels():
            return {"type": "textes", **asdict(mark)}
        case _:
            assert_never(mark)


def _fill(mark: Fill, ranks: Mapping[str, int]) -> dict[str, Any]:
    classes, details = [SANS_CLASSE] * len(ranks), [""] * len(ranks)
    for code, rank, detail in zip(mark.codes, mark.classe, mark.details, strict=True):
        classes[ranks[code]], details[ranks[code]] = rank, detail
    return {
        "type": "aplat",
        "maille": mark.maille.value,
        "plein": mark.plein,
        "fond": mark.fond,
        "titre": mark.titre,
        "classes": [asdict(c) for c in mark.classes],
        "rangs": classes,
        "details": dictionary(details),
    }
