"""Possible overlaps of interventions (« doublons à examiner », DOMAINE S56, S59): a list to discuss, never a verdict.

Two interventions make a pair when they name the same field and the same service, are of two actors, their territories
share a commune, and their periods share a day that is not over. A case gathers the pairs of one field and service
around one territory, the narrowest of each pair: what wider territories do there is told with it.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import combinations

import numpy as np

from data.frames import Frames
from data.measures import interventions, scope
from data.measures.interventions import VIVANTES, Intervention
from data.measures.scope import JOUR_INFINI, JOUR_ZERO, Portee
from data.model import TOUS_CHAMPS

Paire = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Doublon:
    """One case to examine: `cle` names it as long as its members stay the same.

    `depuis` and `jusqu_a` bound the days that all pairs of the case have in common with one another's; None is open.
    """

    cle: str
    champ: str
    service: str
    code: str
    acteurs: tuple[str, ...]
    membres: tuple[Intervention, ...]
    paires: tuple[Paire, ...]
    depuis: date | None
    jusqu_a: date | None


def find(frames: Frames, portee: Portee) -> tuple[Doublon, ...]:
    """List the cases that a question keeps, by field, service and territory."""
    groupes: dict[tuple[str, str], list[Intervention]] = defaultdict(list)
    for i in interventions.listed(frames, portee):
        if i.etat in VIVANTES and i.service and i.code:
            for champ in i.champs:
                groupes[champ, i.service].append(i)
    return tuple(
        cas
        for (champ, service), membres in sorted(groupes.items())
        if portee.champ in (TOUS_CHAMPS, champ)
        for cas in _cases(frames, (champ, service), membres, portee)
    )


def _cases(frames: Frames, quoi: tuple[str, str], membres: list[Intervention], portee: Portee) -> Iterable[Doublon]:
    """Gather the pairs of one field and service around the narrowest territory of each."""
    autour: dict[str, list[tuple[Intervention, Intervention]]] = defaultdict(list)
    for a, b in combinations(membres, 2):
        if is_pair(frames, a, b, portee.instant):
            autour[_narrowest(frames, a, b)].append((a, b))
    return (_case(quoi, code, paires) for code, paires in sorted(autour.items()))


def is_pair(frames: Frames, a: Intervention, b: Intervention, instant: np.datetime64) -> bool:
    """Tell whether two interventions of one field and service may overlap on or after a day."""
    if a.nom_acteur == b.nom_acteur:
        return False
    debut, fin = common_period(a, b)
    if debut > fin or fin < instant:
        return False
    return a.code == b.code or bool(scope.footprint(frames, a.code) & scope.footprint(frames, b.code))


def common_period(a: Intervention, b: Intervention) -> tuple[np.datetime64, np.datetime64]:
    """Return the first and last day that two interventions have in common; open ends are the ends of time."""
    debut = max(_day(a.date_debut, JOUR_ZERO), _day(b.date_debut, JOUR_ZERO))
    return debut, min(_day(a.date_fin, JOUR_INFINI), _day(b.date_fin, JOUR_INFINI))


def _day(jour: date | None, sinon: np.datetime64) -> np.datetime64:
    return sinon if jour is None else np.datetime64(jour, "D")


def _narrowest(frames: Frames, a: Intervention, b: Intervention) -> str:
    tailles = {i.code: (len(scope.footprint(frames, i.code)), i.code) for i in (a, b)}
    return min(tailles, key=lambda code: tailles[code])


def _case(quoi: tuple[str, str], code: str, paires: list[tuple[Intervention, Intervention]]) -> Doublon:
    membres = {i.id: i for paire in paires for i in paire}
    ordre = tuple(sorted(membres.values(), key=lambda i: i.rang))
    periodes = [common_period(a, b) for a, b in paires]
    champ, service = quoi
    return Doublon(
        key(champ, service, code, membres),
        champ,
        service,
        code,
        tuple(sorted({i.nom_acteur for i in ordre})),
        ordre,
        tuple(sorted((min(a.id, b.id), max(a.id, b.id)) for a, b in paires)),
        _bound(min(p[0] for p in periodes)),
        _bound(max(p[1] for p in periodes)),
    )


def key(champ: str, service: str, code: str, ids: Iterable[str]) -> str:
    """Return a short name for a case; another intervention makes it another case, to be examined again."""
    dit = "|".join((champ, service, code, *sorted(ids)))
    return hashlib.sha256(dit.encode()).hexdigest()[:12]


def _bound(jour: np.datetime64) -> date | None:
    return None if jour in (JOUR_ZERO, JOUR_INFINI) else jour.astype(object)
