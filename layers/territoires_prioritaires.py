"""Priority territories: one outline per definition, each with its criteria, source and year (S89-S92)."""

from collections.abc import Iterator
from dataclasses import replace

from data.frames import Frames
from data.measures import priority
from data.measures.cache import per_frames
from data.measures.definitions import CONNUES
from data.measures.priority import DefinitionPrioritaire, Prioritaire
from data.model import MAILLES_CARTE, Maille
from layers.kit.contract import Champs, Drawing
from layers.kit.marks import Motif, Outline, Trait
from layers.kit.notices import lacking, missing
from layers.kit.palettes import trait
from layers.kit.sources import sources_of
from layers.kit.texts import PAR_MAILLE, count, enumerate_fr, lower_first, typeset
from layers.kit.view import View

_DEFINITION = "Chaque définition garde son contour, sa source et son année ; aucune n'est additionnée à une autre."


class TerritoiresPrioritaires:
    """One outline per definition, drawn at the definition's own maille."""

    id = "territoires_prioritaires"
    libelle = "Territoires prioritaires"
    mailles = frozenset(MAILLES_CARTE)
    champs = Champs(filtrable=False)

    def needs(self, view: View) -> tuple[str, ...]:  # noqa: ARG002
        """Name the table of priority territories."""
        return ("territoires_prioritaires",)

    def describe(self, frames: Frames, view: View) -> Drawing:
        """Describe the definitions of the view, all of them when it names none."""
        drawing = Drawing(self.id, self.libelle, view, phrase="territoires prioritaires")
        if manque := missing(frames, *self.needs(view)):
            return drawing.saying(lacking(manque, "aucun territoire prioritaire n'est montré"))
        connues = priority.definitions(frames)
        montrees = [d for d in connues if not view.definitions or d.id in view.definitions]
        contours = tuple(c for d in montrees for c in _outlines(frames)[d.id, d.maille])
        return replace(
            drawing,
            marques=contours,
            definition=typeset(_DEFINITION),
            sources=sources_of(frames, *self.needs(view), "qpv"),
            notice=tuple(_notices(view, montrees, [d for d in view.definitions if d not in {c.id for c in connues}])),
        )


def _notices(view: View, montrees: list[DefinitionPrioritaire], inconnues: list[str]) -> Iterator[str]:
    if inconnues:
        yield typeset(f"Définition inconnue de ce jeu : {enumerate_fr(inconnues)}.")
    if not montrees:
        yield "Aucun territoire prioritaire dans ce jeu pour ce choix."
    ailleurs = [f"{d.libelle}, {PAR_MAILLE[d.maille]}" for d in montrees if d.nombre and d.maille is not view.maille]
    if ailleurs:
        yield typeset(f"Contours gardés à la maille de leur définition : {' ; '.join(ailleurs)}.")
    for d in montrees:
        if d.inconnus:
            remede = " Les contours des quartiers se lisent dans qpv.geojson." if d.maille is Maille.QPV else ""
            yield typeset(f"{d.libelle} : {count(len(d.inconnus), 'territoire')} sans contour.{remede}")


@per_frames
def _outlines(frames: Frames) -> dict[tuple[str, Maille], tuple[Outline, ...]]:
    """Return the outlines of each definition; its line style depends on its rank in the file, not on the view."""
    ids = list(dict.fromkeys(d.id for d in priority.definitions(frames)))
    return {
        (d.id, d.maille): tuple(_of_definition(frames, d, trait(ids.index(d.id), f"{d.id}-{d.maille}", _label(d))))
        for d in priority.definitions(frames)
    }


def _label(definition: DefinitionPrioritaire) -> str:
    """Return the label of a definition, with its year where its name does not say it."""
    annee = str(definition.annee or "")
    return definition.libelle if annee in definition.libelle else f"{definition.libelle} ({annee})"


def _of_definition(frames: Frames, definition: DefinitionPrioritaire, style: Trait) -> Iterator[Outline]:
    textes: dict[str, list[str]] = {}
    for membre in priority.of_definition(frames, definition.id):
        if membre.maille is definition.maille:
            textes.setdefault(membre.code, []).append(_detail(membre))
    codes = tuple(sorted(textes))
    if codes:
        yield Outline(definition.maille, codes, style, tuple(typeset(" ; ".join(textes[c])) for c in codes))
    if definition.maille is Maille.COMMUNE and definition.id.startswith("qpv"):
        yield from _quarters(frames, frozenset(codes), style)


def _quarters(frames: Frames, communes: frozenset[str], style: Trait) -> Iterator[Outline]:
    """Draw the quarters themselves where a definition names their communes only and the dataset has their shapes."""
    dedans = frames.qpv[[not communes.isdisjoint(c.split("|")) for c in frames.qpv["codes_communes"]]]
    if len(dedans):
        fin = replace(style, id=f"{style.id}-contours", libelle="Contours des quartiers", epaisseur=1.4, tirets=())
        yield Outline(Maille.QPV, tuple(dedans["code_qpv"]), replace(fin, motif=Motif.AUCUN), tuple(dedans["nom"]))


def _detail(membre: Prioritaire) -> str:
    """Write reason, rank, criteria, source and year of one territory under one definition."""
    rang = f"rang {membre.rang}" if membre.rang is not None else ""
    criteres = ", ".join(
        lower_first(CONNUES[c].libelle) if c in CONNUES else c.replace("_", " ") for c in membre.criteres
    )
    annee = str(membre.annee or "")
    source = membre.source if annee in membre.source else f"{membre.source}, {annee}".removeprefix(", ")
    return " ; ".join(p for p in (membre.justification, rang, criteres, source) if p)
