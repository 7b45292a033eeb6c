"""Where a sequence of values is cut, by each method: bounds that a reader can quote and that give no value away."""

from collections.abc import Callable
from itertools import count
from math import floor, log10

import numpy as np
from numpy.typing import NDArray

from layers.kit.view import Methode

Nombres = NDArray[np.float64]
Rangs = NDArray[np.intp]

_PALIERS, _FINS = 512, 64
_CHIFFRES, _CHIFFRES_MAX = 2, 16
_DEPLACES_MAX = 0.02  # share of the values that rounding may put in a neighbouring class
_ECART_MAX = 0.02  # of a step, by which rounding may move a regular bound
_RONDS = (1.0, 2.0, 5.0)
_TROP_DANS_UNE_CLASSE = 0.6
_PORTEE = 0.9
_Q6 = (0.05, 0.275, 0.5, 0.725, 0.95)


def bounds(triees: Nombres, methode: Methode, nb: int) -> tuple[float, ...]:
    """Return at most `nb - 1` increasing bounds (five for Q6) between sorted values, two of which differ at least.

    The first and last classes always hold a value. Bounds of natural classes and of quantiles stand in the middle of
    a gap between two values and leave no class empty; those of regular steps may. Rounding moves few values or none.
    """
    match methode:
        case Methode.EGAL:
            debut = 0.0 if 0 <= triees[0] < triees[-1] / nb else triees[0]
            return _regular(np.linspace(debut, triees[-1], nb + 1)[1:-1], triees)
        case Methode.ECART_TYPE:
            return _regular(triees.mean() + triees.std() * (np.arange(nb - 1) - (nb - 2) / 2), triees)
        case Methode.SEUILS_RONDS:
            return _round_steps(triees, nb)
        case Methode.QUANTILES:
            return _gaps(triees, np.quantile(triees, np.arange(1, nb) / nb, method="higher"))
        case Methode.Q6:
            return _gaps(triees, np.quantile(triees, _Q6, method="higher"))
        case _:
            return _gaps(triees, natural_breaks(triees, nb))


