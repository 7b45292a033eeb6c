"""Which row of a table goes to which commune of the other map, and why some go to none."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from data import plm
from data.cog.columns import Colonnes, Raison
from data.cog.routes import SPLIT, UNKNOWN, Routes

Ranks = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Placement:
    """Rows of a table and their commune of arrival: `target` is a rank of `routes`, `raison` "" for the placed rows."""

    table: pd.DataFrame
    colonnes: Colonnes
    routes: Routes
    codes: "pd.Series[str]"
    target: Ranks
    raison: npt.NDArray[np.object_]

    @property
    def rows(self) -> Ranks:
        """Positions of the rows that are placed."""
        return np.flatnonzero(self.raison == "")


@dataclass(frozen=True, slots=True)
class Groups:
    """Rows that make one commune of arrival under the same keys.

    `of_row` numbers the group of each placed row. Of each group: `target`, the rank of its commune; `first`, the
    position of its first row; `merged`, whether several communes make it up; `partial`, whether one has no row.
    """

    of_row: Ranks
    target: Ranks
    first: Ranks
    merged: Mask
    partial: Mask


def place(table: pd.DataFrame, colonnes: Colonnes, routes: Routes) -> Placement:
    """Tell where each row goes; the first of two rows of one commune and keys is kept."""
    table = table.reset_index(drop=True)
    codes = table[colonnes.code].astype("str").str.strip()
    target = routes.arrivals(codes)
    shared = (target == SPLIT) | ((target >= 0) & routes.broken[target])
    keys = table[list(colonnes.cles)].assign(**{colonnes.code: codes})
    raison = np.select(
        [target == UNKNOWN, keys.duplicated().to_numpy(), _counted_twice(keys, colonnes), shared],
        [Raison.INCONNU.value, Raison.DOUBLON.value, Raison.DOUBLE_COMPTE.value, Raison.SCISSION.value],
        "",
    ).astype(object)
    return Placement(table, colonnes, routes, codes, target, raison)


def _counted_twice(keys: pd.DataFrame, colonnes: Colonnes) -> Mask:
    """Mark the arrondissements whose city has a row too, or the city where arrondissements are asked for."""
    city = keys[colonnes.code].map(plm.COMMUNE_DE)
    is_piece = city.notna().to_numpy()
    twice = np.zeros(len(keys), dtype=np.bool_)
    if is_piece.any():
        of_cities = is_piece | keys[colonnes.code].isin(plm.VILLES).to_numpy()
        pieces = pd.Series(is_piece[of_cities], index=keys.index[of_cities])
        same = [keys.loc[of_cities, name] for name in colonnes.cles]
        sizes = pieces.groupby([city.fillna(keys[colonnes.code])[of_cities], *same], dropna=False)
        both = sizes.transform("any") & ~sizes.transform("all")
        twice[of_cities] = both & (pieces != colonnes.arrondissements)
    return twice


def group(placement: Placement) -> Groups:
    """Gather the placed rows by commune of arrival and keys."""
    rows, colonnes, routes = placement.rows, placement.colonnes, placement.routes
    target = placement.target[rows]
    keys = placement.table[list(colonnes.cles)].iloc[rows].assign(**{colonnes.code: target})
    numbers = keys.groupby([colonnes.code, *colonnes.cles], sort=False, dropna=False).ngroup()
    of_row: Ranks = numbers.to_numpy().astype(np.int64)
    first: Ranks = np.unique(of_row, return_index=True)[1].astype(np.int64)
    commune = target[first]
    expected = routes.expected[commune].copy()
    in_pieces = np.zeros(len(commune), dtype=np.bool_)
    if not colonnes.arrondissements:
        in_pieces[of_row[placement.codes.iloc[rows].isin(plm.COMMUNE_DE).to_numpy()]] = True
        cities = routes.codes[commune[in_pieces]]
        expected[in_pieces] += np.array([len(plm.arrondissements(str(code))) - 1 for code in cities], dtype=np.int64)
    present = np.bincount(of_row, minlength=len(commune))
    return Groups(of_row, commune, rows[first], expected > 1, present < expected)
