"""Fields over territories: what agreements name, what exists, what may come (DOMAINE S49-S53, S57)."""

from collections import defaultdict
from dataclasses import dataclass, replace

import numpy as np

from data.frames import Frames
from data.measures import density, interventions, scope, territories
from data.measures.cache import per_frames
from data.measures.interventions import EtatIntervention, Intervention
from data.measures.scope import Portee
from data.measures.territories import Booleens, Nombres
from data.model import TOUS_CHAMPS, Champ, Echelon, Maille

FUTURES = frozenset({EtatIntervention.POTENTIELLE, EtatIntervention.A_VENIR})
SANS_PRIORITE = "0"
"""Priority of a field that an agreement names without saying which."""


@dataclass(frozen=True, slots=True)
class Case:
    """One field on one territory: `priorite` "1", "2", "3", "0" (named, no priority said), "" for not named.

    `accords` names the agreements that name the field; `services` are open services of the field, None where the
    dataset has no table of services.
    """

    champ: str
    priorite: str
    accords: tuple[str, ...]
    existantes: int
    potentielles: int
    services: int | None


@dataclass(frozen=True, slots=True)
class Ligne:
    """One territory of the matrix: `code` of an Epci, of a commune without Epci or of a département."""

    code: str
    maille: Maille
    cases: tuple[Case, ...]


@dataclass(frozen=True, slots=True)
class Roles:
    """What one actor does in one field: levels in the order of `NIVEAUX`, and how many of each state."""

    niveaux: tuple[str, ...]
    existantes: int
    potentielles: int


@dataclass(frozen=True, slots=True)
class LigneActeur:
    """One actor of the matrix: its roles by field, in the order of the fields asked."""

    acteur: str
    type: str
    roles: tuple[Roles, ...]


def asked_fields(frames: Frames, portee: Portee) -> tuple[Champ, ...]:
    """Return the fields that a question is about."""
    return tuple(c for c in frames.champs if portee.champ in (TOUS_CHAMPS, c.id))


def matrix(frames: Frames, portee: Portee) -> tuple[Ligne, ...]:
    """Return the matrix territory × field: départements where départemental things are said, Epci, lone communes.

    A local row holds what local agreements name and what interventions of that territory or of its parts do; what
    is written for the département stands in its own row and is never added to the others.
    """
    demandees = scope.asked(frames, portee)
    noms, ouverts = _named(frames, portee), _open_services(frames, portee)
    vivantes = interventions.listed(frames, portee)
    lignes = []
    for maille, code in (*_departements(frames), *scope.local_rows(frames)):
        ici = scope.footprint(frames, code)
        if not ici & demandees:
            continue
        departementale = maille is Maille.DEPARTEMENT
        locales = tuple(i for i in vivantes if _is_of(frames, i, maille, code))
        accords = tuple(n for n in noms if n.departemental is departementale and n.communes & ici)
        ligne = _Ligne(_inside(frames, ici), accords, locales)
        cases = tuple(_case(c.id, ligne, ouverts) for c in asked_fields(frames, portee))
        if departementale and not any(c.priorite or c.existantes or c.potentielles for c in cases):
            continue
        lignes.append(Ligne(code, maille, cases))
    return tuple(lignes)


def _departements(frames: Frames) -> tuple[tuple[Maille, str], ...]:
    return tuple((Maille.DEPARTEMENT, c) for c in territories.departements(frames))


def _is_of(frames: Frames, intervention: Intervention, maille: Maille, code: str) -> bool:
    """Tell whether an intervention is of a territory or of its parts; a département keeps its own only."""
    if intervention.code == code:
        return True
    if Maille.DEPARTEMENT in (maille, intervention.maille):
        return False
    return bool(scope.footprint(frames, intervention.code) & scope.footprint(frames, code))


@dataclass(frozen=True, slots=True)
class _Nomme:
    id_ctg: str
    departemental: bool
    champ: str
    priorite: str
    communes: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Ligne:
    dedans: Booleens
    nommes: tuple[_Nomme, ...]
    interventions: tuple[Intervention, ...]


def _named(frames: Frames, portee: Portee) -> tuple[_Nomme, ...]:
    """Return the fields that the agreements in force name, with the communes of each agreement."""
    actives = set(scope.active_agreements(frames, portee))
    echelons = dict(zip(frames["ctg"]["id_ctg"], frames["ctg"]["echelon"], strict=True))
    communes = _communes_by_agreement(frames)
    champs = {c.id for c in asked_fields(frames, portee)}
    return tuple(
        _Nomme(ident, echelons[ident] == Echelon.DEPARTEMENTAL.value, champ, priorite, communes.get(ident, frozenset()))
        for ident, champ, priorite in zip(
            *(frames["ctg_champs"][c] for c in ("id_ctg", "champ", "priorite")), strict=True
        )
        if ident in actives and champ in champs
    )


