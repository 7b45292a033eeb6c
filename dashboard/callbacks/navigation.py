"""The one two-way callback: address ⇄ controls."""

import calendar
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from dash import Dash, Input, Output, State, ctx, html, no_update
from dash.exceptions import PreventUpdate

from dashboard import ids
from dashboard.deps import Deps
from dashboard.layout.filters import months
from dashboard.permalink import from_query, to_query
from data.frames import Frames
from data.model import FiltreEchelon, Maille
from layers.kit.view import View
from layers.registry import LAYERS

CONTROLES = {
    "maille": (ids.FILTRE_MAILLE, "value"),
    "echelon": (ids.FILTRE_ECHELON, "value"),
    "champ": (ids.FILTRE_CHAMP_CHOIX, "value"),
    "couches": (ids.FILTRE_COUCHES_CHOIX, "value"),
    "definitions": (ids.FILTRE_DEFINITIONS, "value"),
    "date": (ids.FILTRE_DATE, "value"),
    "mois": (ids.FILTRE_MOIS, "value"),
}


@dataclass(frozen=True, slots=True)
class Clock:
    """What the reading of an address needs beside the address."""

    frames: Frames
    today: date


def register(app: Dash, deps: Deps) -> None:
    """Keep the address and the controls equal."""

    @app.callback(
        output={
            "controls": {name: Output(*where) for name, where in CONTROLES.items()},
            "search": Output(ids.ADRESSE, "search"),
            "vue": Output(ids.VUE, "data"),
            "avis": Output(ids.AVIS_ADRESSE, "children"),
        },
        inputs={
            "search": Input(ids.ADRESSE, "search"),
            "selection": Input(ids.SELECTION, "data"),
            "controls": {name: Input(*where) for name, where in CONTROLES.items()},
        },
        state={"vue": State(ids.VUE, "data")},
    )
    def navigation(search: str | None, selection: Any, controls: dict[str, Any], vue: str | None) -> dict[str, Any]:
        if search is None:
            raise PreventUpdate
        clock = Clock(deps.frames(), deps.today())
        controls = controls | {"selection": selection}
        return navigate(clock, ctx.triggered_id, search, controls, vue)


def navigate(
    clock: Clock, trigger: str | None, search: str, controls: Mapping[str, Any], shown: str | None
) -> dict[str, Any]:
    """Answer one move: the address wins when it moved, the control that moved otherwise."""
    lecture = from_query(search, clock.frames, clock.today)
    by_address = trigger is None or trigger == ids.ADRESSE or shown is None
    view = lecture.vue if by_address else _moved(lecture.vue, trigger or "", controls)
    query = to_query(view, clock.frames, clock.today)
    wanted = _values(view)
    return {
        "controls": {n: no_update if controls.get(n) == wanted[n] else wanted[n] for n in CONTROLES},
        "search": no_update if by_address or query == to_query(lecture.vue, clock.frames, clock.today) else query,
        "vue": no_update if query == shown else query,
        "avis": [html.P(a) for a in lecture.avis] if by_address else [],
    }


def _values(view: View) -> dict[str, Any]:
    return {
        "maille": view.maille.value,
        "echelon": view.echelon.value,
        "champ": view.champ,
        "couches": list(view.couches),
        "definitions": list(view.definitions),
        "date": view.date.isoformat(),
        "mois": months(view.date),
    }


def _moved(view: View, trigger: str, controls: Mapping[str, Any]) -> View:
    if trigger == ids.SELECTION:
        return replace(view, territoire=controls["selection"] or "")
    if trigger == ids.FILTRE_DATE:
        return replace(view, date=date.fromisoformat(controls["date"])) if controls["date"] else view
    if trigger == ids.FILTRE_MOIS:
        return replace(view, date=_same_day(view.date, int(controls["mois"])))
    return replace(
        view,
        maille=Maille(controls["maille"]),
        echelon=FiltreEchelon(controls["echelon"]),
        champ=controls["champ"],
        couches=_ordered(view.couches, controls["couches"] or []),
        definitions=tuple(controls["definitions"] or ()),
    )


def _ordered(before: tuple[str, ...], wanted: list[str]) -> tuple[str, ...]:
    kept = [c for c in before if c in wanted]
    return (*kept, *(layer.id for layer in LAYERS if layer.id in wanted and layer.id not in kept))


def _same_day(jour: date, month: int) -> date:
    year, rank = divmod(month, 12)
    return date(year, rank + 1, min(jour.day, calendar.monthrange(year, rank + 1)[1]))
