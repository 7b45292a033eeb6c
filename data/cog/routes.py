"""Where each commune of a year goes as a whole, and what each commune of the other year must receive to be whole."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import pandas as pd

from data import plm
from data.cog.history import CommuneHistory

UNKNOWN, SPLIT = -1, -2


@dataclass(frozen=True, slots=True)
class Routes:
    """Ranks are positions in `codes`: every commune code ever, then the 45 arrondissements.

    `target[rank]` is the only commune that follows a code, or UNKNOWN, or SPLIT when there are several;
    `expected[rank]` counts the communes that make up a commune of arrival; `broken[rank]` tells that one of them is
    shared with another commune, so that no sum can rebuild it; `splits` pairs the codes of shared communes with all
    that follow them.
    """

    codes: pd.Index
    target: npt.NDArray[np.int64]
    expected: npt.NDArray[np.int64]
    broken: npt.NDArray[np.bool_]
    splits: pd.DataFrame

    def arrivals(self, codes: pd.Series) -> npt.NDArray[np.int64]:
        """Give `target` for each code, UNKNOWN where it was never a commune nor an arrondissement."""
        rank = self.codes.get_indexer(pd.Index(codes))
        return np.where(rank < 0, UNKNOWN, self.target[rank])


@lru_cache(maxsize=64)
def trace(history: CommuneHistory, de: int, vers: int, *, arrondissements: bool = False) -> Routes:
    """Trace the routes from one year to another; with `arrondissements` the three cities stay in pieces.

    Raises SourceError outside the known years.
    """
    links = history.links(de, vers)
    codes = pd.Index(np.concatenate([history.all_codes, np.array(list(plm.COMMUNE_DE), dtype=object)]))
    target = np.full(len(codes), UNKNOWN)
    expected = np.ones(len(codes), dtype=np.int64)
    broken = np.zeros(len(codes), dtype=np.bool_)
    target[links.before] = np.where(links.targets > 1, SPLIT, links.after)
    expected[links.after] = links.parts
    broken[links.after[links.targets > 1]] = True
    shared = links.targets > 1
    splits = pd.DataFrame({"code_de": codes[links.before[shared]], "code_vers": codes[links.after[shared]]})
    pieces = codes.get_indexer(pd.Index(list(plm.COMMUNE_DE)))
    cities = codes.get_indexer(pd.Index(list(plm.COMMUNE_DE.values())))
    if arrondissements:
        target[pieces] = pieces
        target[cities] = SPLIT
        pairs = pd.DataFrame({"code_de": codes[cities], "code_vers": codes[pieces]})
        splits = pd.concat([splits, pairs], ignore_index=True)
    else:
        target[pieces] = target[cities]
    return Routes(codes, target, expected, broken, splits)
