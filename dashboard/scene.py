"""The one path from a view to what is shown, taken by the page, the exports and the commands alike."""

from collections.abc import Callable, Sequence

from data.caf import within
from data.frames import Frames
from data.model import TOUS_CHAMPS, Maille
from layers.kit import composed
from layers.kit.contract import Drawing, superpose
from layers.kit.texts import PAR_MAILLE, enumerate_fr, long_date, lower_first, sentence_of, typeset
from layers.kit.view import View
from layers.registry import layer

Describe = Callable[[str, View, Frames], Drawing]


def describe(id_couche: str, view: View, frames: Frames) -> Drawing:
    """Describe one layer of a view, alone; one that has no meaning at this maille says so."""
    couche = layer(id_couche)
    assert couche is not None
    if view.maille in couche.mailles:
        return couche.describe(frames, view)
    mailles = enumerate_fr((m.libelle.lower() for m in Maille if m in couche.mailles), "ou")
    phrase = typeset(f"« {couche.libelle} » n'existe pas à cette maille. Choisir la maille {mailles}.")
    return Drawing(couche.id, couche.libelle, view, notice=(phrase,))


def drawings_of(view: View, frames: Frames, one: Describe = describe) -> tuple[Drawing, ...]:
    """Describe every layer of the view in drawing order, made readable over one another; unknown ones are skipped.

    `one` describes a layer alone, or remembers how it was described.
    """
    frames = within(frames, view.caf)
    drawings = superpose(tuple(one(c, view, frames) for c in view.couches if layer(c)))
    compose = composed.outline(view)
    return (*drawings, compose) if compose else drawings


def sentence(view: View, frames: Frames, drawings: Sequence[Drawing] | None = None) -> str:
    """Say in one sentence what the map shows; give the drawings of the view where they are already made."""
    frames = within(frames, view.caf)
    dessins = drawings_of(view, frames) if drawings is None else drawings
    montres = [d for d in dessins if d.marques and d.couche != composed.COUCHE]
    sujet = enumerate_fr(d.phrase or lower_first(d.titre) for d in montres) or "carte sans couche"
    couches = [couche for d in montres if (couche := layer(d.couche))]
    champ = frames.champ(view.champ) if view.champ != TOUS_CHAMPS else None
    filtre = f"champ {lower_first(champ.libelle)}" if champ and any(c.champs.accepts(champ.id) for c in couches) else ""
    return sentence_of((sujet, filtre, f"au {long_date(view.date)}", PAR_MAILLE[view.maille]))