def around(triees: Nombres, centre: float, nb: int) -> tuple[tuple[float, ...], tuple[int, ...]]:
    """Cut at even round steps on both sides of a centre: the bounds that part values, and the rank of each class.

    Ranks are -1, -2… below, 1, 2… above, 0 for the class about the centre where `nb` is odd. Nine values out of ten
    set the step; classes that would hold nothing at either end are dropped.
    """
    portee = float(np.quantile(np.abs(triees - centre), _PORTEE)) or float(np.abs(triees - centre).max())
    pas = _nearest_round(2 * portee / nb)
    bornes = [float(f"{centre + pas * (i - (nb - 2) / 2):.12g}") for i in range(nb - 1)]
    rangs = [i - nb // 2 + (i >= nb // 2 and nb % 2 == 0) for i in range(nb)]
    debut = sum(b <= triees[0] for b in bornes)
    fin = sum(b <= triees[-1] for b in bornes)
    return tuple(bornes[debut:fin]), tuple(rangs[debut : fin + 1])


def _nearest_round(valeur: float) -> float:
    """Return the 1, 2 or 5 × 10ⁿ nearest to a value, as ratios go."""
    puissance = floor(log10(valeur))
    candidats = [float(f"{k:g}e{puissance}") for k in (*_RONDS, 10.0)]
    return min(candidats, key=lambda c: max(c / valeur, valeur / c))


def natural_breaks(triees: Nombres, nb: int) -> Nombres:
    """Return the first value of each class but the first, for the least variance within classes (Fisher's optimum).

    `triees` are sorted. Exact up to 512 distinct values; beyond, the optimum is sought among at most 512 steps, even in
    number and in value, then again among finer ones about each cut: within a hundredth of the least variance, and
    35 000 values within a tenth of a second (`tests/benchmarks/bench_classes.py`).
    mapclassify offers either a random k-means, which would give two drawings of one view, or this optimum in O(n²).
    """
    valeurs, poids = np.unique(triees, return_counts=True)
    if nb < 2:
        return np.empty(0)
    sommes = tuple(np.concatenate(([0.0], np.cumsum(poids * valeurs**p))) for p in range(3))
    debuts = _steps(valeurs, poids)
    coupures = _optimum(sommes, debuts, nb)
    if len(debuts) < len(valeurs):
        coupures = _optimum(sommes, _finer(debuts, coupures, len(valeurs)), nb)
    return valeurs[coupures]


def _steps(valeurs: Nombres, poids: Rangs) -> Rangs:
    """Return where each step begins: half of them share out the territories, half the values, lest a tail be lumped."""
    if len(valeurs) <= _PALIERS:
        return np.arange(len(valeurs))
    parts = np.cumsum(poids) / poids.sum() + (valeurs - valeurs[0]) / (valeurs[-1] - valeurs[0])
    return np.flatnonzero(np.diff(np.floor(parts * (_PALIERS // 2)), prepend=-1))


def _finer(debuts: Rangs, coupures: Rangs, nombre: int) -> Rangs:
    """Add finer steps between the one before each cut and the one after."""
    bornes = np.concatenate((debuts, [nombre]))
    rangs = np.searchsorted(debuts, coupures)
    autour = [np.linspace(bornes[r - 1], bornes[r + 1] - 1, _FINS) for r in rangs.tolist()]
    return np.unique(np.concatenate((debuts, *autour)).astype(np.intp))


def _optimum(sommes: tuple[Nombres, ...], debuts: Rangs, nb: int) -> Rangs:
    """Return where the best classes begin, among the beginnings of steps."""
    w, s1, s2 = (np.append(s[debuts], s[-1]) for s in sommes)
    return debuts[_cuts(w, s1, s2, nb)]


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


def _gaps(triees: Nombres, coupures: Nombres) -> tuple[float, ...]:
    """Put a bound in the middle of the gap below each first value of a class."""
    distinctes = np.unique(triees)
    rangs = np.unique(np.searchsorted(distinctes, coupures))
    rangs = rangs[rangs > 0]
    bas, haut = distinctes[rangs - 1], distinctes[rangs]
    exactes = np.searchsorted(haut, triees, side="right")

    def faithful(bornes: tuple[float, ...]) -> bool:
        classes = np.searchsorted(bornes, triees, side="right")
        return np.unique(classes).size == len(bornes) + 1 and bool((classes != exactes).mean() <= _DEPLACES_MAX)

    return _rounded(bas, haut, faithful)


def _regular(coupures: Nombres, triees: Nombres) -> tuple[float, ...]:
    """Round cuts that do not depend on gaps; those that would leave the first or last class empty are dropped."""
    dedans = coupures[(coupures > triees[0]) & (coupures <= triees[-1])]
    marge = _ECART_MAX * (np.diff(coupures).min() if len(coupures) > 1 else triees[-1] - triees[0])

    def faithful(bornes: tuple[float, ...]) -> bool:
        dans = bornes[0] > triees[0] and bornes[-1] <= triees[-1]
        return dans and bool(np.abs(np.asarray(bornes) - dedans).max() <= marge)

    return _rounded(dedans, dedans, faithful)


def _round_steps(triees: Nombres, nb: int) -> tuple[float, ...]:
    """Cut at the multiples of the finest round step; where one class would hold most values, at 1, 2, 5, 10.

    The twentieth of values at each end plays no part in the choice: one outlier would leave the others together.
    """
    bas, haut = (float(v) for v in np.quantile(triees, (_Q6[0], _Q6[-1])))
    if bas == haut:
        bas, haut = float(triees[0]), float(triees[-1])
    bornes = _multiples(bas, haut, nb)
    if bas <= 0 or _largest(triees, bornes) <= _TROP_DANS_UNE_CLASSE:
        return bornes
    serie = np.array([float(f"{k}e{p}") for p in range(floor(log10(bas)), floor(log10(haut)) + 1) for k in (1, 2, 5)])
    serie = serie[(serie > bas) & (serie <= haut)]
    quantiles = np.quantile(triees, np.arange(1, nb) / nb)
    proches = tuple(sorted({float(serie[np.abs(np.log(serie / q)).argmin()]) for q in quantiles if len(serie)}))
    return min((bornes, proches), key=lambda b: _largest(triees, b))


def _largest(triees: Nombres, bornes: tuple[float, ...]) -> float:
    """Return the share of the values that the fullest class holds."""
    return float(np.bincount(np.searchsorted(bornes, triees, side="right")).max() / len(triees))


def _multiples(bas: float, haut: float, nb: int) -> tuple[float, ...]:
    """Return the multiples in ]bas, haut] of the finest step of 1, 2 or 5 × 10ⁿ that has fewer than `nb` of them."""
    avant: tuple[float, ...] = (haut,)
    for puissance in count(floor(log10((haut - bas) / nb))):
        for rond in _RONDS:
            pas = float(f"{rond:g}e{puissance}")
            rangs = range(floor(bas / pas) + 1, floor(haut / pas) + 1)
            bornes = tuple(b for b in (float(f"{r * pas:.12g}") for r in rangs) if bas < b <= haut)
            if len(bornes) < nb:
                return bornes or (avant[len(avant) // 2],)
            avant = bornes
    raise AssertionError


def _rounded(bas: Nombres, haut: Nombres, valid: Callable[[tuple[float, ...]], bool]) -> tuple[float, ...]:
    """Round the middle of each gap to the fewest significant digits, two at least, that give valid bounds."""
    for chiffres in range(_CHIFFRES, _CHIFFRES_MAX):
        rondes = tuple(_short(b, h, chiffres) for b, h in zip(bas.tolist(), haut.tolist(), strict=True))
        if list(rondes) == sorted(set(rondes)) and (not rondes or valid(rondes)):
            return rondes
    return tuple(haut.tolist())


def _short(bas: float, haut: float, chiffres: int) -> float:
    """Round the middle of a gap, upwards where it would fall out of it; the nearest where no short number fits."""
    if bas < 0 <= haut or bas == haut == 0:
        return 0.0
    milieu = (bas + haut) / 2
    decimales = chiffres - 1 - floor(log10(abs(milieu)))
    proche, au_dessus = round(milieu, decimales), round(milieu + 0.5 * 10.0**-decimales, decimales)
    return au_dessus if not bas < proche <= haut and bas < au_dessus <= haut else proche
