"""What each agreement names: its parties with their deliberations, its fields with their priority and objective."""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from data.frames import Frames
from data.measures.cache import per_frames


@dataclass(frozen=True, slots=True)
class Signataire:
    """One party of an agreement."""

    type: str
    code: str
    nom: str
    date_deliberation: date | None


@dataclass(frozen=True, slots=True)
class ChampCtg:
    """A field that an agreement names; `priorite` "1", "2", "3" or ""."""

    champ: str
    libelle: str
    priorite: str
    objectif: str


@per_frames
def parties(frames: Frames) -> dict[str, tuple[Signataire, ...]]:
    """Return the parties of each agreement, in the order of the file."""
    tous: dict[str, tuple[Signataire, ...]] = {}
    for s in frames["ctg_signataires"].to_dict("records"):
        partie = Signataire(str(s["type"]), str(s["code"]), str(s["nom"]), _day(s["date_deliberation"]))
        tous[str(s["id_ctg"])] = (*tous.get(str(s["id_ctg"]), ()), partie)
    return tous


@per_frames
def fields_named(frames: Frames) -> dict[str, tuple[ChampCtg, ...]]:
    """Return the fields that each agreement names, in the order of the file."""
    champs: dict[str, tuple[ChampCtg, ...]] = {}
    for c in frames["ctg_champs"].to_dict("records"):
        libelle = field_label(frames, str(c["champ"]))
        champ = ChampCtg(str(c["champ"]), libelle, str(c["priorite"]), str(c["objectif"]))
        champs[str(c["id_ctg"])] = (*champs.get(str(c["id_ctg"]), ()), champ)
    return champs


def field_label(frames: Frames, champ: str) -> str:
    """Return the French label of a field, its id written as words where the dataset does not know it."""
    connu = frames.champ(champ)
    return connu.libelle if connu else champ.replace("_", " ")


def _day(valeur: object) -> date | None:
    return valeur.date() if isinstance(valeur, pd.Timestamp) and not pd.isna(valeur) else None
