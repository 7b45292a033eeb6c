"""Where a territory stands, in one plain sentence: its figure, its class, and the values that it is compared with."""

from dataclasses import dataclass

from layers.kit.crossing import HAUTEURS
from layers.kit.marks import Fill, Repere
from layers.kit.texts import of_the, sentence_of, short, typeset

_CHIFFRES = 6


@dataclass(frozen=True, slots=True)
class Comparaison:
    """A value to compare with, and how the three outcomes are said."""

    repere: float
    au_dessus: str
    au_dessous: str
    egal: str


@dataclass(frozen=True, slots=True)
class Situation:
    """The pieces of the sentence, which a page may put together without deciding any word.

    `classes[rang]` says a class (« , classe 4 sur 5 »), `comparaisons` what a figure is compared with.
    """

    classes: tuple[str, ...]
    comparaisons: tuple[Comparaison, ...] = ()


def situation(fill: Fill) -> Situation:
    """Prepare the sentences of a fill: no class number for categories, nothing more than the blank for a blank."""
    if fill.grille is not None:
        hautes, basses = (HAUTEURS[len(axe.niveaux)] for axe in (fill.grille.ordonnee, fill.grille.abscisse))
        croisees = tuple(f", classes {h} et {b}" for h in hautes for b in basses)
        return Situation(croisees + ("",) * (len(fill.classes) - len(croisees)))
    if not fill.ordonne:
        return Situation(("",) * len(fill.classes))
    numerotees = [rang for rang, c in enumerate(fill.classes) if c.blanc is None and c.id != "zero"]
    classes = tuple(
        f", classe {numerotees.index(rang) + 1} sur {len(numerotees)}" if rang in numerotees else ""
        for rang in range(len(fill.classes))
    )
    return Situation(classes, tuple(_comparison(r) for r in fill.reperes if r.dit))


def _comparison(repere: Repere) -> Comparaison:
    valeur = f" ({short(repere.valeur)})"
    dessus, dessous = (f", {mot} {of_the(repere.dit)}{valeur}" for mot in ("au-dessus", "au-dessous"))
    return Comparaison(_digits(repere.valeur), dessus, dessous, f", comme {repere.dit}{valeur}")


def said(fill: Fill, code: str, nom: str) -> str:
    """Say it: « Arras : 12,3 places pour 100 enfants, classe 4 sur 5, au-dessus de la médiane des communes (8,1). »."""
    if code not in fill.codes:
        return ""
    rang, pieces = fill.codes.index(code), situation(fill)
    valeur = fill.valeurs[rang] if fill.valeurs else None
    compare = "" if valeur is None else "".join(_outcome(_digits(valeur), c) for c in pieces.comparaisons)
    return sentence_of((typeset(f"{nom} : {fill.details[rang]}{pieces.classes[fill.classe[rang]]}{compare}"),))


def _outcome(valeur: float, avec: Comparaison) -> str:
    return avec.au_dessus if valeur > avec.repere else avec.au_dessous if valeur < avec.repere else avec.egal


def _digits(valeur: float) -> float:
    """Keep as many digits as figures have in a browser, lest equal values differ."""
    return float(f"{valeur:.{_CHIFFRES}g}")
