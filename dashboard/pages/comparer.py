"""The page `/comparer/`: two to four maps in step."""

from typing import Any

from dash import ALL, ClientsideFunction, Dash, Input, Output, State, ctx
from flask import Flask

from dashboard.comparaison import layout as page
from dashboard.comparaison.address import Critere, read
from dashboard.comparaison.turning import turn, unmoved, values_of
from dashboard.deps import Deps
from dashboard.layout.shell import shell
from dashboard.pages.contract import Page
from dashboard.pages.mounting import DE_LA_CARTE, dash_app

CHEMIN = "comparer"
VALEURS = {"type": "comparer-valeur", "critere": ALL, "rang": ALL}


def mount(server: Flask, deps: Deps) -> None:
    """Add the page to the server."""
    from dashboard.pages.registry import PAGES

    app = dash_app(server, CHEMIN, "Comparer", DE_LA_CARTE.replace(r"|repartition\.js", ""))
    app.layout = lambda: shell(deps.frames(), CHEMIN, page.layout(deps.frames()), PAGES)
    _register(app, deps)


def _register(app: Dash, deps: Deps) -> None:
    named = {
        "sur": page.SUR,
        "combien": page.COMBIEN,
        "mode": page.MODE,
        "maille": page.MAILLE,
        "couches": page.COUCHES,
    }
    parts = {"titres": "titre", "chiffres": "chiffres", "legendes": "legende"}

    @app.callback(
        output={
            "search": Output(page.ADRESSE, "search"),
            **{name: Output(where, "value") for name, where in named.items()},
            "valeurs": Output(VALEURS, "value"),
            "volets": Output(page.VOLETS, "data"),
            "classe": Output(page.RACINE, "className"),
            "avis": Output(page.AVIS, "children"),
            **{name: Output({"type": f"comparer-{part}", "rang": ALL}, "children") for name, part in parts.items()},
            "liens": Output({"type": "comparer-lien", "rang": ALL}, "href"),
        },
        inputs={
            "search": Input(page.ADRESSE, "search"),
            "controls": {name: Input(where, "value") for name, where in named.items()},
            "valeurs": Input(VALEURS, "value"),
        },
        state={"ids": State(VALEURS, "id"), "volets": State(page.VOLETS, "data")},
    )
    def tourner(search: str, controls: dict[str, Any], valeurs: list[Any], ids: list[Any], volets: Any) -> Any:
        # Some controls say their empty value as they appear, before the address has set them.
        moved = volets is not None and ctx.triggered_id not in (None, page.ADRESSE)
        by_kind = {c: [v for i, v in zip(ids, valeurs, strict=True) if i["critere"] == c] for c in Critere}
        turned = turn(search or "", {**controls, "valeurs": by_kind} if moved else None, deps)
        adresse = search if not isinstance(turned["search"], str) else turned["search"]
        shown = read(adresse or "", deps.frames(), deps.today()).comparaison
        return {**turned, **unmoved(turned, controls), "valeurs": values_of(shown, ids, valeurs)}

    app.clientside_callback(
        ClientsideFunction("atlas", "poserVolets"),
        Output(page.MONTRES, "data"),
        Input(page.VOLETS, "data"),
    )
    app.clientside_callback(
        ClientsideFunction("atlas", "glisser"), Output(page.RACINE, "style"), Input(page.CURSEUR, "value")
    )


PAGE = Page(CHEMIN, "Comparer", mount)
