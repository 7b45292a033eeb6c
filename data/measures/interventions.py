"""Who does what, where, at which level, existing or potential; and what completes what (DOMAINE S55-S58, S62)."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from data.frames import Frames
from data.measures import register, scope
from data.measures.cache import per_frames
from data.measures.scope import Portee
from data.model import Maille

NIVEAUX = ("information", "orientation", "service", "financement", "coordination", "ingenierie")
COLLECTIVITES = frozenset({"commune", "epci", "ept", "syndicat", "departement"})
_TABLE = "interventions"


class EtatIntervention(StrEnum):
    """State of an intervention at a day."""

    EXISTANTE = "existante"
    POTENTIELLE = "potentielle"
    A_VENIR = "a_venir"
    TERMINEE = "terminee"
    NON_PRECISEE = "non_precisee"

    @property
    def libelle(self) -> str:
        """French label."""
        return {
            "existante": "existante",
            "potentielle": "potentielle",
            "a_venir": "à venir",
            "terminee": "terminée",
            "non_precisee": "état non précisé",
        }[self]


VIVANTES = frozenset({EtatIntervention.EXISTANTE, EtatIntervention.POTENTIELLE, EtatIntervention.A_VENIR})
"""States of what is done or may be done: what has ended is not to be coordinated."""


@dataclass(frozen=True, slots=True)
class Intervention:
    """One action or service of one actor; `niveau` "" where the file does not say; `montant_eur` as written there."""

    id: str
    acteur: str
    type_acteur: str
    champs: tuple[str, ...]
    service: str
    etat: EtatIntervention
    maille: Maille | None
    code: str
    niveau: str
    date_debut: date | None
    date_fin: date | None
    etp: float | None
    montant_eur: float | None
    rang: int

    @property
    def nom_acteur(self) -> str:
        """The actor, by its type where it has no name."""
        return self.acteur or self.type_acteur or "acteur non précisé"


@dataclass(frozen=True, slots=True)
class Complementarite:
    """Several actors of one field on one territory, at different levels or with different services."""

    champ: str
    code: str
    acteurs: tuple[str, ...]
    niveaux: tuple[str, ...]
    services: tuple[str, ...]
    membres: tuple[Intervention, ...]


@dataclass(frozen=True, slots=True)
class Acteur:
    """One organisation of a territory: what it does there, and by which tables it is known.

    `communes` are those, of the whole dataset, where its interventions, agreements and conventions stand.
    """

    nom: str
    type: str
    champs: tuple[str, ...]
    niveaux: tuple[str, ...]
    existantes: int
    potentielles: int
    signataire: tuple[str, ...]
    conventions: int
    communes: tuple[str, ...]


def states(frames: Frames, jour: date) -> NDArray[np.object_]:
    """Return the state of every intervention at a day, in the order of the table (`EtatIntervention` values)."""
    periodes, instant = scope.periods(frames, _TABLE), np.datetime64(jour, "D")
    etat = frames[_TABLE]["etat"].to_numpy(dtype=object)
    potentielle = etat == EtatIntervention.POTENTIELLE.value
    return np.select(
        [
            periodes.fin < instant,
            potentielle,
            etat != EtatIntervention.EXISTANTE.value,
            periodes.debut > instant,
        ],
        [
            EtatIntervention.TERMINEE.value,
            EtatIntervention.POTENTIELLE.value,
            EtatIntervention.NON_PRECISEE.value,
            EtatIntervention.A_VENIR.value,
        ],
        default=EtatIntervention.EXISTANTE.value,
    ).astype(object)


def listed(frames: Frames, portee: Portee, *, terminees: bool = False) -> tuple[Intervention, ...]:
    """Return the interventions that a question keeps, in the order of the file; those that ended on request only."""
    garde = scope.rows(frames, _TABLE, portee)
    etats = states(frames, portee.jour)
    if not terminees:
        garde = garde & (etats != EtatIntervention.TERMINEE.value)
    toutes = _rows(frames)
    return tuple(_at(toutes[i], etats[i]) for i in np.flatnonzero(garde))


def _at(intervention: Intervention, etat: str) -> Intervention:
    champs = {c: getattr(intervention, c) for c in intervention.__slots__}
    return Intervention(**(champs | {"etat": EtatIntervention(etat)}))


@per_frames
def _rows(frames: Frames) -> tuple[Intervention, ...]:
    """Read every row once; its state is set at a day by `listed`."""
    champs = scope.fields_of(frames, _TABLE)
    return tuple(
        Intervention(
            id=str(ligne["id"]),
            acteur=str(ligne["acteur"]),
            type_acteur=str(ligne["type_acteur"]),
            champs=champs[rang],
            service=str(ligne["service"]),
            etat=EtatIntervention.NON_PRECISEE,
            maille=Maille(str(ligne["maille"])) if ligne["maille"] in list(Maille) else None,
            code=str(ligne["code_territoire"]),
            niveau=str(ligne["niveau"]),
            date_debut=scope.day_of(ligne["date_debut"]),
            date_fin=scope.day_of(ligne["date_fin"]),
            etp=scope.amount_of(ligne["etp"]),
            montant_eur=scope.amount_of(ligne["montant_eur"]),
            rang=rang,
        )
        for rang, ligne in enumerate(frames[_TABLE].to_dict("records"))
    )


def complementarities(frames: Frames, portee: Portee) -> tuple[Complementarite, ...]:
    """Find, on each territory that interventions name, the fields where several actors differ by level or service.

    Interventions of wider territories that hold this one whole are told beside its own; a field with the ones of
    wider territories alone is told there only.
    """
    vivantes = [i for i in listed(frames, portee) if i.etat in VIVANTES and i.code]
    codes = sorted({i.code for i in vivantes})
    trouvees = []
    for code in codes:
        ici = scope.footprint(frames, code)
        autour = [i for i in vivantes if i.code == code or (ici and scope.footprint(frames, i.code) >= ici)]
        for champ in sorted({c for i in autour if i.code == code for c in i.champs}):
            trouvees += _complementary(champ, code, [i for i in autour if champ in i.champs])
    if portee.champ != "tous":
        trouvees = [c for c in trouvees if c.champ == portee.champ]
    return tuple(trouvees)


def _complementary(champ: str, code: str, membres: list[Intervention]) -> list[Complementarite]:
    acteurs = tuple(sorted({i.nom_acteur for i in membres}))
    roles = {(i.nom_acteur, i.niveau, i.service) for i in membres}
    differents = {(niveau, service) for _, niveau, service in roles}
    if len(acteurs) < 2 or len(differents) < 2:
        return []
    niveaux = tuple(n for n in NIVEAUX if any(i.niveau == n for i in membres))
    services = tuple(sorted({i.service for i in membres if i.service}))
    return [Complementarite(champ, code, acteurs, niveaux, services, tuple(membres))]


def directory(frames: Frames, portee: Portee) -> tuple[Acteur, ...]:
    """List the organisations of a territory: those that intervene, sign agreements or hold conventions there."""
    fiches: dict[str, _Fiche] = defaultdict(_Fiche)
    for i in listed(frames, portee):
        fiche = fiches[i.nom_acteur]
        fiche.types.append(i.type_acteur)
        fiche.champs.update(i.champs)
        fiche.niveaux.add(i.niveau)
        fiche.existantes += i.etat is EtatIntervention.EXISTANTE
        fiche.potentielles += i.etat is EtatIntervention.POTENTIELLE
        fiche.communes.update(scope.footprint(frames, i.code))
    perimetres = dict(zip(frames["ctg"]["id_ctg"], register.members(frames), strict=True))
    for nom, type_, id_ctg in _signatories(frames, portee):
        fiches[nom].types.append(type_)
        fiches[nom].signataire.append(id_ctg)
        fiches[nom].communes.update(perimetres[id_ctg])
    for nom, type_, code in _holders(frames, portee):
        fiches[nom].types.append(type_)
        fiches[nom].conventions += 1
        fiches[nom].communes.update(scope.footprint(frames, code))
    return tuple(_actor(nom, fiche) for nom, fiche in sorted(fiches.items()) if nom)


class _Fiche:
    """What is gathered of one organisation."""

    def __init__(self) -> None:
        self.types: list[str] = []
        self.champs: set[str] = set()
        self.niveaux: set[str] = set()
        self.existantes = self.potentielles = self.conventions = 0
        self.signataire: list[str] = []
        self.communes: set[str] = set()


def _actor(nom: str, fiche: "_Fiche") -> Acteur:
    return Acteur(
        nom,
        next((t for t in fiche.types if t), ""),
        tuple(sorted(fiche.champs)),
        tuple(n for n in NIVEAUX if n in fiche.niveaux),
        fiche.existantes,
        fiche.potentielles,
        tuple(dict.fromkeys(fiche.signataire)),
        fiche.conventions,
        tuple(sorted(fiche.communes)),
    )


def _signatories(frames: Frames, portee: Portee) -> list[tuple[str, str, str]]:
    """Return name, type and agreement of the parties of the agreements in force that a question keeps."""
    actives = set(scope.active_agreements(frames, portee))
    return [
        (str(s["nom"]) or str(s["type"]), str(s["type"]), str(s["id_ctg"]))
        for s in frames["ctg_signataires"].to_dict("records")
        if s["id_ctg"] in actives
    ]


def _holders(frames: Frames, portee: Portee) -> list[tuple[str, str, str]]:
    """Return name, type and code of the collectivité of each convention in force that a question keeps."""
    garde = scope.rows(frames, "conventions", portee) & scope.periods(frames, "conventions").holds(portee.instant)
    lignes = frames["conventions"][garde]
    return [
        (str(c["collectivite"]), str(c["maille"]), str(c["code_territoire"]))
        for c in lignes.to_dict("records")
        if c["collectivite"]
    ]
