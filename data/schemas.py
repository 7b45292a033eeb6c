"""What a column of a table is, and the pandera schema that a table of such columns makes."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

import pandas as pd
import pandera.pandas as pa


class Genre(StrEnum):
    """What a column holds, hence how its cells are read."""

    TEXTE = "texte"
    IDENTIFIANT = "identifiant"
    MOT = "mot"
    COMMUNE = "commune"
    COMMUNES = "communes"
    EPCI = "epci"
    EPCI_OU_RIEN = "epci_ou_rien"
    TERRITOIRE = "territoire"
    SIGNATAIRE = "signataire"
    DATE = "date"
    NOMBRE = "nombre"
    ANNEE = "annee"
    LISTE_FERMEE = "liste_fermee"
    LISTE_OUVERTE = "liste_ouverte"
    CHAMP = "champ"
    CHAMPS = "champs"
    PLUSIEURS = "plusieurs"


NUMERIQUES = frozenset({Genre.NOMBRE, Genre.ANNEE})


@dataclass(frozen=True, slots=True)
class Colonne:
    """One column: `valeurs` are the known words of a list, `positif` forbids numbers below zero."""

    nom: str
    genre: Genre = Genre.TEXTE
    obligatoire: bool = False
    valeurs: tuple[str, ...] = ()
    positif: bool = False

    @property
    def dtype(self) -> str:
        """Type of the column in Frames."""
        if self.genre in NUMERIQUES:
            return "float64"
        return "datetime64[us]" if self.genre is Genre.DATE else "str"


@dataclass(frozen=True, slots=True)
class Table:
    """One table: `cle` is the column that names a row, `unicite` the columns that no two rows share."""

    nom: str
    colonnes: tuple[Colonne, ...]
    cle: str = ""
    unicite: tuple[str, ...] = ()

    @property
    def noms(self) -> tuple[str, ...]:
        """Names of the columns, in the order of FORMATS."""
        return tuple(c.nom for c in self.colonnes)

    def colonne(self, nom: str) -> Colonne:
        """Return a column by its name."""
        return next(c for c in self.colonnes if c.nom == nom)

    def empty(self) -> pd.DataFrame:
        """Return the table that a dataset does not bring: its columns, no row."""
        return pd.DataFrame({c.nom: pd.Series([], dtype=c.dtype) for c in self.colonnes})


OBLIGATOIRE, INCONNU, NEGATIF, DOUBLE = "obligatoire", "inconnu", "negatif", "double"
"""Names of the checks, by which the gate knows what to say."""


def _checks(colonne: Colonne, *, cle: bool) -> list[pa.Check]:
    checks: list[pa.Check] = []
    if colonne.obligatoire and colonne.genre in NUMERIQUES:
        checks.append(pa.Check(lambda s: s.notna(), name=OBLIGATOIRE, ignore_na=False))
    elif colonne.obligatoire:
        checks.append(pa.Check(lambda s: s != "", name=OBLIGATOIRE))
    if colonne.genre is Genre.LISTE_FERMEE:
        permises = ["", *colonne.valeurs]
        checks.append(pa.Check(lambda s: s.isin(permises), name=INCONNU))
    if colonne.positif:
        checks.append(pa.Check(lambda s: s >= 0, name=NEGATIF))
    if cle:
        checks.append(pa.Check(lambda s: ~s.duplicated() | (s == ""), name=DOUBLE))
    return checks


@cache
def schema_of(table: Table) -> pa.DataFrameSchema:
    """Make the schema of a typed table whose index holds the lines."""
    return pa.DataFrameSchema(
        {c.nom: pa.Column(c.dtype, _checks(c, cle=c.nom == table.cle), nullable=True) for c in table.colonnes},
        strict=True,
    )
