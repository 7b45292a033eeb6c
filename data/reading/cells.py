"""From one column of text to one typed column; each distinct cell is read once."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from data.reading.ledger import Ledger, Lieu, Probleme

CellReading = tuple[object, Probleme | None]
Reader = Callable[[str], CellReading]
"""What one cell means, and what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Cells:
    """One column as text, indexed by line, where it stands, and the ledger that hears of it."""

    texte: pd.Series
    lieu: Lieu
    ledger: Ledger

    def read(self, reader: Reader) -> list[object]:
        """Read every cell, in order; problems go to the ledger with their lines."""
        rangs, distinctes = pd.factorize(self.texte)
        lues = [reader(cellule) for cellule in distinctes]
        fautes = {cellule: faute for cellule, (_, faute) in zip(distinctes, lues, strict=True) if faute}
        if fautes:
            mauvaises = self.texte[self.texte.isin(list(fautes))]
            for ligne, cellule in zip(mauvaises.index, mauvaises, strict=True):
                self.ledger.note(fautes[cellule], self.lieu, ligne, cellule)
        valeurs = [valeur for valeur, _ in lues]
        return [valeurs[rang] for rang in rangs]

    def texts(self, reader: Reader) -> pd.Series:
        """Return a column of text, "" where empty."""
        return pd.Series(self.read(reader), index=self.texte.index, dtype="str")

    def numbers(self, reader: Reader) -> pd.Series:
        """Return a column of float64, NaN where empty."""
        return pd.Series(self.read(reader), index=self.texte.index, dtype="float64")

    def dates(self, reader: Reader) -> pd.Series:
        """Return a column of datetime64, NaT where empty."""
        jours = np.array(self.read(reader), dtype="datetime64[D]").astype("datetime64[us]")
        return pd.Series(jours, index=self.texte.index)

    def among(self, lignes: pd.Series) -> "Cells":
        """Return the same column on the lines of a boolean mask."""
        return Cells(self.texte[lignes], self.lieu, self.ledger)
