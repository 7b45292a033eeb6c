"""Guess the commune map on which a table was made, from its codes alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import pandas as pd

from data import plm
from data.cog.history import CommuneHistory

_COVERED = 0.9
"""Share of a département's communes from which the absence of one of them is taken as a sign."""

_Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Millesime:
    """A run of years, both ends included, that the codes of a table cannot tell apart.

    `score` goes from 0 to 1: codes of the table that are communes of these years, over the codes of the table plus
    `absents` plus `futurs` (a code may outlive its commune, none is used before it exists: it counts twice).
    `valides` is the plain share of the codes that are communes of these years. The others are in `perimes` (communes
    before, no more), `futurs` (not yet) and `inconnus` (never since 1990). `absents` are the communes of these years
    without a row, in the départements that the table covers.
    """

    debut: int
    fin: int
    score: float
    valides: float
    perimes: tuple[str, ...]
    futurs: tuple[str, ...]
    inconnus: tuple[str, ...]
    absents: tuple[str, ...]

    def __contains__(self, annee: object) -> bool:
        return isinstance(annee, int) and self.debut <= annee <= self.fin

    def nearest(self, annee: int) -> int:
        """Year of the run that is closest to a year known otherwise."""
        return min(max(annee, self.debut), self.fin)

    @property
    def libelle(self) -> str:
        """Years as the user reads them."""
        return str(self.fin) if self.debut == self.fin else f"{self.debut} à {self.fin}"


@dataclass(frozen=True, slots=True)
class _Maps:
    """`alive[annee, rank]`: communes of each year; `departement[rank]` numbers the département of each code."""

    codes: pd.Index
    alive: _Mask
    departement: npt.NDArray[np.int64]


@lru_cache(maxsize=4)
def _maps(history: CommuneHistory) -> _Maps:
    alive = np.zeros((len(history.annees), len(history.all_codes)), dtype=np.bool_)
    for row, annee in enumerate(history.annees):
        owner = history.owner(annee)
        alive[row, owner[owner >= 0]] = True
    prefixes = [code[: 3 if code.startswith("97") else 2] for code in history.all_codes]
    departement = np.unique(prefixes, return_inverse=True)[1].astype(np.int64)
    return _Maps(pd.Index(history.all_codes), alive, departement)


def guess(history: CommuneHistory, codes: Iterable[str]) -> tuple[Millesime, ...]:
    """Rank the years on which a table may have been made: the best run first, then its rivals; none without a code.

    Runs of equal score stand from the latest to the earliest. Arrondissements of Paris, Lyon and Marseille count as
    their city, blanks are left out.
    """
    asked = plm.vers_commune(pd.Series(list(codes), dtype="str").str.strip()).dropna().unique()
    names = pd.Index([code for code in asked.tolist() if code])
    if names.empty:
        return ()
    maps = _maps(history)
    ranks = maps.codes.get_indexer(names)
    present = np.zeros(len(maps.codes), dtype=np.bool_)
    present[ranks[ranks >= 0]] = True
    expected = _covered(maps, present)[maps.departement]
    unknown = tuple(sorted(str(code) for code in names[ranks < 0]))
    relevant = maps.alive[:, present | expected]
    starts = [0, *(np.flatnonzero((relevant[1:] != relevant[:-1]).any(axis=1)) + 1), len(relevant)]
    runs = [
        _weigh(history, maps, (int(first), int(end) - 1), (present, expected), unknown)
        for first, end in zip(starts, starts[1:], strict=False)
    ]
    return tuple(sorted(runs, key=lambda run: (-run.score, -run.fin)))


def _covered(maps: _Maps, present: _Mask) -> _Mask:
    """Tell the départements of which nearly every commune of some year is in the table."""
    size = int(maps.departement.max()) + 1
    best = np.zeros(size)
    for alive in maps.alive:
        live = np.bincount(maps.departement[alive], minlength=size)
        inside = np.bincount(maps.departement[alive & present], minlength=size)
        best = np.maximum(best, inside / np.maximum(live, 1))
    return best >= _COVERED


def _weigh(
    history: CommuneHistory, maps: _Maps, rows: tuple[int, int], table: tuple[_Mask, _Mask], unknown: tuple[str, ...]
) -> Millesime:
    """Score one run of years, given as its first and last rows."""
    present, expected = table
    alive = maps.alive[rows[0]]
    dead = present & ~alive
    before = dead & maps.alive[: rows[0]].any(axis=0)
    future, absent = dead & ~before, expected & alive & ~present
    valid, total = int((present & alive).sum()), int(present.sum()) + len(unknown)
    perimes, futurs, absents = (tuple(sorted(maps.codes[mask].tolist())) for mask in (before, future, absent))
    return Millesime(
        history.annees[rows[0]],
        history.annees[rows[1]],
        valid / (total + len(absents) + len(futurs)),
        valid / total,
        perimes,
        futurs,
        unknown,
        absents,
    )
