"""A scene read against the dataset in service: its view, its figures, what of its address no longer holds."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from dashboard.permalink import from_query, to_query
from dashboard.scene import drawings_of, sentence
from dashboard.seances.figures import Chiffre, available, chosen
from dashboard.seances.model import CHIFFRES_MAX, Brouillon
from data.caf import within
from data.frames import Frames
from layers.kit.contract import Drawing
from layers.kit.texts import lower_first, typeset
from layers.kit.view import View

PAR_COUCHE = {
    "couverture_ctg": ("population", "communes", "ctg_a_renouveler"),
    "points_acces": ("bornes_visio", "autres_points"),
}
"""Figures proposed with a layer, the first ones first."""


@dataclass(frozen=True, slots=True)
class SceneLue:
    """A scene with what it shows today; `avis` says what of its address had to be replaced.

    `frames` is the dataset that it looks at: the one in service, or one Caf of it.
    """

    scene: Brouillon
    frames: Frames
    vue: View
    dessins: tuple[Drawing, ...]
    phrase: str
    chiffres: tuple[Chiffre, ...]
    avis: tuple[str, ...]


def read_scene(scene: Brouillon, frames: Frames, today: date) -> SceneLue:
    """Read a scene: what the projection, the dossier and the record of a séance all show of it."""
    lecture = from_query(scene.adresse, frames, today)
    here = within(frames, lecture.vue.caf)
    drawings = drawings_of(lecture.vue, here)
    phrase, figures = sentence(lecture.vue, here, drawings), chosen(here, lecture.vue, scene.chiffres)
    return SceneLue(scene, here, lecture.vue, drawings, phrase, figures, lecture.avis)


def pinned(view: View, frames: Frames, today: date) -> str:
    """Write the address of a view with its day in it, so that a séance shows next year what it showed the board."""
    query = to_query(view, frames, today)
    if "date=" in query:
        return query
    return query + ("" if query == "?" else "&") + f"date={view.date.isoformat()}"


def pin(adresse: str, frames: Frames, today: date) -> str:
    """Write an address again with its day in it; what is wrong in it goes."""
    return pinned(from_query(_query_of(adresse), frames, today).vue, frames, today)


def _query_of(adresse: str) -> str:
    """Accept an address copied whole from the browser."""
    return "?" + adresse.partition("?")[2] if "?" in adresse else ""


def proposed(view: View, frames: Frames, today: date, ids: Sequence[str] = ()) -> Brouillon:
    """Propose a scene from a view: its sentence as title, and its figures."""
    here = within(frames, view.caf)
    known = [c.id for c in available(here, view)]
    wanted = [*ids, *(c for c in known if c.startswith(("territoire_", "compose_")))]
    wanted += [c for couche in view.couches for c in PAR_COUCHE.get(couche, ())]
    figures = tuple(dict.fromkeys(c for c in wanted if c in known))[:CHIFFRES_MAX]
    return Brouillon(pinned(view, frames, today), titre=_title(view, here), chiffres=figures)


def _title(view: View, frames: Frames) -> str:
    """Write the sentence of a view, under the name of its territory where it has one."""
    told = sentence(view, frames)
    name = frames.noms.get(view.territoire, "") or (view.nom if view.communes else "")
    return typeset(f"{name} : {lower_first(told)}") if name else told


def titled(view: View, frames: Frames, today: date, texts: Sequence[str], ids: Sequence[str] = ()) -> Brouillon:
    """Return the scene of a view with its title, reading and question (`texts`)."""
    titre, lecture, question = texts
    draft = proposed(view, frames, today, ids)
    return replace(draft, titre=titre, lecture=lecture, question=question)
