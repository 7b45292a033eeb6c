"""The agreements that models speak of: which ones, where on the map, in which words."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from data.frames import Frames
from data.measures import agreements, coverage, territories
from data.model import Echelon, Maille, StatutCtg

ACTIFS = (StatutCtg.EN_VIGUEUR.value, StatutCtg.A_RENOUVELER.value)


@dataclass(frozen=True, slots=True)
class Accord:
    """One signed agreement at a day; `communes` are its codes, sorted; `fin` None where unknown."""

    id: str
    nom: str
    echelon: str
    statut: str
    signature: date | None
    debut: date | None
    fin: date | None
    communes: tuple[str, ...]

    @property
    def actif(self) -> bool:
        """Whether it is in force at the day."""
        return self.statut in ACTIFS


def signed(frames: Frames, jour: date) -> tuple[Accord, ...]:
    """Return the agreements signed at a day: in force first, then by last day, the nearest first."""
    table, links = agreements.status(frames, jour), coverage.links(frames)
    codes = territories.codes(frames)
    found = [
        Accord(
            row["id_ctg"],
            row["nom"] or row["id_ctg"],
            row["echelon"],
            row["statut"],
            _day(row["date_signature"]),
            _day(row["date_debut"]),
            _day(row["date_fin"]),
            tuple(sorted(codes[links.commune[links.ctg == rank]])),
        )
        for rank, row in enumerate(table.to_dict("records"))
        if row["signee"]
    ]
    return tuple(sorted(found, key=lambda a: (not a.actif, _nearness(a, jour), a.id)))


def to_renew(frames: Frames, jour: date) -> tuple[Accord, ...]:
    """Return the agreements to be renewed at a day, by last day."""
    return tuple(a for a in signed(frames, jour) if a.statut == StatutCtg.A_RENOUVELER.value)


def where(frames: Frames, accord: Accord) -> dict[str, Any]:
    """Return what of a View points at an agreement: a commune, an Epci, or the territory that its communes make."""
    if accord.echelon == Echelon.DEPARTEMENTAL.value or not accord.communes:
        return {}
    if len(accord.communes) == 1:
        return {"territoire": accord.communes[0]}
    members = territories.members(frames, Maille.EPCI)
    epci = set(members[list(accord.communes)])
    only = epci.pop() if len(epci) == 1 else ""
    if only and tuple(sorted(members.index[members == only])) == accord.communes:
        return {"territoire": only}
    return {"communes": accord.communes, "nom": accord.nom[:80]}


def _nearness(accord: Accord, jour: date) -> int:
    return abs((accord.fin - jour).days) if accord.fin else 10**6


def _day(instant: pd.Timestamp) -> date | None:
    return None if pd.isna(instant) else instant.date()
