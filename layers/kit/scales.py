"""From figures to classes: bounds that a reader can quote, fixed by the method, the number asked and the figures."""

from dataclasses import dataclass
from math import floor, log2, log10

import numpy as np

from layers.kit.breaks import Nombres, Rangs, around, bounds
from layers.kit.marks import Repere, Symbols
from layers.kit.palettes import diverging, sequence
from layers.kit.texts import number, of_the, short, typeset
from layers.kit.view import Decoupe, Methode

_DECIMALES_MAX = 12
_NB_Q6 = 6
NB_NIVEAUX = 3
ECARTS = (Methode.ECART_DEPARTEMENT, Methode.ECART_NATIONAL)
_FAUTE = {
    Methode.MANUEL: "bornes choisies",
    Methode.ECART_DEPARTEMENT: "valeur du département",
    Methode.ECART_NATIONAL: "référence nationale dans le jeu",
}


@dataclass(frozen=True, slots=True)
class Scale:
    """Classes of non-zero values: class `i` holds `bornes[i-1] <= v < bornes[i]`, open at both ends of the scale.

    `signee` when some values are negative. Around a named value, `centre`, `cotes` is the rank of each class from it
    (-1, -2… below, 1, 2… above, 0 about it where `autour`); elsewhere it is None and there are none.
    """

    bornes: tuple[float, ...]
    signee: bool = False
    centre: Repere | None = None
    cotes: tuple[int, ...] = ()
    autour: bool = False

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
        libelles = (f"Moins de {bornes[0]}", *milieu, f"{bornes[-1]} et plus")
        return tuple(x + self._beside(c) for x, c in zip(libelles, self.cotes, strict=True)) if self.cotes else libelles

    def _beside(self, cote: int) -> str:
        """Name the centre in the classes that touch it."""
        if self.centre is None or abs(cote) > 1 or (cote and self.autour):
            return ""
        places = (
            f"autour {of_the(self.centre.dit)}",
            f"au-dessus {of_the(self.centre.dit)}",
            f"sous {self.centre.dit}",
        )
        return f", {places[cote]}"

    @property
    def couleurs(self) -> tuple[str, ...]:
        """Colours of the classes."""
        return diverging(self.cotes, self.autour) if self.cotes else sequence(self.nb)


def scale_of(
    valeurs: Nombres, methode: Methode, nb: int, bornes: tuple[float, ...] = (), centre: Repere | None = None
) -> Scale:
    """Cut the values other than 0 into at most `nb` classes; fewer where values are few (1 + log2 of their number).

    Q6 always asks for six classes; the manual method takes `bornes` as they are, natural classes without any; a
    deviation is cut around its `centre`, and natural without one.
    """
    triees = np.sort(valeurs[np.isfinite(valeurs) & (valeurs != 0)])
    signee = bool(len(triees) and triees[0] < 0)
    if methode is Methode.MANUEL and bornes:
        return Scale(bornes, signee)
    distinctes = len(np.unique(triees))
    if methode is not Methode.Q6:
        nb = min(nb, distinctes, 1 + floor(log2(len(triees)))) if distinctes else 1
    if distinctes < 2 or nb < 2:
        return Scale((), signee)
    if methode in ECARTS and centre is not None:
        bornees, cotes = around(triees, centre.valeur, nb)
        return Scale(bornees, signee, centre, cotes, nb % 2 == 1)
    return Scale(bounds(triees, methode, nb), signee)


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
    choix = f"{Methode.NATUREL.libelle}, faute de {_FAUTE[methode]}" if methode in _FAUTE else methode.libelle
    if echelle.centre is not None:
        choix = f"{methode.libelle} ({short(echelle.centre.valeur)}), à pas égaux de part et d'autre"
    demandees = _NB_Q6 if methode is Methode.Q6 else nb
    pourquoi = "trop peu de valeurs différentes" if echelle.centre is None else "aucune valeur plus loin"
    moins = f" Moins de {demandees} classes : {pourquoi}." if echelle.nb < demandees else ""
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
