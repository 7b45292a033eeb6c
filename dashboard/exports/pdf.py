"""Paper snapshots: a page with the map, then the tables and the words, as a tagged PDF/UA-1."""

from datetime import date
from typing import Any

from dashboard.exports import sheet
from dashboard.exports.composition import compose
from dashboard.exports.paper_table import places_table, territories_table
from dashboard.exports.press import print_pdf
from dashboard.exports.snapshot import Instantane
from data.model import Maille
from layers.renderers.maps import map_svg

_TABLEAUX = {Maille.COMMUNE: "Les communes", Maille.EPCI: "Les Epci", Maille.DEPARTEMENT: "Les départements"}


def pdf(instantane: Instantane) -> bytes:
    """Print a snapshot."""
    return print_pdf("vue", view_data(instantane), instantane.jour)


def view_data(instantane: Instantane) -> dict[str, Any]:
    """Return everything that the template of a view shows."""
    cartouche = instantane.cartouche
    paper = sheet.paper(instantane.options)
    planche = instantane.planche
    boxes = compose(planche, paper["largeur"], paper["hauteur"])
    said = sheet.words(cartouche) | {"legende": sheet.legend(instantane.drawings)}
    tables = [territories_table(instantane.territoires, _TABLEAUX[instantane.vue.maille])]
    if instantane.lieux.rows:
        tables.append(places_table(instantane.lieux, "Les lieux"))
    return said | {
        "papier": paper,
        "boites": boxes.data(),
        "carte": {"svg": map_svg(planche, *boxes.carte), "dit": sheet.alternative(said)},
        "tableaux": [t for t in tables if t["lignes"]],
        "jour": _day(instantane.jour),
    }


def _day(jour: date) -> dict[str, int]:
    return {"annee": jour.year, "mois": jour.month, "jour": jour.day}
