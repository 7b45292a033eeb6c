"""A séance as one stand-alone page, projected by the same keys where there is no network: no request leaves it."""

import base64
import hashlib
import json
import re
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from dashboard.exports import sheet
from dashboard.exports.slide import description
from dashboard.seances.contrast import projected
from dashboard.seances.dossier.contents import (
    ENTETES_DECISIONS,
    SANS_DECISION,
    STYLO,
    VIDE,
    Avance,
    Dossier,
    ScenePrete,
    silent,
)
from layers.kit.texts import long_date
from layers.renderers.maps import map_svg
from layers.renderers.typesetting import clean

CARTE = (560.0, 400.0)
"""Points: small for a screen, so that names and lines grow with it."""
TOUCHES = (
    ("→ ↓ Page suivante, Espace", "scène suivante"),
    ("← ↑ Page précédente", "scène précédente"),
    ("un nombre puis Entrée", "aller à cette scène"),
    ("Fin", "décisions"),
    ("B ou point", "écran noir, et retour"),
    ("+ et −, molette, glisser", "agrandir et déplacer la carte"),
    ("Origine ou R", "revenir à la scène telle qu'elle a été préparée"),
    ("F", "plein écran"),
    ("?", "cette aide"),
)
TOUCHE_NOTES = ("N", "notes de la personne qui présente")
_TRACE = re.compile(r' d="([^"]+)"')
_DECIMALES = re.compile(r"(?<=\.\d\d)\d+")  # a hundredth of a point is enough, however near it is looked at
_COURTE = 120
_ICI = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class _Vue:
    """One scene as the template takes it; `carte` is the rank of its map."""

    scene: ScenePrete
    carte: int
    dit: str
    legende: tuple[dict[str, Any], ...]
    jour: str
    avis: tuple[str, ...]


def html(dossier: Dossier, avance: Avance = silent) -> bytes:
    """Write the page in UTF-8; every text is escaped on its way in, and no script but its own may run."""
    cartes = _Cartes()
    vues = [_view(s, cartes) for s in dossier.drawn_one_by_one(avance)]
    script = _text("page.js")
    page = _template().render(
        dossier=dossier,
        vues=vues,
        entetes=ENTETES_DECISIONS,
        sans_decision=SANS_DECISION,
        vide=VIDE,
        touches=(*TOUCHES, *([TOUCHE_NOTES] if any(s.notes for s in dossier.scenes) else [])),
        styles=Markup(_text("page.css")),  # noqa: S704 - a file of the program
        script=Markup(script),  # noqa: S704 - a file of the program
        empreinte=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
        cartes=Markup(cartes.data()),  # noqa: S704 - JSON without a « < »
    )
    return page.encode("utf-8", "replace")


class _Cartes:
    """The maps of the scenes: an outline that several of them draw is written once."""

    def __init__(self) -> None:
        self._traces: dict[str, int] = {}
        self._cartes: list[str] = []

    def add(self, svg: str) -> int:
        """Keep a map and return its rank; twice the same map is one."""
        body = svg[svg.index("<svg") :]
        thin = _TRACE.sub(lambda m: f' d="{self._trace(_DECIMALES.sub("", m[1]))}"', body)
        if thin not in self._cartes:
            self._cartes.append(thin)
        return self._cartes.index(thin)

    def _trace(self, trace: str) -> str:
        """Return the sign of an outline, itself where it is short."""
        return trace if len(trace) < _COURTE else f"@{self._traces.setdefault(trace, len(self._traces))}"

    def data(self) -> str:
        """Return the maps as JSON that closes no element."""
        return json.dumps({"traces": list(self._traces), "cartes": self._cartes}).replace("<", "\\u003c")


def _view(scene: ScenePrete, cartes: _Cartes) -> _Vue:
    """Draw a scene in the colours of a projector."""
    shown = replace(scene.instantane, drawings=projected(scene.instantane.drawings))
    drawn = (STYLO,) if shown.traces else ()
    notices = (*scene.avis, *drawn, *(n for d in shown.drawings if not d.marques for n in d.notice))
    return _Vue(
        scene,
        cartes.add(map_svg(shown.planche, *CARTE)),
        clean(" ".join((description(shown), *drawn))),
        tuple(_with_pictures(b) for b in sheet.legend(shown.drawings)),
        long_date(shown.vue.date),
        tuple(dict.fromkeys(notices)),
    )


def _with_pictures(block: dict[str, Any]) -> dict[str, Any]:
    """Turn the swatches of a legend block into addresses that hold their picture."""
    return block | {"entrees": [_entry(e) for e in block["entrees"]]}


def _entry(entry: dict[str, Any]) -> dict[str, Any]:
    if "disques" in entry:
        return entry | {"disques": [d | {"image": _address(d["svg"])} for d in entry["disques"]]}
    return entry | {"image": _address(entry["svg"])} if "svg" in entry else entry


def _address(svg: str) -> str:
    return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"


@lru_cache(maxsize=1)
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(_ICI), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.get_template("page.html")


@lru_cache(maxsize=4)
def _text(name: str) -> str:
    return (_ICI / name).read_text("utf-8")
