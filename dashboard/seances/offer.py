"""What is offered before anything is written: the models and their scenes, a scene from a view, its thumbnail."""

from typing import Any

from dashboard.deps import Deps
from dashboard.permalink import from_query
from dashboard.scene import drawings_of, sentence
from dashboard.seances import accords, modeles
from dashboard.seances.errors import SaisieError, SeanceInconnueError
from dashboard.seances.figures import available
from dashboard.seances.model import Brouillon
from dashboard.seances.payload import of_figure
from dashboard.seances.scenes import proposed
from dashboard.seances.vignette import thumbnail
from dashboard.seen import seen
from data.caf import within
from layers.kit.texts import typeset


def models(deps: Deps) -> list[dict[str, Any]]:
    """Return the built-in models, what each lacks here, and the agreements to choose from."""
    frames, jour = deps.frames(), deps.frames().jeu.date_reference or deps.today()
    choices = [{"id": a.id, "nom": a.nom} for a in accords.signed(frames, jour)]
    return [
        {
            "id": m.id,
            "libelle": typeset(m.libelle),
            "description": typeset(m.description),
            "manque": list(m.lacking(frames)),
            "accords": choices if m.accord else [],
            "accord": m.accord,
        }
        for m in modeles.MODELES
    ]


def proposition(deps: Deps, adresse: str) -> dict[str, Any]:
    """Return the texts and figures proposed for the scene of a view, and every figure that it knows."""
    frames, today = deps.frames(), deps.today()
    lecture = from_query(adresse, frames, today)
    draft = proposed(lecture.vue, frames, today)
    return {
        "adresse": draft.adresse,
        "titre": draft.titre,
        "chiffres": list(draft.chiffres),
        "connus": [of_figure(c) for c in available(within(frames, lecture.vue.caf), lecture.vue)],
        "avis": list(lecture.avis),
    }


def drawn(deps: Deps, adresse: str) -> str:
    """Return the thumbnail of a view as SVG."""
    frames, view = seen(deps, adresse)
    drawings = drawings_of(view, frames)
    return thumbnail(drawings, frames, view.maille, sentence(view, frames, drawings))


def of_model(deps: Deps, id_modele: str, id_accord: str) -> tuple[Brouillon, ...]:
    """Compute the scenes of a model, on one agreement where it needs one.

    Raises: SeanceInconnueError, SaisieError where the dataset does not allow it.
    """
    frames, today = deps.frames(), deps.today()
    model = modeles.modele(id_modele)
    if model is None:
        raise SeanceInconnueError("Ce modèle n'existe pas.")
    jour = frames.jeu.date_reference or today
    known = accords.signed(frames, jour) if model.accord and not model.lacking(frames) else ()
    accord = next((a for a in known if a.id == id_accord), next(iter(known), None))
    scenes = model.scenes(modeles.Cadre(frames, today, accord))
    if not scenes:
        tables = ", ".join(model.lacking(frames)) or "une convention signée"
        raise SaisieError(f"Ce jeu de données ne permet pas ce modèle : il y manque {tables}.")
    return scenes
