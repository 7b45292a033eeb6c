"""The form by which a possible overlap is marked as examined: a day, a function, a note."""

from datetime import date
from typing import Any

import dash_mantine_components as dmc
from dash import ALL, Dash, Input, Output, State, ctx, html, no_update
from dash.exceptions import PreventUpdate

from dashboard.carnet import examens
from dashboard.carnet.examens import Examen
from dashboard.deps import Deps
from data.errors import CarnetError
from layers.kit.texts import short_date, typeset

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


def form(cle: str, jour: date, dits: tuple[Examen, ...]) -> html.Div:
    """Build what was said of one case, and the form to add to it, its day set on the day of the page."""
    return html.Div(
        [
            html.Div(history(dits), id=_id("dits", cle)),
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
            ),
            dmc.Textarea(
                id=_id("note", cle),
                label="Ce qui a été convenu (aucun nom de personne)",
                autosize=True,
                minRows=2,
            ),
            html.Button("Enregistrer", id=_id("bouton", cle), className="bouton", n_clicks=0),
            html.P(id=_id("message", cle), className="note", role="status"),
        ],
        className="examen",
    )


def register(app: Dash, deps: Deps) -> None:
    """Write what the form says in the carnet, and show it; the focus stays on the button."""

    @app.callback(
        output={n: Output(_id(n, ALL), prop) for n, prop in _SORTIES.items()},
        inputs={"clics": Input(_id("bouton", ALL), "n_clicks")},
        state={n: State(_id(n, ALL), "value") for n in ("jour", "fonction", "note")},
        prevent_initial_call=True,
    )
    def examiner(clics: list[int], jour: list[Any], fonction: list[Any], note: list[Any]) -> dict[str, Any]:
        if not any(clics):
            raise PreventUpdate
        cle = ctx.triggered_id["cle"]
        return shown(deps, cle, save(deps, cle, jour[0], (fonction[0] or "", note[0] or "")))


_SORTIES = {"dits": "children", "message": "children"}


def shown(deps: Deps, cle: str, panne: str) -> dict[str, list[Any]]:
    """Return what the page shows once a form was sent: what was written, or what stands in the way."""
    if panne:
        return {"dits": [no_update], "message": [panne]}
    dits = examens.of_cases(deps.carnet, [cle]).get(cle, ())
    return {"dits": [history(dits)], "message": ["Noté : ce cas est examiné."]}


def history(dits: tuple[Examen, ...]) -> Any:
    """Show what was written of a case, the latest first."""
    if not dits:
        return html.P("Rien n'a encore été noté.", className="note")
    return html.Ul([_entry(e) for e in dits], className="liste")


def _entry(examen: Examen) -> html.Li:
    texte = f" : {examen.note}" if examen.note else " : aucune note"
    return html.Li([html.Strong(f"Examiné le {short_date(examen.jour)}"), typeset(f" ({examen.fonction}){texte}")])


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
