"""Indicators of the dataset: rates and medians coloured by class, counts and amounts as discs (DOMAINE §5.1)."""

from dataclasses import replace

from data.frames import Frames
from data.measures import indicators
from data.measures.definitions import definition
from data.model import MAILLES_CARTE
from layers.kit import indicators as words
from layers.kit.contract import Champs, Drawing, unseen
from layers.kit.crossing import corners
from layers.kit.notices import lacking, missing, without_epci
from layers.kit.quantities import SURFACE, Quantite, coloured, crossed, discs, quantity
from layers.kit.sources import sources_of
from layers.kit.texts import lower_first
from layers.kit.view import View


class Indicateur:
    """One indicator or two together, drawn as their nature asks: a count is never a colour."""

    id = "indicateur"
    libelle = "Indicateur"
    mailles = frozenset(MAILLES_CARTE)
    champs = Champs(filtrable=False)

    def needs(self, view: View) -> tuple[str, ...]:  # noqa: ARG002
        """Name the table of indicators."""
        return ("indicateurs",)

    def describe(self, frames: Frames, view: View) -> Drawing:
        """Describe one or two indicators for the latest year up to the day of the view, failing that the earliest."""
        choisi = view.indicateur or indicators.first(frames, view.maille)
        drawing = Drawing(self.id, self.libelle, view)
        if (manque := missing(frames, "indicateurs")) or not choisi:
            return drawing.saying(lacking(manque or ("indicateurs.csv",), "aucun indicateur n'est montré"))
        drawing = replace(drawing, titre=words.title(definition(frames, choisi)))
        if not view.indicateur:
            drawing = drawing.saying(words.default_said(definition(frames, choisi)))
        ids, avis = words.together(frames, (choisi, view.indicateur2), view.maille)
        mesures = [quantity(frames, i, view) for i in ids]
        if not mesures:
            return drawing.saying(*avis)
        titre = words.titles([m.titre for m in mesures])
        drawing = replace(
            drawing,
            titre=titre,
            phrase=lower_first(titre),
            definition=" ".join(words.definition_said(frames, m.definition) for m in mesures),
            sources=sources_of(frames, "indicateurs"),
        )
        return _drawn(frames, drawing, mesures).saying(*avis, *without_epci(frames, view.maille))


def _drawn(frames: Frames, drawing: Drawing, mesures: list[Quantite]) -> Drawing:
    """Add the marks: a rate in colours, a count in discs, a count over a rate, or two rates crossed."""
    view = drawing.vue
    taux = [m for m in mesures if not m.definition.additive]
    effectifs = [m for m in mesures if m.definition.additive]
    if len(taux) == 2:
        fill, methode = crossed(frames, (taux[0], taux[1]), view)
        return replace(drawing, marques=(fill,), methode=methode, constat=corners(fill))
    if not effectifs:
        fill, methode = coloured(frames, taux[0], view)
        return replace(drawing, marques=(fill,), unite=taux[0].definition.unite, methode=methode)
    disques = discs(frames, effectifs[0], view)
    if not taux:
        seul = effectifs[0].definition
        refus = () if view.decoupe == View(date=view.date).decoupe else (words.count_uncoloured(seul),)
        complet = replace(drawing, marques=disques, unite=seul.unite, methode=SURFACE)
        return complet.saying(*words.without_disc(disques), *refus)
    fill, methode = coloured(frames, taux[0], view)
    fond = replace(unseen(disques[0]), titre=effectifs[0].titre, unite=effectifs[0].definition.unite)
    fill = replace(fill, titre=taux[0].titre)
    complet = replace(drawing, marques=(fill, fond, *disques[1:]), unite=taux[0].definition.unite)
    return replace(complet, methode=f"{methode} {SURFACE}").saying(*words.without_disc(disques))
