"""A national dataset seen by one Caf: its départements alone, as if the dataset had been prepared for it."""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import replace
from threading import Lock
from weakref import WeakKeyDictionary

import pandas as pd

from data import departements
from data.frames import Frames

CAF_GARDEES = 24
_PAR_CTG = ("ctg_champs", "ctg_signataires", "ctg_evaluations", "objectifs", "actions")
_PAR_COMMUNE = ("services", "points_acces")
_PAR_TERRITOIRE = ("indicateurs", "territoires_prioritaires", "interventions", "conventions", "schemas")
_known: WeakKeyDictionary[Frames, OrderedDict[str, Frames]] = WeakKeyDictionary()
_lock = Lock()


def offered(frames: Frames) -> tuple[str, ...]:
    """List the Caf of a dataset by the code of their département; none where it has only one."""
    here = tuple(sorted(frames.communes["code_departement"].unique()))
    return here if len(here) > 1 else ()


def within(frames: Frames, caf: str) -> Frames:
    """Return the dataset of one Caf, the whole dataset for "" or for a Caf that it does not offer."""
    if not caf or caf not in offered(frames):
        return frames
    with _lock:
        kept = _known.setdefault(frames, OrderedDict())
        if caf not in kept:
            kept[caf] = _restricted(frames, caf)
        kept.move_to_end(caf)
        while len(kept) > CAF_GARDEES:
            kept.popitem(last=False)
        return kept[caf]


def _restricted(frames: Frames, caf: str) -> Frames:
    communes = frames.communes[frames.communes["code_departement"] == caf].reset_index(drop=True)
    inside = frozenset(communes["code"])
    touched = [not inside.isdisjoint(codes.split("|")) for codes in frames.qpv["codes_communes"]]
    qpv = frames.qpv[touched].reset_index(drop=True)
    territoires = {
        "commune": inside,
        "epci": frozenset(communes["code_epci"]) - {""},
        "departement": frozenset({caf}),
        "qpv": frozenset(qpv["code_qpv"]),
    }
    jeu = replace(frames.jeu, nom=departements.caf(caf), departements=(caf,), version=f"{frames.jeu.version}-{caf}")
    return replace(frames, jeu=jeu, communes=communes, qpv=qpv, tables=_tables(frames, territoires))


def _tables(frames: Frames, territoires: Mapping[str, frozenset[str]]) -> dict[str, pd.DataFrame]:
    tables = dict(frames.tables)

    def keep(table: str, kept: "pd.Series[bool]") -> None:
        tables[table] = tables[table][kept].reset_index(drop=True)

    keep("epci", tables["epci"]["code_epci"].isin(territoires["epci"]))
    keep("ctg_communes", tables["ctg_communes"]["code_commune"].isin(territoires["commune"]))
    keep("ctg", tables["ctg"]["id_ctg"].isin(tables["ctg_communes"]["id_ctg"]))
    for table in _PAR_CTG:
        keep(table, tables[table]["id_ctg"].isin(tables["ctg"]["id_ctg"]))
    for table in _PAR_COMMUNE:
        keep(table, tables[table]["code_commune"].isin(territoires["commune"]))
    keep("frequentation", tables["frequentation"]["id_point"].isin(tables["points_acces"]["id"]))
    for table in _PAR_TERRITOIRE:
        keep(table, _concerned(tables[table], territoires))
    return tables


def _concerned(table: pd.DataFrame, territoires: Mapping[str, frozenset[str]]) -> "pd.Series[bool]":
    """Tell the rows of a territory of the Caf; those that name none speak of all of them."""
    kept = table["code_territoire"] == ""
    for maille, codes in territoires.items():
        kept |= (table["maille"] == maille) & table["code_territoire"].isin(codes)
    return kept
