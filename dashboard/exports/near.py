"""A view brought near one territory: the same drawings, with its marks only, in the same classes."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar, assert_never

from data.frames import Frames
from data.measures import territories
from data.model import Maille
from layers.kit.contract import Drawing
from layers.kit.marks import Axe, Fill, Grille, Labels, Mark, Outline, Points, Symbols

T = TypeVar("T")


def holders(frames: Frames, maille: Maille, communes: frozenset[str]) -> frozenset[str]:
    """Return the territories of a maille that share a commune with these."""
    if maille is Maille.COMMUNE:
        return communes
    if maille is Maille.QPV:
        quartiers = frames.qpv["code_qpv"]
        return frozenset(q for q in quartiers if not communes.isdisjoint(territories.communes_of(frames, q)))
    return frozenset(territories.members(frames, maille)[sorted(communes)]) - {""}


def restricted(drawings: Sequence[Drawing], frames: Frames, communes: frozenset[str]) -> tuple[Drawing, ...]:
    """Keep the marks of these communes and of the territories that hold them; classes, scales and bounds stay.

    What the drawings of the whole view leave out is not said again: it may concern none of these communes.
    """
    return tuple(
        replace(d, marques=tuple(_mark(m, frames, communes) for m in d.marques), notice=(), constat="")
        for d in drawings
    )


def _mark(mark: Mark, frames: Frames, communes: frozenset[str]) -> Mark:
    inside = communes if isinstance(mark, Points) else holders(frames, mark.maille, communes)
    kept = [i for i, code in enumerate(mark.codes) if code in inside]

    def pick(values: tuple[T, ...]) -> tuple[T, ...]:
        return tuple(values[i] for i in kept) if values else values

    def axis(axe: Axe) -> Axe:
        return replace(axe, valeurs=pick(axe.valeurs))

    match mark:
        case Fill():
            grille = mark.grille and Grille(axis(mark.grille.ordonnee), axis(mark.grille.abscisse))
            filled = replace(mark, classe=pick(mark.classe), valeurs=pick(mark.valeurs), grille=grille)
            return replace(filled, codes=pick(mark.codes), details=pick(mark.details))
        case Outline():
            return replace(mark, codes=pick(mark.codes), details=pick(mark.details))
        case Symbols():
            return replace(mark, codes=pick(mark.codes), details=pick(mark.details), valeurs=pick(mark.valeurs))
        case Points():
            return _points(mark, kept)
        case Labels():
            return replace(mark, codes=pick(mark.codes), textes=pick(mark.textes))
        case _:
            assert_never(mark)


def _points(mark: Points, kept: Sequence[int]) -> Points:
    """Keep some places."""
    return Points(
        ids=tuple(mark.ids[i] for i in kept),
        codes=tuple(mark.codes[i] for i in kept),
        noms=tuple(mark.noms[i] for i in kept),
        longitude=tuple(mark.longitude[i] for i in kept),
        latitude=tuple(mark.latitude[i] for i in kept),
        categorie=tuple(mark.categorie[i] for i in kept),
        categories=mark.categories,
        details=tuple(mark.details[i] for i in kept),
    )
