"""What changes from one version of a dataset to the next, agreement by agreement and commune by commune."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import pandas as pd

from data.frames import Frames
from data.measures import agreements, coverage
from data.measures.coverage import Part
from data.model import StatutCtg
from data.reprise.cibles import CIBLES, ECHELON, STATUT
from data.reprise.mots import choices

_ACTIVES = (StatutCtg.EN_VIGUEUR, StatutCtg.A_RENOUVELER)
_NOMMES_MAX = 12


class Nature(StrEnum):
    """What became of an agreement; `terminee` is one in force before and ended after, whatever else changed."""

    AJOUTEE = "ajoutee"
    TERMINEE = "terminee"
    CHANGEE = "changee"
    RETIREE = "retiree"

    @property
    def libelle(self) -> str:
        """French label."""
        return {"ajoutee": "Ajoutée", "terminee": "Terminée", "changee": "Modifiée", "retiree": "Retirée"}[self]


class Effet(StrEnum):
    """What a version changes for a commune, at a day."""

    ENTRE = "entre"
    SORT = "sort"
    MODIFIEE = "modifiee"


@dataclass(frozen=True, slots=True)
class Detail:
    """One fact that changes, in words; "" for nothing."""

    quoi: str
    avant: str
    apres: str


@dataclass(frozen=True, slots=True)
class Changement:
    """One agreement that changes; `communes` are those of its perimeter before or after."""

    id_ctg: str
    nom: str
    nature: Nature
    details: tuple[Detail, ...]
    communes: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Difference:
    """All that changes; `effets` by commune at the day compared, `avant` and `apres` the population covered then."""

    jour: date
    changements: tuple[Changement, ...]
    effets: Mapping[str, Effet]
    avant: Part
    apres: Part

    def count(self, nature: Nature) -> int:
        """Count the agreements to which this happens."""
        return sum(c.nature is nature for c in self.changements)


def compare(avant: Frames, apres: Frames, jour: date) -> Difference:
    """Compare the agreements of two versions of a dataset; a day decides which have ended and what is covered."""
    fiches = _cards(avant, jour), _cards(apres, jour)
    ids = sorted({*fiches[0], *fiches[1]})
    changements = tuple(c for i in ids if (c := _change(i, fiches[0].get(i), fiches[1].get(i), apres)) is not None)
    couvertes = coverage.compute(avant, jour), coverage.compute(apres, jour)
    effets: dict[str, Effet] = {c: Effet.MODIFIEE for change in changements for c in change.communes}
    dedans = [set(c.codes[c.couvertes.to_numpy()]) for c in couvertes]
    effets |= dict.fromkeys(dedans[1] - dedans[0], Effet.ENTRE) | dict.fromkeys(dedans[0] - dedans[1], Effet.SORT)
    return Difference(jour, changements, effets, couvertes[0].population, couvertes[1].population)


@dataclass(frozen=True, slots=True)
class _Fiche:
    faits: Mapping[str, str]
    statut: str
    communes: frozenset[str]
    champs: frozenset[str]
    signataires: frozenset[str]


def _cards(frames: Frames, jour: date) -> dict[str, _Fiche]:
    libelles = {c: choices(frames, c) for c in (ECHELON, STATUT)}
    statuts = dict(zip(frames["ctg"]["id_ctg"], agreements.status(frames, jour)["statut"], strict=True))
    communes, champs, signataires = (
        _lists_of(frames, *ou)
        for ou in (("ctg_communes", "code_commune"), ("ctg_champs", "champ"), ("ctg_signataires", "nom"))
    )
    vide: frozenset[str] = frozenset()
    return {
        row["id_ctg"]: _Fiche(
            {c.colonne: _said(row[c.colonne], libelles.get(c.id, {})) for c in CIBLES if c.colonne},
            str(statuts[row["id_ctg"]]),
            *(liste.get(row["id_ctg"], vide) for liste in (communes, champs, signataires)),
        )
        for row in frames["ctg"].to_dict("records")
    }


def _lists_of(frames: Frames, table: str, colonne: str) -> dict[str, frozenset[str]]:
    listes: dict[str, set[str]] = {}
    for id_ctg, valeur in zip(frames[table]["id_ctg"], frames[table][colonne], strict=True):
        listes.setdefault(id_ctg, set()).add(valeur)
    return {id_ctg: frozenset(valeurs - {""}) for id_ctg, valeurs in listes.items()}


def _said(valeur: object, libelles: Mapping[str, str]) -> str:
    if isinstance(valeur, pd.Timestamp):
        return valeur.strftime("%d/%m/%Y")
    if isinstance(valeur, float):
        return f"{valeur:.15g}".replace(".", ",") if valeur == valeur else ""
    return "" if valeur is None or valeur is pd.NaT else libelles.get(str(valeur), str(valeur))


def _change(id_ctg: str, avant: _Fiche | None, apres: _Fiche | None, frames: Frames) -> Changement | None:
    details = _details(avant, apres, frames)
    if avant is not None and apres is not None and not details:
        return None
    presente = apres or avant
    assert presente is not None
    communes = (avant.communes if avant else frozenset()) | (apres.communes if apres else frozenset())
    nom = presente.faits["nom"] or id_ctg
    return Changement(id_ctg, nom, _nature(avant, apres), details, tuple(sorted(communes)))


def _nature(avant: _Fiche | None, apres: _Fiche | None) -> Nature:
    if avant is None:
        return Nature.AJOUTEE
    if apres is None:
        return Nature.RETIREE
    ended = avant.statut in _ACTIVES and apres.statut == StatutCtg.ECHUE
    return Nature.TERMINEE if ended else Nature.CHANGEE


def _details(avant: _Fiche | None, apres: _Fiche | None, frames: Frames) -> tuple[Detail, ...]:
    vide = _Fiche({}, "", frozenset(), frozenset(), frozenset())
    a, b = avant or vide, apres or vide
    faits = [
        Detail(c.libelle, a.faits.get(c.colonne, ""), b.faits.get(c.colonne, ""))
        for c in CIBLES
        if c.colonne and a.faits.get(c.colonne, "") != b.faits.get(c.colonne, "")
    ]
    libelles = {c.id: c.libelle for c in frames.champs}
    listes: tuple[tuple[str, frozenset[str], frozenset[str], Mapping[str, str]], ...] = (
        ("Communes", a.communes, b.communes, frames.noms),
        ("Champs thématiques", a.champs, b.champs, libelles),
        ("Signataires", a.signataires, b.signataires, {}),
    )
    return (*faits, *(d for quoi, x, y, noms in listes if (d := _lists(quoi, x - y, y - x, noms)) is not None))


def _lists(quoi: str, sorties: frozenset[str], entrees: frozenset[str], noms: Mapping[str, str]) -> Detail | None:
    if not sorties and not entrees:
        return None
    return Detail(quoi, _named("en moins", sorties, noms), _named("en plus", entrees, noms))


def _named(mot: str, codes: frozenset[str], noms: Mapping[str, str]) -> str:
    if not codes:
        return ""
    dits = sorted(noms.get(c, c) for c in codes)
    suite = f" et {len(dits) - _NOMMES_MAX} autres" if len(dits) > _NOMMES_MAX else ""
    return f"{mot}\u202f: {', '.join(dits[:_NOMMES_MAX])}{suite}"
