"""Owner of every piece of land on each 1 January, from the movements and one official list."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.cog.land import Day, Land, Pair, undo

PREMIERE_ANNEE = 1990
"""First map that is rebuilt: the owner's request; movements are known since 1943."""

CODE_CHANGES_FIRST = frozenset({"41"})
CODE_CHANGES_LAST = frozenset({"50"})
SPLITS_AND_MERGERS = frozenset({"20", "21", "30", "31", "32", "33"})
"""10 is a name; 34, 35, 70, 71 and 72 concern the parts of a commune, never the live commune."""
_PARTS = ("COMD", "COMA")
_ROW = ("mod", "typecom_av", "com_av", "typecom_ap", "com_ap")

Row = tuple[str, str, str, str, str]


@dataclass(frozen=True, slots=True)
class Timeline:
    """`owner[annee - PREMIERE_ANNEE, atom]` is a rank in `codes`, -1 where the atom has no commune that year.

    `ecarts` lists the codes on which the movements and the official list disagree; empty on Insee's files.
    """

    codes: npt.NDArray[np.object_]
    owner: npt.NDArray[np.int32]
    ecarts: tuple[str, ...]

    @property
    def derniere_annee(self) -> int:
        """Last year of which the map is known."""
        return PREMIERE_ANNEE + len(self.owner) - 1


def build(mouvements: pd.DataFrame, communes: frozenset[str], annee: int, derniere: int) -> Timeline:
    """Rebuild the maps of 1990 to `derniere` from the list of `annee`; a movement of 1 January counts that year."""
    days = _days(mouvements, derniere)
    first = set(communes)
    for day in reversed([day for day in days if day.date <= f"{annee}-01-01"]):
        undo(first, day)
    land = Land.start(first)
    owners: list[npt.NDArray[np.int32]] = []
    created: dict[int, int] = {}
    played = 0
    disagreement: set[str] = set()
    for year in range(PREMIERE_ANNEE, derniere + 1):
        while played < len(days) and days[played].date <= f"{year}-01-01":
            land.play(days[played])
            played += 1
        created |= {atom: len(owners) for atom in land.split_from if atom not in created}
        owners.append(np.array(land.owner, dtype=np.int32))
        if year == annee:
            disagreement = set(land.atoms) ^ communes
    codes = np.array(list(land.rank), dtype=object)
    owner = _backdate(owners, created, land.split_from)
    return Timeline(codes, owner, tuple(sorted(disagreement | set(land.ecarts))))


def _backdate(
    owners: list[npt.NDArray[np.int32]], created: dict[int, int], split_from: dict[int, int]
) -> npt.NDArray[np.int32]:
    """Stack the years; an atom cut from another one had its owner in all the years before."""
    matrix = np.full((len(owners), len(owners[-1])), -1, dtype=np.int32)
    for row, owner in enumerate(owners):
        matrix[row, : len(owner)] = owner
    for atom in sorted(split_from):
        if split_from[atom] >= 0:
            matrix[: created[atom], atom] = matrix[: created[atom], split_from[atom]]
    return matrix


def _days(mouvements: pd.DataFrame, derniere: int) -> list[Day]:
    """Gather the movements by date, oldest first, from 2 January of the first year to 1 January of the last."""
    dates = mouvements["date_eff"]
    rows = mouvements[(dates > f"{PREMIERE_ANNEE}-01-01") & (dates <= f"{derniere}-01-01")]
    days: dict[str, list[Row]] = {}
    for date, *row in zip(rows["date_eff"], *(rows[name] for name in _ROW), strict=True):
        days.setdefault(date, []).append(tuple(row))
    return [_day(date, days[date]) for date in sorted(days)]


def _day(date: str, rows: list[Row]) -> Day:
    live = [row for row in rows if row[1] in ("COM", "") and row[3] in ("COM", "")]
    same = [row for row in rows if row[2] == row[4]]
    return Day(
        date,
        _pairs(live, CODE_CHANGES_FIRST),
        _pairs(live, SPLITS_AND_MERGERS),
        _pairs(live, CODE_CHANGES_LAST),
        frozenset(
            before for mod, av, before, ap, _ in same if av == "COM" and ap in _PARTS and mod in SPLITS_AND_MERGERS
        ),
        frozenset(after for mod, av, _, ap, after in same if av in _PARTS and ap == "COM" and mod == "21"),
    )


def _pairs(rows: list[Row], mods: frozenset[str]) -> tuple[Pair, ...]:
    return tuple(dict.fromkeys((before, after) for mod, _, before, _, after in rows if mod in mods))
