"""Commune codes from any year to any other, 1990 to the last official list."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from data import plm
from data.cog import files, timeline
from data.cog.timeline import PREMIERE_ANNEE, Timeline
from data.errors import SourceError


class NaturePassage(StrEnum):
    """What became of a commune between two years, in either direction of time."""

    INCHANGE = "inchange"
    FUSION = "fusion"
    SCISSION = "scission"
    CHANGEMENT_DE_CODE = "changement_de_code"
    INCONNU = "inconnu"

    @property
    def libelle(self) -> str:
        """French label."""
        return {
            "inchange": "inchangée",
            "fusion": "fusion",
            "scission": "scission",
            "changement_de_code": "changement de code",
            "inconnu": "pas une commune de cette année-là",
        }[self]


@dataclass(frozen=True, slots=True)
class Passage:
    """Communes that hold the land of one code in another year, sorted; none when the code is unknown or left France."""

    codes: tuple[str, ...]
    nature: NaturePassage


_INCONNU = Passage((), NaturePassage.INCONNU)


@dataclass(frozen=True, slots=True)
class Links:
    """Pairs of communes of two years that share land, as ranks in `CommuneHistory.all_codes`.

    `targets` and `parts` count, for each pair, the communes that follow `before` and those that precede `after`.
    """

    before: npt.NDArray[np.int64]
    after: npt.NDArray[np.int64]
    targets: npt.NDArray[np.int64]
    parts: npt.NDArray[np.int64]

    @property
    def natures(self) -> npt.NDArray[np.object_]:
        """NaturePassage value of each pair."""
        kept = np.where(self.before == self.after, NaturePassage.INCHANGE.value, NaturePassage.CHANGEMENT_DE_CODE.value)
        whole = np.where(self.parts > 1, NaturePassage.FUSION.value, kept)
        return np.where(self.targets > 1, NaturePassage.SCISSION.value, whole).astype(object)


@dataclass(frozen=True, eq=False)
class CommuneHistory:
    """Every commune map of 1 January since 1990; immutable but for the tables that it keeps once computed."""

    timeline: Timeline
    _tables: dict[tuple[int, int], pd.DataFrame] = field(default_factory=dict, repr=False)

    @classmethod
    def load(cls, mouvements: Path, communes: Path, annee: int | None = None) -> "CommuneHistory":
        """Build the history from Insee's movements and one list of communes, whose year is read in its name.

        Raises SourceError when a file is not what it should be, or the list is later than the movements.
        """
        table = files.read_mouvements(mouvements)
        last = files.annee_of(mouvements) or int(table["date_eff"].max()[:4])
        year = annee or files.annee_of(communes) or last
        if not PREMIERE_ANNEE <= year <= last:
            raise SourceError(
                f"La liste {communes.name} ({year}) est plus récente que les mouvements de communes ({last}).",
                communes.name,
            )
        return cls(timeline.build(table, files.read_communes(communes), year, last))

    @classmethod
    def of_folder(cls, dossier: Path) -> "CommuneHistory":
        """Build the history from the official files found in a folder, at any depth.

        Raises SourceError when one is missing.
        """
        found = files.locate(dossier)
        return cls.load(found.mouvements, found.communes)

    @property
    def all_codes(self) -> npt.NDArray[np.object_]:
        """Every code that was a commune, if only for a day; the position of a code is its rank."""
        return self.timeline.codes

    @property
    def annees(self) -> range:
        """Years of which the map is known."""
        return range(PREMIERE_ANNEE, self.timeline.derniere_annee + 1)

    def owner(self, annee: int) -> npt.NDArray[np.int32]:
        """Owner of each piece of land on 1 January, a rank in `all_codes` or -1.

        Raises SourceError outside the known years.
        """
        if annee not in self.annees:
            raise SourceError(
                f"L’année {annee} est hors des cartes connues des communes, de {PREMIERE_ANNEE} à {self.annees[-1]}."
            )
        row: npt.NDArray[np.int32] = self.timeline.owner[annee - PREMIERE_ANNEE]
        return row

    def codes(self, annee: int) -> frozenset[str]:
        """Codes of the communes of 1 January; Paris, Lyon and Marseille count as one each.

        Raises SourceError outside the known years.
        """
        ranks = np.unique(self.owner(annee))
        return frozenset(self.all_codes[ranks[ranks >= 0]])

    def links(self, de: int, vers: int) -> Links:
        """Pair the communes of two years that share land, sorted by (before, after).

        Raises SourceError outside the known years.
        """
        before, after = self.owner(de).astype(np.int64), self.owner(vers).astype(np.int64)
        shared = (before >= 0) & (after >= 0)
        size = len(self.all_codes)
        pairs = np.unique(before[shared] * size + after[shared])
        first, second = pairs // size, pairs % size
        return Links(
            first,
            second,
            np.bincount(first, minlength=size)[first],
            np.bincount(second, minlength=size)[second],
        )

    def table(self, de: int, vers: int) -> pd.DataFrame:
        """Give the passage of every code of a year: `code_de`, `code_vers`, `nature`, a row per pair.

        The 45 arrondissements are there as parts of their city (fusion); a commune that left France has `code_vers`
        "" and nature `inconnu`. Raises SourceError outside the known years.
        """
        if (de, vers) not in self._tables:
            self._tables[de, vers] = self._table(de, vers)
        return self._tables[de, vers].copy(deep=False)

    def _table(self, de: int, vers: int) -> pd.DataFrame:
        links = self.links(de, vers)
        rows = pd.DataFrame(
            {
                "code_de": self.all_codes[links.before],
                "code_vers": self.all_codes[links.after],
                "nature": links.natures,
            }
        )
        folded = rows.merge(pd.DataFrame(plm.COMMUNE_DE.items(), columns=["code", "code_de"]), on="code_de")
        folded = folded.assign(code_de=folded.pop("code"), nature=NaturePassage.FUSION.value)
        lost = pd.DataFrame({"code_de": sorted(self.codes(de) - set(rows["code_de"]))})
        lost = lost.assign(code_vers="", nature=NaturePassage.INCONNU.value)
        whole = pd.concat([rows, folded, lost])
        return whole.sort_values(["code_de", "code_vers"], ignore_index=True)

    def passage(self, code: str, de: int, vers: int) -> Passage:
        """Tell what a commune of the year `de` is in the year `vers`; an arrondissement is a part of its city.

        Raises SourceError outside the known years.
        """
        known = self.table(de, vers)
        start, end = (int(known["code_de"].searchsorted(code, side=side)) for side in ("left", "right"))
        rows = known.iloc[start:end]
        codes = tuple(after for after in rows["code_vers"] if after)
        return Passage(codes, NaturePassage(rows["nature"].iloc[0])) if codes else _INCONNU

    def describe(self, codes: Iterable[str], de: int, vers: int) -> list[dict[str, object]]:
        """Give the rows of `atlas-ctg passage --json`, one per code asked, in the order asked (FORMATS §4).

        Raises SourceError outside the known years.
        """
        clean = [code.strip().upper() for code in codes]
        found = ((code, self.passage(code, de, vers)) for code in clean)
        return [
            {"code": code, "de": de, "vers": vers, "codes": list(passage.codes), "nature": passage.nature.value}
            for code, passage in found
        ]
