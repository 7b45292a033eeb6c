"""From figures to classes: bounds that a reader can quote, fixed by the method, the number asked and the figures."""

from dataclasses import dataclass
from math import floor, log2, log10

import numpy as np
from numpy.typing import NDArray

from layers.kit.texts import number
from layers.kit.view import Methode

Nombres = NDArray[np.float64]
Rangs = NDArray[np.intp]

_PALIERS = 512
_CHIFFRES = 2


@dataclass(frozen=True, slots=True)
class Scale:
    """Classes of positive values: class `i` holds `bornes[i-1] <= v < bornes[i]`, open at both ends of the scale."""

    bornes: tuple[float, ...]

    @property
    def nb(self) -> int:
        """Number of classes."""
        return len(self.bornes) + 1

    def ranks(self, valeurs: Nombres) -> Rangs:
        """Return the class of each value."""
        return np.searchsorted(np.asarray(self.bornes), valeurs, side="right")

    @property
    def libelles(self) -> tuple[str, ...]:
        """French labels of the classes, with their bounds."""
        if not self.bornes:
            return ("Plus de 0",)
        bornes = [number(b) for b in self.bornes]
        milieu = (f"De {bas} à moins de {haut}" for bas, haut in zip(bornes, bornes[1:], strict=False))
        return (f"Moins de {bornes[0]}", *milieu, f"{bornes[-1]} et plus")


def scale_of(valeurs: Nombres, methode: Methode, nb: int) -> Scale:
    """Cut the positive values into at most `nb` classes; fewer where values are few (1 + log2 of their number).

    Bounds stand in the middle of a gap between two values (but for equal steps, from 0 to the greatest) and have as
    few digits as leave no class empty: short to say, and giving no value away.
    """
    triees = np.sort(valeurs[np.isfinite(valeurs) & (valeurs > 0)])
    distinctes = np.unique(triees)
    nb = min(nb, len(distinctes), 1 + floor(log2(len(triees)))) if len(triees) else 1
    if nb == 1:
        return Scale(())
    match methode:
        case Methode.EGAL:
            pas = np.linspace(0, triees[-1], nb + 1)[1:-1]
            return Scale(_rounded(pas, pas, np.empty(0)))
        case Methode.QUANTILES:
            coupures = np.quantile(triees, np.arange(1, nb) / nb, method="higher")
        case Methode.AUTO | Methode.NATUREL:
            coupures = natural_breaks(triees, nb)
    rangs = np.unique(np.searchsorted(distinctes, coupures))
    rangs = rangs[rangs > 0]
    return Scale(_rounded(distinctes[rangs - 1], distinctes[rangs], triees))


def natural_breaks(triees: Nombres, nb: int) -> Nombres:
    """Return the first value of each class but the first, for the least variance within classes (Fisher's optimum).

    `triees` are sorted. Exact up to 512 distinct values; beyond, values are first gathered into 512 steps of equal
    count, which leaves the bounds within one step of the optimum and 35 000 values within a few milliseconds.
    mapclassify offers either a random k-means, which would give two drawings of one view, or this optimum in O(n²).
    """
    valeurs, poids = np.unique(triees, return_counts=True)
    debuts = np.arange(len(valeurs))
    if len(valeurs) > _PALIERS:
        rangs = np.minimum(np.cumsum(poids) * _PALIERS // len(triees), _PALIERS - 1)
        debuts = np.flatnonzero(np.diff(rangs, prepend=-1))
    w = np.concatenate(([0.0], np.cumsum(np.add.reduceat(poids, debuts)))) if len(valeurs) else np.zeros(1)
    s1 = np.concatenate(([0.0], np.cumsum(np.add.reduceat(poids * valeurs, debuts)))) if len(valeurs) else w
    s2 = np.concatenate(([0.0], np.cumsum(np.add.reduceat(poids * valeurs**2, debuts)))) if len(valeurs) else w
    return valeurs[debuts[_cuts(w, s1, s2, nb)]] if nb > 1 else np.empty(0)


def _cuts(w: Nombres, s1: Nombres, s2: Nombres, nb: int) -> Rangs:
    """Place `nb - 1` cuts by dynamic programming; `w`, `s1`, `s2` are running sums of 1, x, x² with a leading 0."""
    n = len(w) - 1
    with np.errstate(divide="ignore", invalid="ignore"):
        ecart = (s2[None, :] - s2[:, None]) - (s1[None, :] - s1[:, None]) ** 2 / (w[None, :] - w[:, None])
    ecart[np.tril_indices(n + 1)] = np.inf  # cost of a class from step i to step j - 1, i < j
    cout, choix = ecart[0], []
    for _ in range(nb - 1):
        total = cout[:, None] + ecart
        choix.append(total.argmin(axis=0))
        cout = total.min(axis=0)
    coupures, fin = [], n
    for etape in reversed(choix):
        fin = int(etape[fin])
        coupures.append(fin)
    return np.array(coupures[::-1], dtype=np.intp)


def _rounded(bas: Nombres, haut: Nombres, triees: Nombres) -> tuple[float, ...]:
    """Round the middle of each gap to the fewest significant digits, two at least, that leave every class filled."""
    for chiffres in range(_CHIFFRES, 16):
        rondes = tuple(_short(b, h, chiffres) for b, h in zip(bas.tolist(), haut.tolist(), strict=True))
        if len(set(rondes)) < len(rondes):
            continue
        if not len(triees) or np.unique(np.searchsorted(rondes, triees, side="right")).size == len(rondes) + 1:
            return rondes
    return tuple(haut.tolist())


def _short(bas: float, haut: float, chiffres: int) -> float:
    """Round the middle of a gap, upwards where it would fall out of it; the nearest where no short number fits."""
    milieu = (bas + haut) / 2
    decimales = chiffres - 1 - floor(log10(milieu))
    proche, au_dessus = round(milieu, decimales), round(milieu + 0.5 * 10.0**-decimales, decimales)
    return au_dessus if not bas < proche <= haut and bas < au_dessus <= haut else proche
