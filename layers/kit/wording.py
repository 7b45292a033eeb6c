"""Drawings → the map in French sentences: what it shows, its classes, its main facts, its blanks.

Made from the marks alone, so that the words, the legend and the map cannot disagree. No territory is ranked or named:
the table has them all.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import assert_never

from data.model import Maille
from layers.kit.contract import Drawing
from layers.kit.marks import Classe, Fill, Labels, Mark, Outline, Points, Symbols
from layers.kit.texts import count, lower_first, number, sentence_of, short, typeset

_NOMS = {
    Maille.COMMUNE: ("commune", "communes"),
    Maille.EPCI: ("Epci", "Epci"),
    Maille.DEPARTEMENT: ("département", "départements"),
    Maille.QPV: ("quartier", "quartiers"),
}


def describe(drawings: Sequence[Drawing]) -> tuple[str, ...]:
    """Say drawing after drawing what a map shows; then what it cannot show."""
    return tuple(phrase for d in drawings for phrase in _drawing(d))


def _drawing(drawing: Drawing) -> Iterator[str]:
    said = [phrase for m in drawing.marques for phrase in _mark(m, drawing.unite)]
    if said:
        yield typeset(f"{drawing.titre}{f' ({drawing.unite})' if drawing.unite else ''} : {said[0]}")
        yield from said[1:]
    yield from drawing.bandeau
    yield from dict.fromkeys(drawing.notice)


def _mark(mark: Mark, unite: str) -> Iterator[str]:
    match mark:
        case Fill():
            yield from _fill(mark, unite)
        case Outline():
            yield sentence_of([f"{lower_first(mark.trait.libelle)}, {count(len(mark.codes), *_NOMS[mark.maille])}"])
        case Symbols():
            if mark.valeurs:
                total, largest = short(float(sum(mark.valeurs))), short(float(max(mark.valeurs)))
                yield sentence_of([
                    f"{mark.libelle} : {count(len(mark.codes), *_NOMS[mark.maille])} avec un disque",
                    f"{total} {mark.unite} en tout", f"le plus grand disque en vaut {largest}",
                ])  # fmt: skip
        case Points():
            kinds = Counter(mark.categorie)
            said = " ; ".join(f"{mark.categories[k].libelle} : {number(n)}" for k, n in sorted(kinds.items()))
            yield sentence_of([said or "aucun lieu"])
        case Labels():
            return
        case _:
            assert_never(mark)


def _label(classe: Classe) -> str:
    """Write the name of a class inside a list; one that is a list itself stands between guillemets."""
    return f"« {classe.libelle} »" if ";" in classe.libelle else lower_first(classe.libelle)


def _fill(mark: Fill, unite: str) -> Iterator[str]:
    """Count the classes; say the span of the values and what to compare them with; count the blanks."""
    names = _NOMS[mark.maille]
    counts = Counter(mark.classe)
    classes = [(c, counts[i]) for i, c in enumerate(mark.classes) if counts[i]]
    if not mark.fond:
        shown = " ; ".join(f"{count(n, *names)} : {_label(c)}" for c, n in classes if c.blanc is None)
        yield sentence_of([f"{f'{mark.titre} : ' if mark.titre else ''}{shown or 'aucune valeur'}"])
    values = [float(v) for v in mark.valeurs if v is not None]
    if len(values) > 2:
        name = f"{mark.titre} : " if mark.titre and mark.fond else ""
        span = f"{name}les valeurs vont de {short(min(values))} à {short(max(values))}"
        yield sentence_of([f"{span} {mark.unite or unite}".strip()])
    yield from (sentence_of([f"{r.libelle} : {short(r.valeur)}"]) for r in mark.reperes)
    blanks = [f"{count(n, *names)} : {c.libelle}" for c, n in classes if c.blanc is not None]
    if blanks:
        yield typeset(f"Sans valeur : {' ; '.join(blanks)}.")
