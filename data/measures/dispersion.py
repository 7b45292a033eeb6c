"""How far the rates of territories are spread (DOMAINE S73: equity between families, territories, gestionnaires)."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import isfinite

import numpy as np

MINIMUM = 3
"""Below this number of territories a spread says nothing."""


@dataclass(frozen=True, slots=True)
class Dispersion:
    """Spread of some values, in their unit, each territory counting once: it is no mean of the rates."""

    nombre: int
    minimum: float
    premier_quartile: float
    mediane: float
    troisieme_quartile: float
    maximum: float

    @property
    def reperes(self) -> tuple[tuple[str, float], ...]:
        """The five marks with their French names."""
        return (
            ("minimum", self.minimum),
            ("premier quartile", self.premier_quartile),
            ("médiane", self.mediane),
            ("troisième quartile", self.troisieme_quartile),
            ("maximum", self.maximum),
        )


def of_values(valeurs: Iterable[float | None]) -> Dispersion | None:
    """Describe the values that are known; None where they are too few."""
    connues = [v for v in valeurs if v is not None and isfinite(v)]
    if len(connues) < MINIMUM:
        return None
    return Dispersion(len(connues), *(float(q) for q in np.quantile(connues, (0, 0.25, 0.5, 0.75, 1))))
