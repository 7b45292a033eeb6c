"""What every Dash application of the atlas has in common: the map's, and one per page beside it.

A page is an application of its own on the same server, so that each has its callbacks checked whole, and the map
carries none of the others.
"""

import logging
from pathlib import Path
from typing import Any
from urllib.parse import quote

from dash import ClientsideFunction, Dash, Input, Output
from flask import Flask

from dashboard import ids, texts

ASSETS = Path(__file__).resolve().parents[2] / "assets"
SETTINGS: dict[str, Any] = {
    "update_title": "",
    "assets_folder": str(ASSETS),
    "serve_locally": True,
    "compress": False,
}
DE_LA_CARTE = (
    r"carte\.js|maillage\.js|dessin\.js|lecture\.js|geometrie\.js|territoires\.js|toile\.js|outremer\.js|grille\.js"
    r"|motifs\.js|etiquettes\.js|navigation\.js|geste\.js|page\.js|repartition\.js|cadre\.js|lecteur\.js"
    r"|exploration\.js|composer\.js|lasso\.js|mesure\.js|fond\.js|35-exploration\.css"
)
"""Scripts of the map, which the other pages do not load."""


def adopt(app: Dash) -> Dash:
    """Give an application the language, the icon and the theme of the atlas."""
    app.index_string = app.index_string.replace("<html>", '<html lang="fr">').replace("{%favicon%}", _mark())
    app.clientside_callback(
        ClientsideFunction("atlas", "theme"),
        Output(ids.THEME, "forceColorScheme"),
        Input("bouton-contraste", "n_clicks"),
    )
    return app


def dash_app(server: Flask, chemin: str, titre: str, ignore: str = DE_LA_CARTE) -> Dash:
    """Make the application of a page at `/<chemin>/`; `ignore` is a pattern of the assets that it does not load."""
    return adopt(
        Dash(
            f"dashboard.{chemin}",
            server=server,
            url_base_pathname=f"/{chemin}/",
            title=f"{titre} – {texts.NOM}",
            assets_ignore=ignore,
            on_error=_log,
            **SETTINGS,
        )
    )


def _log(error: Exception) -> None:
    logging.getLogger(__name__).error("callback failed", exc_info=error)


def _mark() -> str:
    """Write the icon of the page inside it: a browser asks for it again at each change of address otherwise."""
    svg = (ASSETS / "icones" / "marque.svg").read_text(encoding="utf-8")
    return f'<link rel="icon" type="image/svg+xml" href="data:image/svg+xml,{quote(svg)}">'
