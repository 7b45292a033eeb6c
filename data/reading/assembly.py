"""From the tables as text to the tables that enter, every rule of FORMATS §1 applied on the way."""

from collections.abc import Mapping
from dataclasses import dataclass

import geopandas as gpd
import pandas as pd

from data.model import Champ
from data.reading import indicators, rules
from data.reading.gate import pass_gate
from data.reading.headers import RawTable
from data.reading.ledger import Ledger
from data.reading.perimeter import Perimeter, place
from data.reading.places import check_positions
from data.reading.typed import type_table

Tables = dict[str, pd.DataFrame]


@dataclass(frozen=True, slots=True)
class Context:
    """What the tables are read against; without territories, what depends on them is left unsaid."""

    champs: tuple[Champ, ...]
    communes: gpd.GeoDataFrame | None = None
    perimetre: Perimeter | None = None


def assemble(brutes: Mapping[str, RawTable], contexte: Context, ledger: Ledger) -> Tables:
    """Return the tables as Frames hold them, still indexed by line; problems go to the ledger."""
    tables = {nom: _enter(brute, contexte.champs, ledger) for nom, brute in brutes.items()}
    if "indicateurs" in tables:
        tables["indicateurs"] = _indicators(brutes["indicateurs"], tables, contexte.perimetre, ledger)
    for nom, brute in brutes.items():
        rules.check_periods(brute, tables[nom], ledger)
        tables[nom] = _settle(brute, tables[nom], contexte, ledger)
    _cross(brutes, tables, contexte.perimetre, ledger)
    return tables


def _enter(brute: RawTable, champs: tuple[Champ, ...], ledger: Ledger) -> pd.DataFrame:
    typee = pass_gate(brute, type_table(brute, champs, ledger), ledger)
    return rules.without_repeats(brute, typee, ledger)


def _indicators(brute: RawTable, tables: Tables, perimetre: Perimeter | None, ledger: Ledger) -> pd.DataFrame:
    natures = indicators.natures_of(tables.get("indicateurs_def"))
    typee = indicators.settle_blanks(brute, tables["indicateurs"], ledger)
    typee = indicators.check_values(brute, typee, natures, ledger)
    return typee if perimetre is None else indicators.fold_districts(brute, typee, perimetre, natures, ledger)


def _settle(brute: RawTable, typee: pd.DataFrame, contexte: Context, ledger: Ledger) -> pd.DataFrame:
    """Put the rows of a table in the perimeter."""
    if contexte.perimetre is None:
        return typee
    placee = place(brute, typee, contexte.perimetre, ledger)
    if brute.table.unicite:
        # Arrondissements folded to one commune repeat each other; nobody needs to mend that.
        placee = placee.drop_duplicates(list(brute.table.unicite))
    return check_positions(brute, placee, contexte.communes, ledger) if "latitude" in placee else placee


def _cross(brutes: Mapping[str, RawTable], tables: Tables, perimetre: Perimeter | None, ledger: Ledger) -> None:
    rules.check_links(brutes, ledger)
    if "ctg" in tables:
        tables["ctg"] = rules.check_agreements(brutes["ctg"], tables["ctg"], ledger)
        if "ctg_communes" in tables:
            rules.check_reach(brutes["ctg"], tables["ctg"], tables["ctg_communes"]["id_ctg"], ledger)
    if "epci" in tables and perimetre is not None:
        rules.check_names(brutes["epci"], tables["epci"], perimetre.epci, ledger)
