"""The form by which a possible overlap is marked as examined: a day, a function, a note."""

from datetime import date
from typing import Any

import dash_mantine_components as dmc
from dash import ALL, Dash, Input, Output, State, ctx, html, no_update
from dash.exceptions import PreventUpdate

from dashboard.carnet import examens
from dashboard.carnet.examens import FONCTION_MAX, NOTE_MAX, Examen
from dashboard.deps import Deps
from dashboard.registre import frame
from data.errors import CarnetError
from layers.kit.texts import typeset

FONCTIONS = (
    "Direction",
    "Coordination Ctg",
    "Conseil technique territorial",
    "Action sociale",
    "Études et statistiques",
    "Élu ou élue de la collectivité",
    "Instance partenariale",
)


def _id(partie: str, cle: Any) -> dict[str, Any]:
    return {"type": f"examen-{partie}", "cle": cle}


def form(cle: str, jour: date) -> html.Div:
    """Build the form of one case, its day set on the day of the page."""
    return html.Div(
        [
            html.H3("Marquer comme examiné"),
            dmc.DateInput(
                id=_id("jour", cle), label="Examiné le (JJ/MM/AAAA)", valueFormat="DD/MM/YYYY", value=jour.isoformat()
            ),
            dmc.Select(
                id=_id("fonction", cle),
                label="Fonction (pas de nom)",
                data=list(FONCTIONS),
                value=None,
                placeholder="Choisir",
                maxLength=FONCTION_MAX,
            ),
            dmc.Textarea(
                id=_id("note", cle),
                label="Ce qui a été convenu (aucun nom de personne)",
                autosize=True,
                minRows=2,
                maxLength=NOTE_MAX,
            ),
            html.Button("Enregistrer", id=_id("bouton", cle), className="bouton", n_clicks=0),
            html.P(id=_id("message", cle), className="note", role="status"),
        ],
        className="examen",
    )


def register(app: Dash, deps: Deps) -> None:
    """Write what the form says in the carnet, and build the section again."""

    @app.callback(
        output={
            "signal": Output(frame.SIGNAL, "data", allow_duplicate=True),
            "message": Output(_id("message", ALL), "children"),
        },
        inputs={"clics": Input(_id("bouton", ALL), "n_clicks")},
        state={n: State(_id(n, ALL), "value") for n in ("jour", "fonction", "note")},
        prevent_initial_call=True,
    )
    def examiner(clics: list[int], jour: list[Any], fonction: list[Any], note: list[Any]) -> dict[str, Any]:
        if not any(clics):
            raise PreventUpdate
        panne = save(deps, ctx.triggered_id["cle"], jour[0], (fonction[0] or "", note[0] or ""))
        return {"signal": no_update if panne else {"examen": clics[0]}, "message": [panne]}


def save(deps: Deps, cle: str, jour: Any, dit: tuple[str, str]) -> str:
    """Write one look at a case; return what stands in the way in one French sentence, "" when it is written."""
    try:
        examens.write(deps.carnet, Examen(cle, _day(jour), *dit))
    except CarnetError as error:
        return typeset(str(error))
    return ""


def _day(texte: Any) -> date:
    try:
        return date.fromisoformat(str(texte)[:10])
    except ValueError:
        raise CarnetError("Indiquer le jour de l'examen, au format JJ/MM/AAAA.") from None
