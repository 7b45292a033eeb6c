"""The territory sheet, and the decisions of meetings that concern it."""

from dashboard import ids
from dashboard.beside.trees import written
from dashboard.deps import Deps
from dashboard.layout.sheet import Composition, sheet_panel
from dashboard.seances.on_sheet import decisions_section
from dashboard.seen import seen, without
from data.frames import Frames
from data.measures.sheet import of_communes, of_territory
from data.measures.territories import communes_of
from layers.kit import composed
from layers.kit.view import View

AILLEURS = (
    "emprise",
    "maille",
    "echelon",
    "champ",
    "couches",
    "definitions",
    "indicateur",
    "indicateur2",
    "classes",
    "nb",
    "bornes",
    "fond",
)
"""Parameters that change the map and not the sheet."""


def sheet(deps: Deps, adresse: str) -> dict[str, str]:
    """Return the sheet of the view's territory and that of the territory made, then what meetings decided of them."""
    key = without(deps, adresse, *AILLEURS)
    told = deps.product("fiche", key, lambda: _sheet(deps, key))
    decided = decisions_section(deps, adresse)
    return {ids.FICHE: _together(told, written(decided)) if decided else told}


def _together(*lists: str) -> str:
    """Join written lists into one."""
    return f"[{','.join(inside for one in lists if (inside := one[1:-1]))}]"


def _sheet(deps: Deps, adresse: str) -> str:
    frames, view = seen(deps, adresse)
    fiche = of_territory(frames, view.territoire, view.date, view.profil) if view.territoire else None
    return written(sheet_panel(fiche, frames, _made(frames, view)))


def _made(frames: Frames, view: View) -> Composition:
    nom = composed.name_of(view)
    fiche = of_communes(frames, view.communes, nom, view.date, view.profil) if view.communes else None
    ici = communes_of(frames, view.territoire) if view.territoire else ()
    return Composition(fiche, bool(ici) and set(ici) <= set(view.communes))