def _case(champ: str, ligne: _Ligne, ouverts: dict[str, Nombres]) -> Case:
    nommes = [n for n in ligne.nommes if n.champ == champ]
    dits = sorted(n.priorite for n in nommes if n.priorite)
    ici = [i for i in ligne.interventions if champ in i.champs]
    return Case(
        champ,
        dits[0] if dits else SANS_PRIORITE if nommes else "",
        tuple(dict.fromkeys(n.id_ctg for n in nommes)),
        sum(i.etat is EtatIntervention.EXISTANTE for i in ici),
        sum(i.etat in FUTURES for i in ici),
        int(ouverts[champ][ligne.dedans].sum()) if ouverts else None,
    )


def _open_services(frames: Frames, portee: Portee) -> dict[str, Nombres]:
    """Count the open services of each field by commune; nothing where the dataset has no table of services."""
    if not frames.has("services"):
        return {}
    tous = density.services(frames)
    ouverts, nombre = tous.open_at(portee.jour) & (tous.commune >= 0), len(frames.communes)
    return {
        c.id: np.bincount(tous.commune[ouverts & density.of_field(frames, c.id)], minlength=nombre).astype(np.float64)
        for c in asked_fields(frames, portee)
    }


def _inside(frames: Frames, communes: frozenset[str]) -> Booleens:
    return np.array([code in communes for code in territories.codes(frames)], dtype=bool)


def by_agreement(frames: Frames, portee: Portee) -> tuple[tuple[str, tuple[Case, ...]], ...]:
    """Return the matrix agreement × field of the agreements in force: what each names, what its perimeter holds.

    A local agreement does not count what is written for the whole département.
    """
    noms, ouverts = _named(frames, portee), _open_services(frames, portee)
    vivantes = interventions.listed(frames, portee)
    echelons = dict(zip(frames["ctg"]["id_ctg"], frames["ctg"]["echelon"], strict=True))
    communes = _communes_by_agreement(frames)
    lignes = []
    for ident in scope.active_agreements(frames, portee):
        ici = communes.get(ident, frozenset())
        tout = echelons[ident] == Echelon.DEPARTEMENTAL.value
        locales = tuple(
            i for i in vivantes if (i.maille is Maille.DEPARTEMENT) is tout and scope.footprint(frames, i.code) & ici
        )
        ligne = _Ligne(_inside(frames, ici), tuple(n for n in noms if n.id_ctg == ident), locales)
        lignes.append((ident, tuple(_case(c.id, ligne, ouverts) for c in asked_fields(frames, portee))))
    return tuple(lignes)


@per_frames
def _communes_by_agreement(frames: Frames) -> dict[str, frozenset[str]]:
    communes: dict[str, set[str]] = defaultdict(set)
    connues = set(frames.communes["code"])
    for ident, code in zip(frames["ctg_communes"]["id_ctg"], frames["ctg_communes"]["code_commune"], strict=True):
        if code in connues:
            communes[ident].add(code)
    return {ident: frozenset(codes) for ident, codes in communes.items()}


def absent(frames: Frames, portee: Portee) -> tuple[Champ, ...]:
    """Return the fields that no agreement in force names, under the filters but the field."""
    actives = set(scope.active_agreements(frames, replace(portee, champ=TOUS_CHAMPS)))
    nommes = set(frames["ctg_champs"].loc[frames["ctg_champs"]["id_ctg"].isin(actives), "champ"])
    return tuple(c for c in asked_fields(frames, portee) if c.id not in nommes)


def shared(frames: Frames) -> tuple[Champ, ...]:
    """Return the fields that the letter calls shared, without a clear leader."""
    return tuple(c for c in frames.champs if c.competence_partagee)


def actors(frames: Frames, portee: Portee, champs: tuple[Champ, ...] = ()) -> tuple[LigneActeur, ...]:
    """Return the matrix actor × field, in alphabetical order of actors; never one owner of a field."""
    colonnes = champs or asked_fields(frames, portee)
    par_acteur: dict[tuple[str, str], list[Intervention]] = defaultdict(list)
    for i in interventions.listed(frames, portee):
        par_acteur[i.nom_acteur, i.type_acteur].append(i)
    lignes = (
        LigneActeur(acteur, genre, tuple(_roles(liste, c.id) for c in colonnes))
        for (acteur, genre), liste in sorted(par_acteur.items())
    )
    return tuple(ligne for ligne in lignes if any(r.existantes or r.potentielles for r in ligne.roles))


def _roles(liste: list[Intervention], champ: str) -> Roles:
    ici = [i for i in liste if champ in i.champs]
    return Roles(
        tuple(n for n in interventions.NIVEAUX if any(i.niveau == n for i in ici)),
        sum(i.etat is EtatIntervention.EXISTANTE for i in ici),
        sum(i.etat in FUTURES for i in ici),
    )
