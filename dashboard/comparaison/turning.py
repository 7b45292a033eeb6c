"""Address ⇄ controls of a comparison, and what its maps then show."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode

from dash import html, no_update

from dashboard.comparaison.address import CARTES_MAX, Comparaison, Critere, Lue, Mode, proposals, read, views_of, write
from dashboard.comparaison.sides import Cote, sides
from dashboard.deps import Deps
from dashboard.layout.legend import legend
from data.caf import within
from data.frames import Frames

Controls = Mapping[str, Any]


def asked(search: str, controls: Controls | None, frames: Frames, today: date) -> Lue:
    """Return the comparison of an address or, where given, that of the controls; wrong values give way to defaults."""
    if controls is None:
        return read(search, frames, today)
    given = dict(parse_qsl(search.lstrip("?"), keep_blank_values=True))
    before = read(search, frames, today).comparaison
    sur = Critere(controls["sur"])
    typed = [v for v in controls["valeurs"][sur] if v]
    valeurs = typed[: int(controls["combien"])] if sur is before.sur else []
    given |= {
        "sur": sur,
        "mode": Mode(controls["mode"]),
        "maille": controls["maille"],
        "couches": ",".join(controls["couches"] or ()),
        "valeurs": ",".join(valeurs),
    }
    lue = read(f"?{urlencode(given, quote_via=quote)}", frames, today)
    return Lue(_as_many(lue.comparaison, int(controls["combien"]), frames), lue.avis)


def _as_many(comparaison: Comparaison, combien: int, frames: Frames) -> Comparaison:
    """Give a comparison this many maps; the values of the new ones are proposed. A sweep has two."""
    combien = 2 if comparaison.mode is Mode.VOLET else combien
    valeurs, base = list(comparaison.valeurs[:combien]), comparaison.base
    others = [p for p in proposals(comparaison.sur, base, within(frames, base.caf)) if p not in valeurs]
    while len(valeurs) < combien:
        valeurs.append(others.pop(0) if others else valeurs[-1])
    return replace(comparaison, valeurs=tuple(valeurs))


def turn(search: str, controls: Controls | None, deps: Deps) -> dict[str, Any]:
    """Return everything the page shows for an address, or for its controls once one of them has moved."""
    frames, today = deps.frames(), deps.today()
    lue = asked(search or "", controls, frames, today)
    comparaison = lue.comparaison
    adresse = write(comparaison, frames, today)
    shown = sides(comparaison, deps)
    return {
        "search": no_update if adresse == search else adresse,
        "sur": comparaison.sur.value,
        "combien": str(len(comparaison.valeurs)),
        "mode": comparaison.mode.value,
        "maille": comparaison.base.maille.value,
        "couches": list(views_of(comparaison, frames, today)[0].couches),
        "volets": {"adresses": [c.adresse for c in shown], "mode": comparaison.mode.value},
        "classe": f"comparer comparer--{comparaison.mode} comparer--{len(shown)} comparer--sur-{comparaison.sur}",
        "avis": [html.P(a) for a in lue.avis],
        **_parts(shown),
    }


def _parts(shown: tuple[Cote, ...]) -> dict[str, Any]:
    absent = CARTES_MAX - len(shown)
    return {
        "titres": [*(c.titre for c in shown), *[""] * absent],
        "chiffres": [*(c.chiffres for c in shown), *[""] * absent],
        "legendes": [*(legend(c.dessins) for c in shown), *[[]] * absent],
        "liens": [*(f"/{c.adresse}" for c in shown), *["/"] * absent],
    }


def unmoved(turned: Mapping[str, Any], controls: Controls) -> dict[str, Any]:
    """Leave alone the controls that show what is wanted: one set again answers again, and the answers never end."""
    return {name: no_update for name, now in controls.items() if turned[name] == now}


def values_of(comparaison: Comparaison, ids: list[dict[str, Any]], current: list[Any]) -> list[Any]:
    """Return what each control of a value shows: those of another kind keep theirs."""
    wanted = dict(enumerate(comparaison.valeurs))
    return [
        wanted.get(i["rang"], now) if i["critere"] == comparaison.sur else now
        for i, now in zip(ids, current, strict=True)
    ]
