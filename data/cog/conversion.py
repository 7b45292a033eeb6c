"""A table moved from the commune map of one year to that of another, without inventing a figure.

Counts and amounts add up when communes merge. Rates and medians never do: a ratio is recomputed from its parts, the
others are dropped and said so. What a split commune had cannot be restated: the break is marked.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.cog.columns import Colonnes, Converted, Raison
from data.cog.history import CommuneHistory
from data.cog.placement import Groups, Placement, group, place
from data.cog.routes import SPLIT, trace
from data.model import Blanc, Nature

ADDITIVE = frozenset({Nature.EFFECTIF, Nature.MONTANT})
_BLANKS = np.array(["", Blanc.MANQUANT, Blanc.PETIT_DENOMINATEUR, Blanc.NON_PUBLIE, Blanc.SECRET], dtype=object)
"""From the weakest to the strongest: a sum bears the strongest blank of its parts."""
_MANQUANT, _NON_PUBLIE = 1, 3


@dataclass(frozen=True, slots=True)
class _Cells:
    """One column of values: NaN where blank, with the rank of the blank in `_BLANKS`."""

    values: npt.NDArray[np.float64]
    blank: npt.NDArray[np.int64]


def convert(history: CommuneHistory, table: pd.DataFrame, colonnes: Colonnes, de: int, vers: int) -> Converted:
    """Move a table from the commune map of 1 January `de` to that of `vers`, in either direction of time.

    For every additive column, what was read is what is placed plus what is listed in `unplaced`. Raises SourceError
    outside the known years.
    """
    placement = place(table, colonnes, trace(history, de, vers, arrondissements=colonnes.arrondissements))
    groups = group(placement)
    read = {name: _read(placement.table, name, colonnes) for name in colonnes.natures}
    carried: dict[str, _Cells] = {}
    losses = []
    for name in sorted(read, key=lambda name: colonnes.natures[name] not in ADDITIVE):
        carried[name], raison = _carry(name, placement, groups, read[name], carried)
        losses.append(_losses(name, placement, groups, read[name], raison))
    whole = _rows(placement, groups, carried)
    converted = pd.concat([whole, _breaks(placement)], ignore_index=True)
    unplaced = pd.concat(losses, ignore_index=True)
    return Converted(
        converted.sort_values([colonnes.code, *colonnes.cles], ignore_index=True),
        unplaced,
        _splits(placement),
        _balance(colonnes, read, whole, unplaced),
    )


def _splits(placement: Placement) -> pd.DataFrame:
    shared = placement.codes[(placement.target == SPLIT) & (placement.raison == Raison.SCISSION.value)].unique()
    splits = placement.routes.splits
    met: pd.DataFrame = splits[splits["code_de"].isin(list(shared))]
    return met.reset_index(drop=True)


def _read(table: pd.DataFrame, name: str, colonnes: Colonnes) -> _Cells:
    values = pd.to_numeric(table[name]).to_numpy(dtype=np.float64, na_value=np.nan)
    blank = np.zeros(len(table), dtype=np.int64)
    if colonnes.statut(name) in table.columns:
        known = pd.Index(_BLANKS).get_indexer(table[colonnes.statut(name)].fillna("").astype(object))
        blank = np.where(known < 0, _MANQUANT, known)
    blank = np.where((blank == 0) & np.isnan(values), _MANQUANT, blank)
    return _Cells(np.where(blank > 0, np.nan, values), blank)


def _carry(
    name: str, placement: Placement, groups: Groups, read: _Cells, carried: Mapping[str, _Cells]
) -> tuple[_Cells, npt.NDArray[np.object_]]:
    """Give the value of each group, and "" or the reason for which its parts are in none."""
    rows, colonnes = placement.rows, placement.colonnes
    count = len(groups.target)
    part = _Cells(read.values[rows], read.blank[rows])
    blank = np.zeros(count, dtype=np.int64)
    np.maximum.at(blank, groups.of_row, part.blank)
    total = np.bincount(groups.of_row, weights=np.nan_to_num(part.values), minlength=count)
    raison = np.where(blank > 0, Raison.PARTIE_BLANCHE.value, "").astype(object)
    if colonnes.natures[name] in ADDITIVE:
        if not colonnes.absent_vaut_zero:
            raison[groups.partial & (blank == 0)] = Raison.PARTIE_ABSENTE.value
            blank = np.where(groups.partial, np.maximum(blank, _MANQUANT), blank)
        return _Cells(np.where(blank > 0, np.nan, total), blank), raison
    ratio = colonnes.rapports.get(name)
    if ratio is None:
        raison[groups.merged] = Raison.NON_AGREGEABLE.value
        blank = np.where(groups.merged, _NON_PUBLIE, blank)
        return _Cells(np.where(blank > 0, np.nan, total), blank), raison
    above, below = carried[ratio.numerateur], carried[ratio.denominateur]
    worst = np.maximum(above.blank, below.blank)
    worst = np.where((worst == 0) & (below.values == 0), _MANQUANT, worst)
    with np.errstate(divide="ignore", invalid="ignore"):
        again = ratio.facteur * above.values / below.values
    raison[groups.merged] = np.where(worst[groups.merged] > 0, Raison.NON_AGREGEABLE.value, "")
    blank = np.where(groups.merged, worst, blank)
    return _Cells(np.where(blank > 0, np.nan, np.where(groups.merged, again, total)), blank), raison


def _losses(
    name: str, placement: Placement, groups: Groups, read: _Cells, raison: npt.NDArray[np.object_]
) -> pd.DataFrame:
    """List the known values of a column that no commune of arrival holds."""
    why = placement.raison.copy()
    why[placement.rows] = raison[groups.of_row]
    lost = (why != "") & (read.blank == 0)
    listed: pd.DataFrame = placement.table.loc[lost, list(placement.colonnes.cles)]
    listed.insert(0, "code_de", placement.codes[lost])
    return listed.assign(colonne=name, valeur=read.values[lost], raison=why[lost])


def _rows(placement: Placement, groups: Groups, carried: Mapping[str, _Cells]) -> pd.DataFrame:
    colonnes = placement.colonnes
    rows = placement.table[list(colonnes.cles)].iloc[groups.first].reset_index(drop=True)
    rows.insert(0, colonnes.code, placement.routes.codes[groups.target])
    for name in colonnes.natures:
        rows[name] = carried[name].values
        rows[colonnes.statut(name)] = _BLANKS[carried[name].blank]
    return rows.assign(rupture=False)


def _breaks(placement: Placement) -> pd.DataFrame:
    """Give a blank row to each commune that holds land of a split one, under the keys of the rows met."""
    colonnes, routes = placement.colonnes, placement.routes
    shared = placement.raison == Raison.SCISSION.value
    keys = placement.table.loc[shared, list(colonnes.cles)].assign(code_de=placement.codes[shared])
    known = shared & (placement.target >= 0)
    after = placement.table.loc[known, list(colonnes.cles)]
    after = after.assign(code_vers=routes.codes[placement.target[known]])
    both = pd.concat([keys.merge(routes.splits, on="code_de").drop(columns="code_de"), after])
    both = both.rename(columns={"code_vers": colonnes.code})
    met: pd.DataFrame = both[[colonnes.code, *colonnes.cles]].drop_duplicates()
    for name in colonnes.natures:
        met[name] = np.nan
        met[colonnes.statut(name)] = Blanc.MANQUANT.value
    return met.assign(rupture=True)


def _balance(
    colonnes: Colonnes, read: Mapping[str, _Cells], converted: pd.DataFrame, unplaced: pd.DataFrame
) -> pd.DataFrame:
    additive = [name for name, nature in colonnes.natures.items() if nature in ADDITIVE]
    left = unplaced.groupby("colonne")["valeur"].sum()
    return pd.DataFrame(
        {
            "colonne": additive,
            "lu": [float(np.nansum(read[name].values)) for name in additive],
            "place": [float(converted[name].sum()) for name in additive],
            "non_place": [float(left.get(name, 0.0)) for name in additive],
        }
    )
