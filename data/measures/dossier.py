"""Everything that the dataset holds of one agreement beyond its line in the register."""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from data.frames import Frames
from data.measures import coverage, perimeters, register, results, scope
from data.measures.perimeters import PartDeTerritoire
from data.measures.prospects import ConventionFinanciere, convention_at
from data.measures.register import Inscription
from data.measures.results import Action
from data.measures.scope import Portee, day_of
from data.model import Echelon


@dataclass(frozen=True, slots=True)
class Schema:
    """One schéma; `champs` are those that it shares with the agreement, all of its own where it names none of them."""

    id: str
    type: str
    libelle: str
    date_debut: date | None
    date_fin: date | None
    champs: tuple[str, ...]
    objectif: str


@dataclass(frozen=True, slots=True)
class Dossier:
    """The file of one agreement at a day.

    `roles` give by commune what the file says of it; `chaine` is the chain of renewals; `departementaux` are the
    departmental agreements in force that share a commune with it, `champs_communs` the fields that both name (none
    for a departmental agreement itself); `schemas` are those in force over its communes, on its fields.
    """

    inscription: Inscription
    territoires: tuple[PartDeTerritoire, ...]
    roles: Mapping[str, str]
    actions: tuple[Action, ...]
    chaine: tuple[Inscription, ...]
    departementaux: tuple[Inscription, ...]
    champs_communs: tuple[str, ...]
    schemas: tuple[Schema, ...]
    conventions: tuple[ConventionFinanciere, ...]

    @property
    def actions_par_etat(self) -> dict[str, int]:
        """Number of actions by state, in the order of their life; "" where the file does not say."""
        compte = Counter(a.etat for a in self.actions)
        return {etat: compte[etat] for etat in ("prevue", "engagee", "realisee", "abandonnee", "") if compte[etat]}


def of_agreement(frames: Frames, id_ctg: str, jour: date) -> Dossier | None:
    """Gather the file of an agreement, None where the dataset does not know it."""
    tous = {e.id_ctg: e for e in register.all_entries(frames, jour)}
    if id_ctg not in tous:
        return None
    e = tous[id_ctg]
    accords = _departmental(e, tous.values())
    nommes = {c.champ for a in accords for c in a.champs}
    return Dossier(
        inscription=e,
        territoires=perimeters.by_epci(frames, e.communes),
        roles=_roles(frames, id_ctg),
        actions=results.actions(frames, Portee(jour), id_ctg),
        chaine=tuple(tous[i] for i in register.chain(frames, id_ctg)),
        departementaux=accords,
        champs_communs=tuple(dict.fromkeys(c.champ for c in e.champs if c.champ in nommes)),
        schemas=_schemas(frames, e, jour),
        conventions=_conventions(frames, id_ctg),
    )


def _departmental(e: Inscription, tous: Iterable[Inscription]) -> tuple[Inscription, ...]:
    if e.echelon is Echelon.DEPARTEMENTAL:
        return ()
    siennes = set(e.communes)
    return tuple(a for a in tous if a.echelon is Echelon.DEPARTEMENTAL and a.active and siennes & set(a.communes))


def _roles(frames: Frames, id_ctg: str) -> dict[str, str]:
    liens = coverage.links(frames)
    rang = int(np.flatnonzero((frames["ctg"]["id_ctg"] == id_ctg).to_numpy(dtype=bool))[0])
    codes = frames.communes["code"].to_numpy(dtype=object)
    return {str(codes[liens.commune[i]]): liens.role[i] for i in np.flatnonzero(liens.ctg == rang)}


def _schemas(frames: Frames, e: Inscription, jour: date) -> tuple[Schema, ...]:
    """Return the schémas in force over its communes that name one of its fields, or no field at all."""
    nommes, communes = {c.champ for c in e.champs}, set(e.communes)
    vivants = scope.periods(frames, "schemas").holds(np.datetime64(jour, "D"))
    trouves = []
    for rang, ligne in enumerate(frames["schemas"].to_dict("records")):
        champs = scope.fields_of(frames, "schemas")[rang]
        partages = tuple(c for c in champs if c in nommes)
        ici = communes & scope.footprint(frames, str(ligne["code_territoire"]))
        if vivants[rang] and ici and (partages or not champs or not nommes):
            trouves.append(_schema(ligne, partages or champs))
    return tuple(trouves)


def _schema(ligne: Mapping[Hashable, object], champs: tuple[str, ...]) -> Schema:
    return Schema(
        id=str(ligne["id_schema"]),
        type=str(ligne["type"]),
        libelle=str(ligne["libelle"]),
        date_debut=day_of(ligne["date_debut"]),
        date_fin=day_of(ligne["date_fin"]),
        champs=champs,
        objectif=str(ligne["objectif"]),
    )


def _conventions(frames: Frames, id_ctg: str) -> tuple[ConventionFinanciere, ...]:
    liees = (frames["conventions"]["id_ctg"] == id_ctg).to_numpy(dtype=bool)
    return tuple(convention_at(frames, int(rang)) for rang in np.flatnonzero(liees))
