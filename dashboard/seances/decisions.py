"""Which decisions of the meetings concern a territory: its own, those of what holds it or what it holds, its Ctg's."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

import numpy as np

from dashboard.permalink import from_query
from dashboard.seances.model import Decision
from data.caf import within
from data.frames import Frames
from data.measures import agreements, coverage, territories
from data.model import Maille, StatutCtg
from layers.kit.view import View


class Lien(IntEnum):
    """How near a decision is to a territory, the nearest first."""

    MEME = 0
    DEDANS = 1
    CONVENTION = 2


@dataclass(frozen=True, slots=True)
class DecisionLue:
    """A decision on the sheet of a territory; `lieu` is the territory it was taken for, "" for the same one."""

    decision: Decision
    seance: str
    lieu: str
    lien: Lien


def concerning(
    found: Sequence[tuple[Decision, str]], frames: Frames, vue: View, today: date
) -> tuple[DecisionLue, ...]:
    """Return the decisions that concern the territory of a view, the nearest first, then the latest.

    One taken over a scene without territory is about the whole: it stands on the sheets of départements.
    """
    here = _communes(frames, vue)
    read = (_read(d, titre, frames, vue, here, today) for d, titre in found) if here else ()
    return tuple(sorted((r for r in read if r), key=lambda r: (r.lien, -r.decision.prise.timestamp())))


def _read(  # noqa: PLR0913 - one decision set against one territory
    decision: Decision, titre: str, frames: Frames, vue: View, here: frozenset[str], today: date
) -> DecisionLue | None:
    there = from_query(decision.adresse, frames, today).vue
    place = within(frames, there.caf)
    if not there.territoire and not there.communes:
        whole = territories.maille_of(frames, vue.territoire) is Maille.DEPARTEMENT
        return DecisionLue(decision, titre, place.jeu.nom, Lien.DEDANS) if whole else None
    name = there.nom if there.communes else frames.noms.get(there.territoire, there.territoire)
    ours = _communes(place, there)
    if ours == here:
        return DecisionLue(decision, titre, "", Lien.MEME)
    if ours <= here or here <= ours:
        return DecisionLue(decision, titre, name, Lien.DEDANS)
    return (
        DecisionLue(decision, titre, name, Lien.CONVENTION) if _same_agreement(frames, ours, here, vue.date) else None
    )


def _communes(frames: Frames, vue: View) -> frozenset[str]:
    return frozenset(territories.communes_of(frames, vue.territoire) if vue.territoire else vue.communes)


def _same_agreement(frames: Frames, ours: frozenset[str], here: frozenset[str], jour: date) -> bool:
    """Tell whether one agreement in force at a day names communes of both."""
    links, codes = coverage.links(frames), territories.codes(frames)
    active = [agreements.STATUTS.index(s) for s in (StatutCtg.EN_VIGUEUR, StatutCtg.A_RENOUVELER)]
    kept = np.isin(agreements.status_codes(frames, jour)[links.ctg], active)
    named = (set(links.ctg[kept & codes.isin(communes)[links.commune]]) for communes in (ours, here))
    return bool(set.intersection(*named))
