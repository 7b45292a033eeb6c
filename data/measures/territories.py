"""Territories of each maille and the communes that make them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data.frames import Frames
from data.measures.cache import per_frames
from data.model import Maille

Rangs = NDArray[np.intp]
Nombres = NDArray[np.float64]
Booleens = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Groupes:
    """Territories of one maille: `codes` sorted; `rang[i]` is that of the i-th commune, -1 for none."""

    codes: tuple[str, ...]
    rang: Rangs

    def sums(self, valeurs: Nombres | Booleens) -> Nombres:
        """Sum one value per commune into one per territory; NaN counts as nothing."""
        poids = np.nan_to_num(np.asarray(valeurs, dtype=np.float64))
        return np.bincount(self.rang + 1, weights=poids, minlength=len(self.codes) + 1)[1:].astype(np.float64)

    @property
    def tailles(self) -> Rangs:
        """Number of communes of each territory."""
        return np.bincount(self.rang + 1, minlength=len(self.codes) + 1)[1:]


def only(dedans: Booleens) -> Groupes:
    """Return one territory without a code, made of the communes that are `dedans`."""
    return Groupes(("",), np.where(dedans, 0, -1).astype(np.intp))


@per_frames
def groups(frames: Frames, maille: Maille) -> Groupes:
    """Return the territories of a maille of the map; communes without Epci belong to none."""
    colonne = {Maille.COMMUNE: "code", Maille.EPCI: "code_epci", Maille.DEPARTEMENT: "code_departement"}[maille]
    membres = frames.communes[colonne].fillna("").to_numpy(dtype=object)
    codes, rang = np.unique(membres.astype(str), return_inverse=True)
    sans = int(len(codes) > 0 and codes[0] == "")
    return Groupes(tuple(str(c) for c in codes[sans:]), rang.reshape(-1) - sans)


@per_frames
def ranks(frames: Frames, maille: Maille) -> dict[str, int]:
    """Return the rank of each territory of a maille by its code."""
    return {code: rang for rang, code in enumerate(groups(frames, maille).codes)}


@per_frames
def codes(frames: Frames) -> pd.Index[str]:
    """Return the codes of the communes, in the order of every array of `data.measures`."""
    index: pd.Index[str] = pd.Index(frames.communes["code"], name="code_commune")
    return index


def positions(frames: Frames, code_commune: pd.Series) -> Rangs:
    """Return the position of each commune among those of the dataset, -1 where it is not there."""
    return np.asarray(codes(frames).get_indexer(pd.Index(code_commune)), dtype=np.intp)


@per_frames
def members(frames: Frames, maille: Maille) -> pd.Series:
    """Return, by commune, the code of its territory of this maille ("" if none)."""
    groupes = groups(frames, maille)
    noms = np.array([*groupes.codes, ""], dtype=object)
    return pd.Series(noms[groupes.rang], index=codes(frames), name=maille.value)


def names(frames: Frames, maille: Maille) -> pd.Series:
    """Return the name of each territory of a maille by its code."""
    tous = groups(frames, maille).codes
    return pd.Series([frames.noms.get(c, c) for c in tous], index=pd.Index(tous, name="code"), name="nom", dtype="str")


def departements(frames: Frames) -> tuple[str, ...]:
    """Return the codes of the départements that the communes of the dataset belong to."""
    return groups(frames, Maille.DEPARTEMENT).codes


def departements_of(frames: Frames, dedans: Booleens) -> tuple[str, ...]:
    """Return the codes of the départements that hold the communes that are `dedans`."""
    groupes = groups(frames, Maille.DEPARTEMENT)
    return tuple(groupes.codes[rang] for rang in np.unique(groupes.rang[dedans]) if rang >= 0)


@per_frames
def qpv_by_commune(frames: Frames) -> dict[str, frozenset[str]]:
    """Return the QPV of each commune that has one, by code."""
    trouves: dict[str, set[str]] = {}
    for qpv, communes in zip(frames.qpv["code_qpv"], frames.qpv["codes_communes"], strict=True):
        for commune in communes.split("|"):
            trouves.setdefault(commune.strip(), set()).add(qpv)
    return {commune: frozenset(codes) for commune, codes in trouves.items()}


@per_frames
def _qpv(frames: Frames) -> frozenset[str]:
    return frozenset(frames.qpv["code_qpv"])


def maille_of(frames: Frames, code: str) -> Maille | None:
    """Tell the maille of a code, QPV included; None where the dataset does not know it."""
    if code in _qpv(frames):
        return Maille.QPV
    return next((m for m in (Maille.COMMUNE, Maille.EPCI, Maille.DEPARTEMENT) if code in ranks(frames, m)), None)


def communes_of(frames: Frames, code: str) -> tuple[str, ...]:
    """List the communes of the dataset in a territory of any maille, sorted by code."""
    maille = maille_of(frames, code)
    if maille is None:
        return ()
    if maille is Maille.QPV:
        liste = frames.qpv.loc[frames.qpv["code_qpv"] == code, "codes_communes"].str.split("|").explode()
        return tuple(sorted(set(liste.str.strip()) & set(codes(frames))))
    rang = ranks(frames, maille)[code]
    return tuple(codes(frames)[groups(frames, maille).rang == rang])
