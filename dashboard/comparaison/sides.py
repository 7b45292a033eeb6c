"""What each map of a comparison shows, in classes that mean the same on all of them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from dashboard.comparaison.address import Comparaison, Critere, views_of
from dashboard.deps import Deps
from dashboard.exports.headlines import headline
from dashboard.figures import figures
from dashboard.permalink import to_query
from dashboard.scene import drawings_of
from data.caf import within
from data.frames import Frames
from data.measures.definitions import definitions
from data.model import FiltreEchelon
from layers.kit.contract import Drawing
from layers.kit.marks import Fill
from layers.kit.scales import scale_of
from layers.kit.texts import long_date, upper_first
from layers.kit.view import Methode, View


@dataclass(frozen=True, slots=True)
class Cote:
    """One map of a comparison: its address, its name, what it draws, and its figures in one sentence."""

    adresse: str
    titre: str
    dessins: tuple[Drawing, ...]
    chiffres: str


def sides(comparaison: Comparaison, deps: Deps) -> tuple[Cote, ...]:
    """Draw the maps of a comparison."""
    today, frames = deps.today(), within(deps.frames(), comparaison.base.caf)
    views = in_common(views_of(comparaison, frames, today), frames)
    whose = f" — {frames.jeu.nom}" if comparaison.base.caf else ""
    names = [_title(comparaison.sur, v, frames) + whose for v in views]
    return tuple(_side(v, name, deps, frames, today) for v, name in zip(views, names, strict=True))


def _side(view: View, titre: str, deps: Deps, frames: Frames, today: date) -> Cote:
    adresse = to_query(view, frames, today)
    dessins = deps.product("dessins", adresse, lambda: drawings_of(view, frames))
    couches = [d.couche for d in dessins if d.marques]
    chiffres = deps.product("phrase", adresse, lambda: headline(couches, figures(frames, view, adresse), view))
    return Cote(adresse, titre, dessins, chiffres)


def in_common(views: tuple[View, ...], frames: Frames) -> tuple[View, ...]:
    """Give the same bounds to maps of values in one unit; others keep their own, which their legends say."""
    fills = [_values(drawings_of(v, frames)) for v in views]
    if any(f is None for f in fills):
        return views
    known = [f for f in fills if f is not None]
    if len({unite for unite, _ in known}) > 1 or len({fill.bornes for _, fill in known}) == 1:
        return views
    values = np.array([v for _, fill in known for v in fill.valeurs if v is not None])
    bornes = scale_of(values, views[0].classes, views[0].nb, views[0].bornes).bornes
    return tuple(replace(v, classes=Methode.MANUEL, bornes=bornes) for v in views) if bornes else views


def _values(drawings: Sequence[Drawing]) -> tuple[str, Fill] | None:
    """Return the areas in a sequence of values that keep their colours, with their unit."""
    return next(
        (
            (d.unite, m)
            for d in drawings
            for m in d.marques
            if isinstance(m, Fill) and m.ordonne and m.plein and any(v is not None for v in m.valeurs)
        ),
        None,
    )


def _title(sur: Critere, view: View, frames: Frames) -> str:
    match sur:
        case Critere.DATE:
            return f"Au {long_date(view.date)}"
        case Critere.CHAMP:
            champ = frames.champ(view.champ)
            return champ.libelle if champ else "Tous les champs"
        case Critere.ECHELON:
            return f"Échelon : {FiltreEchelon(view.echelon).libelle}"
        case Critere.INDICATEUR:
            found = definitions(frames).get(view.indicateur)
            return upper_first(found.libelle) if found else "Indicateur"
