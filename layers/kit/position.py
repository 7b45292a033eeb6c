"""Where a territory stands, in one plain sentence: its figure, its class, and the median of its peers."""

from dataclasses import dataclass

from layers.kit.crossing import HAUTEURS
from layers.kit.marks import Fill
from layers.kit.texts import sentence_of, short, typeset

_CHIFFRES = 6


@dataclass(frozen=True, slots=True)
class Situation:
    """The pieces of the sentence, which a page may put together without deciding any word.

    `classes[rang]` says a class (« , classe 4 sur 5 »), `repere` is compared with (None for no comparison), and
    `au_dessus`, `au_dessous`, `egal` say the three outcomes.
    """

    classes: tuple[str, ...]
    repere: float | None = None
    au_dessus: str = ""
    au_dessous: str = ""
    egal: str = ""


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
    repere = next((r for r in fill.reperes if r.dit), None)
    if repere is None:
        return Situation(classes)
    valeur = f" ({short(repere.valeur)})"
    dessus, dessous = (f", {mot} de {repere.dit}{valeur}" for mot in ("au-dessus", "au-dessous"))
    return Situation(classes, _digits(repere.valeur), dessus, dessous, f", comme {repere.dit}{valeur}")


def said(fill: Fill, code: str, nom: str) -> str:
    """Say it: « Arras : 12,3 places pour 100 enfants, classe 4 sur 5, au-dessus de la médiane des communes (8,1). »."""
    if code not in fill.codes:
        return ""
    rang, pieces = fill.codes.index(code), situation(fill)
    valeur = fill.valeurs[rang] if fill.valeurs else None
    comparaison = ""
    if valeur is not None and pieces.repere is not None:
        ecart = _digits(valeur) - pieces.repere
        comparaison = pieces.au_dessus if ecart > 0 else pieces.au_dessous if ecart < 0 else pieces.egal
    return sentence_of((typeset(f"{nom} : {fill.details[rang]}{pieces.classes[fill.classe[rang]]}{comparaison}"),))


def _digits(valeur: float) -> float:
    """Keep as many digits as figures have in a browser, lest equal values differ."""
    return float(f"{valeur:.{_CHIFFRES}g}")
