"""The contract between a layer and everyone who shows it."""

from dataclasses import dataclass, replace
from typing import Protocol

from data.frames import Frames
from data.model import Maille, Source
from layers.kit.marks import EntreeLegende, Fill, Mark, Motif, Outline, legend_of
from layers.kit.palettes import lighten
from layers.kit.texts import sentence_of, short, typeset
from layers.kit.view import View


@dataclass(frozen=True, slots=True)
class Drawing:
    """What one layer says of one view, complete enough for any medium.

    `titre` names the measure without territory nor date; `phrase` is its part of the sentence above the map
    ("" to use the title, lower-cased);
    `definition` says how it is counted; `notice` says what cannot be shown and why ("" when all is shown);
    `bandeau` is a fact to display beside the map whatever the zoom (the departmental agreement); `constat` is what the
    legend adds in words to its counts.
    """

    couche: str
    titre: str
    vue: View
    marques: tuple[Mark, ...] = ()
    unite: str = ""
    definition: str = ""
    methode: str = ""
    sources: tuple[Source, ...] = ()
    notice: tuple[str, ...] = ()
    bandeau: tuple[str, ...] = ()
    phrase: str = ""
    constat: str = ""

    @property
    def legende(self) -> tuple[EntreeLegende, ...]:
        """Legend of all marks, computed from them so that they cannot disagree."""
        return tuple(entree for marque in self.marques for entree in legend_of(marque))

    @property
    def lecture(self) -> str:
        """The facts of the legend, the method, what to compare a territory with: « … Médiane des communes : 2,1. »."""
        reperes = [r for m in self.marques if isinstance(m, Fill) for r in m.reperes]
        dits = sentence_of([f"{r.libelle} : {short(r.valeur)}" for r in reperes], " ; ")
        return " ".join(p for p in (self.constat, self.methode, dits) if p)

    def saying(self, *phrases: str) -> "Drawing":
        """Return the same drawing with these notices added."""
        return replace(self, notice=(*self.notice, *phrases))


@dataclass(frozen=True, slots=True)
class Champs:
    """Thematic fields by which a layer can be filtered; `tous` when any field of the dataset will do."""

    filtrable: bool = True
    ids: frozenset[str] = frozenset()

    def accepts(self, champ: str) -> bool:
        """Tell whether this layer changes with the field."""
        return self.filtrable and (not self.ids or champ in self.ids)


class Layer(Protocol):
    """One thing the map can say. A new layer is one file and one line in the registry."""

    @property
    def id(self) -> str:
        """Name in addresses; never reused."""
        ...

    @property
    def libelle(self) -> str:
        """French label, shown in the menu."""
        ...

    @property
    def mailles(self) -> frozenset[Maille]:
        """Mailles at which it has a meaning."""
        ...

    @property
    def champs(self) -> Champs:
        """Fields it can be filtered by."""
        ...

    def needs(self, view: View) -> tuple[str, ...]:
        """Name the tables without which it has nothing to say."""
        ...

    def describe(self, frames: Frames, view: View) -> Drawing:
        """Describe the layer for this view; pure: same inputs, same drawing."""
        ...


def superpose(drawings: tuple[Drawing, ...]) -> tuple[Drawing, ...]:
    """Let one fill keep its colours and turn the others into hatches, so that all stay readable.

    The fill that keeps its colours is the first ordered one that has a value, failing that the first of categories.
    Its colours are lightened, for the hatches to be read over the darkest. Another ordered fill cannot be hatched:
    it is left out, and its drawing says so where it has values. Two families of hatches cannot be told apart either:
    where a fill is hatched, outlines keep their line and lose their hatch.
    """
    if any(isinstance(m, Fill) and not m.fond for d in drawings for m in d.marques):
        drawings = tuple(replace(d, marques=tuple(_unseen(m) for m in d.marques)) for d in drawings)
    else:
        drawings = _one_ground(drawings)
    fills = [(i, m) for i, d in enumerate(drawings) for m in d.marques if isinstance(m, Fill) and not m.fond]
    if len(fills) > 1:
        rangs = [i for i, m in fills if _speaks(m)] or [i for i, m in fills if not m.ordonne] or [fills[0][0]]
        hachures = any(i != rangs[0] and not m.ordonne for i, m in fills)
        drawings = tuple((_light(d) if hachures else d) if i == rangs[0] else _under(d) for i, d in enumerate(drawings))
    if any(_hatched(m) for d in drawings for m in d.marques):
        return tuple(replace(d, marques=tuple(_line_only(m) for m in d.marques)) for d in drawings)
    return drawings


def _speaks(fill: Fill) -> bool:
    """Tell whether colours of this fill carry at least one value."""
    return fill.ordonne and any(fill.classes[rang].blanc is None for rang in set(fill.classe))


def unseen(fond: Fill) -> Fill:
    """Take its colours and hatches from a ground under discs: another fill shows, the ground keeps its words."""
    return replace(fond, plein=False, classes=tuple(replace(c, motif=Motif.AUCUN) for c in fond.classes))


def _one_ground(drawings: tuple[Drawing, ...]) -> tuple[Drawing, ...]:
    """Leave one ground where several layers have discs: the first."""
    grounds = [i for i, d in enumerate(drawings) if any(isinstance(m, Fill) and m.plein for m in d.marques)]
    return tuple(
        replace(d, marques=tuple(_unseen(m) for m in d.marques)) if i in grounds[1:] else d
        for i, d in enumerate(drawings)
    )


def _unseen(marque: Mark) -> Mark:
    return unseen(marque) if isinstance(marque, Fill) and marque.fond else marque


def _hatched(marque: Mark) -> bool:
    """Tell whether hatches of this fill carry its categories; those of its blanks do not count."""
    return isinstance(marque, Fill) and any(c.motif is not Motif.AUCUN for c in marque.classes if c.blanc is None)


def _line_only(marque: Mark) -> Mark:
    if not isinstance(marque, Outline):
        return marque
    return replace(marque, trait=replace(marque.trait, motif=Motif.AUCUN))


def _hatches(fill: Fill) -> Fill:
    classes = (replace(c, motif=c.motif if c.motif_seul is None else c.motif_seul) for c in fill.classes)
    return replace(fill, plein=False, classes=tuple(classes))


def _light(drawing: Drawing) -> Drawing:
    return replace(drawing, marques=tuple(_lighter(m) if isinstance(m, Fill) else m for m in drawing.marques))


def _lighter(fill: Fill) -> Fill:
    classes = (c if c.blanc else replace(c, couleur=lighten(c.couleur)) for c in fill.classes)
    return replace(fill, classes=tuple(classes))


def _under(drawing: Drawing) -> Drawing:
    marques = tuple(
        _hatches(m) if isinstance(m, Fill) else m for m in drawing.marques if not (isinstance(m, Fill) and m.ordonne)
    )
    if not any(isinstance(m, Fill) and _speaks(m) for m in drawing.marques):
        return replace(drawing, marques=marques)
    phrase = f"« {drawing.titre} » n'est pas dessinée : deux suites de valeurs ne se lisent pas l'une sur l'autre."
    return replace(drawing, marques=marques).saying(typeset(phrase))
