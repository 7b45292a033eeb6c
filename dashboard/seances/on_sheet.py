"""The section « Décisions » of the territory sheet, read anew each time: a meeting writes while others look."""

from typing import Any

from dash import html

from dashboard.deps import Deps
from dashboard.seances.decisions import DecisionLue, concerning
from dashboard.seances.reading import decisions
from dashboard.seen import seen
from data.errors import CarnetError
from layers.kit.texts import count, short_date, typeset, upper_first

MONTREES = 10


def decisions_section(deps: Deps, adresse: str) -> list[Any]:
    """Return the decisions that concern the territory of an address; nothing where there is none."""
    frames, view = seen(deps, adresse)
    if not view.territoire and not view.communes:
        return []
    try:
        found = concerning(decisions(deps.carnet), frames, view, deps.today())
    except CarnetError as error:
        return [html.H3("Décisions"), html.P(typeset(str(error)), className="fiche-note")]
    if not found:
        return []
    rest = len(found) - MONTREES
    more = [html.P(f"et {count(rest, 'autre')}, dans les séances.", className="fiche-note")] if rest > 0 else []
    return [html.H3("Décisions"), html.Ul([_line(d) for d in found[:MONTREES]], className="decisions-fiche"), *more]


def _line(found: DecisionLue) -> html.Li:
    decision = found.decision
    deadline = f"échéance le {short_date(decision.echeance)}" if decision.echeance else ""
    facts = upper_first(", ".join(p for p in (decision.charge, deadline) if p))
    taken = f"Séance « {found.seance} », le {short_date(decision.prise.date())}"
    about = f", pour {found.lieu}" if found.lieu else ""
    link = html.A(typeset(taken + about), href=f"/seances/?seance={decision.seance_id}&scene={decision.scene_id}")
    return html.Li([html.Strong(typeset(decision.texte)), html.P(typeset(facts)) if facts else None, html.P(link)])
