"""Objectives and what became of them; actions by state; the evaluation of one agreement (DOMAINE S41-S47, §3.10).

`avancement = (résultat - départ) / (objectif - départ)`: undefined where objective and baseline are equal, never
clamped. Without a baseline the result stands alone. Nothing here says that the agreement caused anything.
"""

from collections import Counter
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from data.frames import Frames
from data.measures import discretion, scope
from data.measures.cache import per_frames
from data.measures.scope import Portee
from data.model import TOUS_CHAMPS, Blanc

ETATS_ACTION = ("prevue", "engagee", "realisee", "abandonnee")
OUVERTES = frozenset({"prevue", "engagee", ""})


class Tendance(StrEnum):
    """Where the last known value stands with regard to the baseline and the direction wanted."""

    VERS = "vers"
    INCHANGE = "inchange"
    LOIN = "loin"
    INCONNUE = "inconnue"

    @property
    def libelle(self) -> str:
        """French label: a fact, not a judgement."""
        return {
            "vers": "dans le sens de l'objectif",
            "inchange": "inchangé depuis le départ",
            "loin": "dans l'autre sens",
            "inconnue": "tendance inconnue",
        }[self]

    @property
    def signe(self) -> str:
        """A shape for it, since colour alone says nothing to some."""
        return {"vers": "▲", "inchange": "■", "loin": "▽", "inconnue": "·"}[self]


@dataclass(frozen=True, slots=True)
class Point:
    """A value and its year; None where it is not known, or may not be seen (`statut`: a `Blanc` value)."""

    valeur: float | None
    annee: int | None
    statut: str = ""


@dataclass(frozen=True, slots=True)
class Resultat:
    """One objective: baseline, last known value at the day, target; `sens` "hausse", "baisse" or "".

    `avancement` is a share (1 is the target reached), not clamped, None where it is undefined; `a_venir` tells that
    the file's value is of a year after the day, hence not shown; `contraire` that `sens` and target disagree.
    """

    id: str
    id_ctg: str
    champ: str
    libelle: str
    indicateur: str
    depart: Point
    actuel: Point
    cible: Point
    sens: str
    avancement: float | None
    tendance: Tendance
    a_venir: bool
    contraire: bool

    @property
    def atteint(self) -> bool | None:
        """Whether the last known value is the target or beyond it, in the direction wanted; None where unknown."""
        if self.actuel.valeur is None or self.cible.valeur is None or not self.sens:
            return None
        ecart = self.actuel.valeur - self.cible.valeur
        return ecart >= 0 if self.sens == "hausse" else ecart <= 0


@dataclass(frozen=True, slots=True)
class Action:
    """One line of a plan d'actions; `depassee`: its last day is past and the file does not say it ended."""

    id: str
    id_ctg: str
    champ: str
    libelle: str
    pilote: str
    etat: str
    priorite: str
    date_debut: date | None
    date_fin: date | None
    indicateur: str
    depassee: bool
    orientation_nationale: str
    priorite_locale: str
    habitants_associes: str
    adaptation: str
    etiquettes: tuple[str, ...]
    code: str


@dataclass(frozen=True, slots=True)
class Avancee:
    """How many actions stand in each state of `ETATS_ACTION`; `autres` have another or none."""

    etats: tuple[tuple[str, int], ...]
    autres: int
    depassees: int

    @property
    def total(self) -> int:
        """All the actions."""
        return sum(n for _, n in self.etats) + self.autres


def objectives(frames: Frames, portee: Portee, id_ctg: str = "") -> tuple[Resultat, ...]:
    """Return the objectives of one agreement, or of all the agreements that the filters keep, whatever their status."""
    retenus = _kept(frames, portee, id_ctg)
    return tuple(
        _discreet(frames, portee, _result(ligne, portee.jour))
        for ligne in frames["objectifs"].to_dict("records")
        if ligne["id_ctg"] in retenus and portee.champ in (TOUS_CHAMPS, ligne["champ"])
    )


def actions(frames: Frames, portee: Portee, id_ctg: str = "") -> tuple[Action, ...]:
    """Return the actions of one agreement, or of all the agreements that the filters keep."""
    retenus = _kept(frames, portee, id_ctg)
    return tuple(
        _action(ligne, portee.jour)
        for ligne in frames["actions"].to_dict("records")
        if ligne["id_ctg"] in retenus and portee.champ in (TOUS_CHAMPS, ligne["champ"])
    )


def progress(liste: tuple[Action, ...]) -> Avancee:
    """Count actions by state."""
    compte = Counter(a.etat for a in liste)
    etats = tuple((e, compte[e]) for e in ETATS_ACTION)
    return Avancee(etats, len(liste) - sum(n for _, n in etats), sum(a.depassee for a in liste))


