"""Parts of the sections on fields, means and results: matrices, blanks, downloads."""

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from dash import html

from dashboard.exports.tables import FORMULE
from dashboard.registre.address import file_href
from dashboard.registre.contract import Contexte
from data.measures.means import Chiffre
from data.model import Blanc
from layers.kit.texts import FINE, number, typeset

BLANCS_COURTS = {"secret": "s.", "non_publie": "non publié", "manquant": "nd", "petit_denominateur": "nd"}


def matrix(etiquette: str, tetes: Sequence[str], lignes: Iterable[Sequence[Any]], className: str = "") -> html.Div:
    """Show a table whose first column names its rows; it scrolls inside itself where the page is narrow."""
    head = html.Thead(html.Tr([html.Th(t, scope="col") for t in tetes]))
    body = html.Tbody([html.Tr([html.Th(ligne[0], scope="row"), *(html.Td(c) for c in ligne[1:])]) for ligne in lignes])
    return html.Div(
        html.Table([html.Caption(etiquette, className="pour-lecteur"), head, body], className=f"croise {className}"),
        className="croise-cadre",
        tabIndex=0,
        role="region",
        **{"aria-label": etiquette},
    )


def silent(texte: str) -> html.Span:
    """Say to a screen reader what the eye sees otherwise."""
    return html.Span(texte, className="pour-lecteur")


def shown(texte: str, className: str = "") -> html.Span:
    """Show to the eye what a screen reader is told in words."""
    return html.Span(texte, className=className, **{"aria-hidden": "true"})


def figure(chiffre: Chiffre, decimales: int = 0, unite: str = "€") -> Any:
    """Write a figure, or its blank with what it means."""
    if chiffre.valeur is None:
        return html.Abbr(BLANCS_COURTS[chiffre.statut], title=Blanc(chiffre.statut).libelle)
    return f"{number(chiffre.valeur, decimales)}{FINE}{unite}"


def euros(valeur: float | None) -> str:
    """Write an amount in whole euros, « nd » where there is none."""
    return "nd" if valeur is None else f"{number(valeur, 0)}{FINE}€"


def cards(faits: Iterable[tuple[str, str]]) -> html.Dl:
    """Show a few figures side by side: the figure, then what it counts."""
    return html.Dl([html.Div([html.Dt(libelle), html.Dd(valeur)]) for valeur, libelle in faits], className="cartons")


def download(contexte: Contexte, nom: str, libelle: str = "Enregistrer en CSV") -> html.P:
    """Link to a file of the section."""
    return html.P(html.A(libelle, href=file_href(contexte, nom), className="telecharger"))


def csv_of(lignes: Callable[[Contexte], Sequence[Mapping[str, Any]]]) -> Callable[[Contexte], bytes]:
    """Make a file out of rows: `;`, decimal comma, UTF-8 with BOM; a text that would run as a formula stays a text."""

    def write(contexte: Contexte) -> bytes:
        rows = lignes(contexte)
        out = io.StringIO(newline="")
        plume = csv.writer(out, delimiter=";", lineterminator="\r\n")
        plume.writerow(list(rows[0]) if rows else ["aucune ligne"])
        plume.writerows([_cell(v) for v in row.values()] for row in rows)
        return ("\ufeff" + out.getvalue()).encode("utf-8")

    return write


def _cell(valeur: Any) -> str:
    if valeur is None:
        return ""
    if isinstance(valeur, float):
        return f"{valeur:.10g}".replace(".", ",")
    texte = typeset(str(valeur)) if isinstance(valeur, str) else str(valeur)
    return f"'{texte}" if texte.startswith(FORMULE) else texte
