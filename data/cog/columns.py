"""What a table holds, and what comes out of its move from one commune map to another."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import pandas as pd

from data.model import Nature


class Raison(StrEnum):
    """Why a value that was read stands in no commune of the other map."""

    INCONNU = "inconnu"
    SCISSION = "scission"
    NON_AGREGEABLE = "non_agregeable"
    PARTIE_ABSENTE = "partie_absente"
    PARTIE_BLANCHE = "partie_blanche"
    DOUBLON = "doublon"
    DOUBLE_COMPTE = "double_compte"

    @property
    def libelle(self) -> str:
        """French label."""
        return {
            "inconnu": "code qui n’est pas une commune de l’année du tableau",
            "scission": "commune partagée entre plusieurs\u202f: rupture de série",
            "non_agregeable": "taux ou médiane de communes fusionnées\u202f: non agrégeable",
            "partie_absente": "une des communes fusionnées manque au tableau",
            "partie_blanche": "une des communes fusionnées est secrète, non publiée ou manquante",
            "doublon": "commune déjà lue plus haut",
            "double_compte": "arrondissement déjà compté dans sa ville",
        }[self]


@dataclass(frozen=True, slots=True)
class Rapport:
    """How a ratio is recomputed: `facteur` × `numerateur` / `denominateur`, two additive columns of the table."""

    numerateur: str
    denominateur: str
    facteur: float = 1.0


@dataclass(frozen=True, slots=True)
class Colonnes:
    """What the columns of a table are.

    `natures` names the columns of values, the only ones that are carried with `cles` (year, indicator: rows of one
    commune are told apart by them). `statuts` gives the column of blanks of a column of values; where there is none,
    an empty value is `manquant`. With `absent_vaut_zero` a commune without a row counts nothing (lists of places)
    instead of making the sum of its merger unknown. With `arrondissements` Paris, Lyon and Marseille stay in pieces.
    """

    code: str
    natures: Mapping[str, Nature]
    statuts: Mapping[str, str] = field(default_factory=dict)
    cles: tuple[str, ...] = ()
    rapports: Mapping[str, Rapport] = field(default_factory=dict)
    absent_vaut_zero: bool = False
    arrondissements: bool = False

    def statut(self, colonne: str) -> str:
        """Name of the column of blanks that goes with a column of values in a converted table."""
        return self.statuts.get(colonne, f"statut_{colonne}")


@dataclass(frozen=True, slots=True)
class Converted:
    """A table on the map of the other year.

    `table`: the code column, `cles`, each column of values and its blanks, and `rupture` (True: the commune has land
    of a split one, its values are blank), sorted by code. `unplaced`: `code_de`, `cles`, `colonne`, `valeur`,
    `raison` (Raison value) for every known value that `table` does not hold. `ruptures`: `code_de`, `code_vers` of
    the split communes of the table. `bilan`: per additive column `lu` = `place` + `non_place`.
    """

    table: pd.DataFrame
    unplaced: pd.DataFrame
    ruptures: pd.DataFrame
    bilan: pd.DataFrame
