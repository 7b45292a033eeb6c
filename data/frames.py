"""Frames: the tables of one dataset, checked once and then read-only."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import geopandas as gpd
import pandas as pd

from data import departements
from data.model import CHAMPS, Champ, Jeu


@dataclass(frozen=True, eq=False)
class Frames:
    """One dataset in memory; nobody writes into it after `data.jeu.read`.

    `communes`: EPSG:4326, sorted by `code`, unique; columns `code`, `nom`, `code_epci` ("" without
    Epci), `code_departement`, `population` (float, NaN unknown), `geometry`.
    `qpv`: EPSG:4326; columns `code_qpv`, `nom`, `codes_communes` (`|` between codes), `geometry`.
    `tables`: every other table of FORMATS.md §1 under its file's stem with `_` for `-`
    (`ctg_communes`), its columns all present; text columns hold "" where empty, numbers are
    float64 with NaN, dates are datetime64 with NaT; a missing table has its columns and no row.
    `presentes` names the tables that the dataset brought; `pieces` holds the files that its settings name (a template
    of slides, a logo) under the key that names them.
    `contexte` holds the areas and lines drawn around the territories, by kind (`data.reading.context.NOMS`), EPSG:4326.
    """

    jeu: Jeu
    communes: gpd.GeoDataFrame
    qpv: gpd.GeoDataFrame
    tables: Mapping[str, pd.DataFrame]
    presentes: frozenset[str]
    champs: tuple[Champ, ...] = CHAMPS
    pieces: Mapping[str, bytes] = field(default_factory=dict)
    contexte: Mapping[str, gpd.GeoSeries] = field(default_factory=dict)

    def __getitem__(self, table: str) -> pd.DataFrame:
        """Return a table by its name, e.g. `frames["ctg_communes"]`."""
        return self.tables[table]

    def has(self, table: str) -> bool:
        """Tell whether the dataset brought this table."""
        return table in self.presentes

    def champ(self, id_champ: str) -> Champ | None:
        """Return a thematic field of this dataset, or None where unknown."""
        return next((c for c in self.champs if c.id == id_champ), None)

    @cached_property
    def noms(self) -> Mapping[str, str]:
        """Name of every territory by code: communes, Epci, départements (code when unknown), QPV."""
        noms = dict(zip(self.communes["code"], self.communes["nom"], strict=True))
        noms |= dict(zip(self["epci"]["code_epci"], self["epci"]["nom"], strict=True))
        noms |= dict(zip(self.qpv["code_qpv"], self.qpv["nom"], strict=True))
        return {**{d: departements.nom(d) for d in self.communes["code_departement"].unique()}, **noms}
