"""From figures to classes: bounds that a reader can quote, fixed by the method, the number asked and the figures."""

from dataclasses import dataclass
from math import floor, log2, log10

import numpy as np

from layers.kit.breaks import Nombres, Rangs, bounds
from layers.kit.marks import Symbols
from layers.kit.texts import number, typeset
from layers.kit.view import Decoupe, Methode

_DECIMALES_MAX = 12
_NB_Q6 = 6
NB_NIVEAUX = 3


@dataclass(frozen=True, slots=True)
class Scale:
    """Classes of non-zero values: class `i` holds `bornes[i-1] <= v < bornes[i]`, open at both ends of the scale.

    `signee` when some values are negative.
    """

    bornes: tuple[float, ...]
    signee: bool = False

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
            return ("Toute valeur autre que 0" if self.signee else "Plus de 0",)
        bornes = _written(self.bornes)
        milieu = (f"De {bas} à moins de {haut}" for bas, haut in zip(bornes, bornes[1:], strict=False))
        return (f"Moins de {bornes[0]}", *milieu, f"{bornes[-1]} et plus")


def scale_of(valeurs: Nombres, methode: Methode, nb: int, bornes: tuple[float, ...] = ()) -> Scale:
    """Cut the values other than 0 into at most `nb` classes; fewer where values are few (1 + log2 of their number).

    Q6 always asks for six classes; the manual method takes `bornes` as they are, natural classes without any.
    """
    triees = np.sort(valeurs[np.isfinite(valeurs) & (valeurs != 0)])
    signee = bool(len(triees) and triees[0] < 0)
    if methode is Methode.MANUEL and bornes:
        return Scale(bornes, signee)
    distinctes = len(np.unique(triees))
    if methode is not Methode.Q6:
        nb = min(nb, distinctes, 1 + floor(log2(len(triees)))) if distinctes else 1
    return Scale(bounds(triees, methode, nb) if distinctes > 1 and nb > 1 else (), signee)


def levels_of(valeurs: Nombres, methode: Methode) -> Scale:
    """Cut all values, 0 included, into at most three levels, for a crossing.

    Where ties leave equal counts fewer levels than there are values, levels are natural.
    """
    triees = np.sort(valeurs[np.isfinite(valeurs)])
    nb, signee = min(NB_NIVEAUX, len(np.unique(triees))), bool(len(triees) and triees[0] < 0)
    if nb < 2:
        return Scale((), signee)
    echelle = Scale(bounds(triees, methode, nb), signee)
    return echelle if echelle.nb == nb else Scale(bounds(triees, Methode.NATUREL, nb), signee)


def wording(decoupe: Decoupe, echelle: Scale, reference: str) -> str:
    """Say how classes were made: the method, the reference of their bounds, and when they are fewer than asked."""
    methode, nb, bornes = decoupe
    if methode is Methode.MANUEL and bornes:
        return typeset(f"Classes : {methode.libelle}.")
    choix = f"{Methode.NATUREL.libelle}, faute de bornes choisies" if methode is Methode.MANUEL else methode.libelle
    demandees = _NB_Q6 if methode is Methode.Q6 else nb
    moins = f" Moins de {demandees} classes : trop peu de valeurs différentes." if echelle.nb < demandees else ""
    return typeset(f"Classes : {choix}, bornes calculées {reference}.{moins}")


def disc_values(mark: Symbols) -> tuple[float, ...]:
    """Choose the values of the discs of a legend: the largest, then round ones near its fourth and its sixteenth."""
    least = 1 if all(float(v).is_integer() for v in mark.valeurs) else 1e-12
    values = (mark.maximum, round_below(mark.maximum / 4), round_below(mark.maximum / 16))
    return tuple(v for i, v in enumerate(values) if v >= least and v not in values[:i])


def round_below(value: float) -> float:
    """Return the largest 1, 2 or 5 × 10ⁿ not above a value, 0 for nothing."""
    if value <= 0:
        return 0.0
    power = 10.0 ** floor(log10(value))
    return next(k * power for k in (5.0, 2.0, 1.0) if k * power <= value * (1 + 1e-9))


def _written(bornes: tuple[float, ...]) -> tuple[str, ...]:
    """Write bounds with as few decimals as tell them apart."""
    ecrites = tuple(number(b) for b in bornes)
    for decimales in range(2, _DECIMALES_MAX):
        if len(set(ecrites)) == len(bornes):
            break
        ecrites = tuple(number(b, decimales) for b in bornes)
    return ecrites