def advance(depart: float | None, actuel: float | None, cible: float | None) -> float | None:
    """Compute the share of the way done; None where a term lacks or where target and baseline are equal."""
    if depart is None or actuel is None or cible is None or cible == depart:
        return None
    return (actuel - depart) / (cible - depart)


def _kept(frames: Frames, portee: Portee, id_ctg: str) -> frozenset[str]:
    return frozenset({id_ctg}) if id_ctg else frozenset(scope.agreements_asked(frames, portee))


def _result(ligne: Mapping[Hashable, object], jour: date) -> Resultat:
    depart, actuel, cible = (
        Point(scope.amount_of(ligne[v]), _year(ligne[a]))
        for v, a in (
            ("valeur_reference", "annee_reference"),
            ("valeur_actuelle", "annee_actuelle"),
            ("cible", "annee_cible"),
        )
    )
    a_venir = actuel.annee is not None and actuel.annee > jour.year
    actuel = Point(None, None) if a_venir else actuel
    sens = str(ligne["sens"])
    return Resultat(
        id=str(ligne["id_objectif"]),
        id_ctg=str(ligne["id_ctg"]),
        champ=str(ligne["champ"]),
        libelle=str(ligne["libelle"]),
        indicateur=str(ligne["indicateur"]),
        depart=depart,
        actuel=actuel,
        cible=cible,
        sens=sens,
        avancement=advance(depart.valeur, actuel.valeur, cible.valeur),
        tendance=_trend(depart.valeur, actuel.valeur, cible.valeur, sens),
        a_venir=a_venir,
        contraire=_disagree(depart.valeur, cible.valeur, sens),
    )


def _discreet(frames: Frames, portee: Portee, resultat: Resultat) -> Resultat:
    """Hide what the profile may not see of an objective, with the share and the direction that would give it back."""
    communes = footprint_of(frames).get(resultat.id_ctg, ())
    ici = replace(portee, communes=communes, territoire="")
    depart, actuel = (
        Point(None, p.annee, Blanc.SECRET.value)
        if discretion.hides(frames, ici, resultat.indicateur, (p.valeur, p.annee))
        else p
        for p in (resultat.depart, resultat.actuel)
    )
    if not (depart.statut or actuel.statut):
        return resultat
    return replace(resultat, depart=depart, actuel=actuel, avancement=None, tendance=Tendance.INCONNUE)


@per_frames
def footprint_of(frames: Frames) -> dict[str, tuple[str, ...]]:
    """Return the communes of each agreement."""
    liens = frames["ctg_communes"].groupby("id_ctg")["code_commune"]
    return {str(ident): tuple(sorted(set(codes))) for ident, codes in liens}


def _trend(depart: float | None, actuel: float | None, cible: float | None, sens: str) -> Tendance:
    """Compare with the baseline, in the direction of `sens`, failing that towards the target."""
    voulu = {"hausse": 1.0, "baisse": -1.0}.get(sens) or (0.0 if None in (depart, cible) else cible - depart)  # type: ignore[operator]
    if depart is None or actuel is None or not voulu:
        return Tendance.INCONNUE
    ecart = (actuel - depart) * voulu
    return Tendance.INCHANGE if ecart == 0 else Tendance.VERS if ecart > 0 else Tendance.LOIN


def _disagree(depart: float | None, cible: float | None, sens: str) -> bool:
    if depart is None or cible is None or depart == cible:
        return False
    return sens == ("baisse" if cible > depart else "hausse")


def _action(ligne: Mapping[Hashable, object], jour: date) -> Action:
    fin, etat = scope.day_of(ligne["date_fin"]), str(ligne["etat"])
    return Action(
        id=str(ligne["id_action"]),
        id_ctg=str(ligne["id_ctg"]),
        champ=str(ligne["champ"]),
        libelle=str(ligne["libelle"]),
        pilote=str(ligne["pilote"]),
        etat=etat,
        priorite=str(ligne["priorite"]),
        date_debut=scope.day_of(ligne["date_debut"]),
        date_fin=fin,
        indicateur=str(ligne["indicateur"]),
        depassee=etat in OUVERTES and fin is not None and fin < jour,
        orientation_nationale=str(ligne["orientation_nationale"]),
        priorite_locale=str(ligne["priorite_locale"]),
        habitants_associes=str(ligne["habitants_associes"]),
        adaptation=str(ligne["adaptation"]),
        etiquettes=tuple(e for e in str(ligne["etiquettes"]).split("|") if e),
        code=str(ligne["code_territoire"]),
    )


def _year(valeur: object) -> int | None:
    annee = scope.amount_of(valeur)
    return None if annee is None else int(annee)
