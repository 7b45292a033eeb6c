"""The player: the map at the end of each year of the deployment, up to the day of the dataset."""

from datetime import date
from typing import Any

from dash import html

LECTEUR = "lecteur"


def player(premiere: int, dernier: date) -> html.Div:
    """Build the button that plays the years from `premiere` to the day `dernier`; `assets/lecteur.js` drives it."""
    days: dict[str, Any] = {"data-premiere": str(premiere), "data-dernier": dernier.isoformat()}
    return html.Div(html.Button("Lire les années", id=LECTEUR, className="lien lecteur", **days))
