"""Where the actions of the plans stand (DOMAINE S11, S41-S42): each in the territory that holds all its communes."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from data.frames import Frames
from data.measures import register, results, scope, territories
from data.measures.cache import per_frames
from data.measures.results import Action
from data.measures.scope import Portee
from data.model import Maille

ABANDONNEE = "abandonnee"


@dataclass(frozen=True, slots=True)
class Plans:
    """The actions whose calendar holds a day, each once: by territory in the order of codes, or wider than any.

    `ailleurs` have no commune of the dataset.
    """

    codes: tuple[str, ...]
    ici: tuple[tuple[Action, ...], ...]
    plus_larges: tuple[Action, ...]
    ailleurs: tuple[Action, ...]


def at(frames: Frames, portee: Portee, maille: Maille) -> Plans:
    """Place the actions that the filters keep and whose calendar holds the day, given up ones left out."""
    vivantes = tuple(a for a in results.actions(frames, portee) if a.etat != ABANDONNEE and _holds(a, portee.jour))
    return _placed(frames, vivantes, maille)


def _holds(action: Action, jour: date) -> bool:
    """Tell whether a day is in the calendar of an action; one without any date has none."""
    if action.date_debut is None and action.date_fin is None:
        return False
    return (action.date_debut or date.min) <= jour <= (action.date_fin or date.max)


def _placed(frames: Frames, actions: tuple[Action, ...], maille: Maille) -> Plans:
    groupes = territories.groups(frames, maille)
    ici: list[list[Action]] = [[] for _ in groupes.codes]
    larges, ailleurs = [], []
    for action in actions:
        rangs = np.unique(groupes.rang[_positions(frames, action)])
        if not len(rangs):
            ailleurs.append(action)
        elif len(rangs) > 1 or rangs[0] < 0:
            larges.append(action)
        else:
            ici[int(rangs[0])].append(action)
    return Plans(tuple(groupes.codes), tuple(map(tuple, ici)), tuple(larges), tuple(ailleurs))


def _positions(frames: Frames, action: Action) -> territories.Rangs:
    """Return the ranks of its communes: those of its territory, failing that of the perimeter of its agreement."""
    communes = scope.footprint(frames, action.code) if action.code else _perimeters(frames).get(action.id_ctg, ())
    rangs = territories.ranks(frames, Maille.COMMUNE)
    return np.array(sorted(rangs[c] for c in communes), dtype=np.intp)


@per_frames
def _perimeters(frames: Frames) -> dict[str, tuple[str, ...]]:
    return dict(zip(frames["ctg"]["id_ctg"], register.members(frames), strict=True))


@per_frames
def most(frames: Frames, maille: Maille) -> int:
    """Return the most actions, given up ones left out, that the calendars of one territory ever hold together."""
    tous = Portee(date.max)
    vivantes = tuple(a for a in results.actions(frames, tous) if a.etat != ABANDONNEE)
    return max((_together(liste) for liste in _placed(frames, vivantes, maille).ici), default=0)


def _together(liste: tuple[Action, ...]) -> int:
    """Return the most actions that hold one day: the first day of one of them."""
    return max((sum(_holds(b, a.date_debut or date.min) for b in liste) for a in liste), default=0)
