"""Everything that the files of a séance say, gathered once for whatever format."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from dashboard import texts
from dashboard.exports.cartouche import program_version, status
from dashboard.exports.options import STATUT, TEXTE_MAX, Options
from dashboard.exports.snapshot import Instantane, snapshot_of
from dashboard.permalink import from_query
from dashboard.seances.figures import chosen
from dashboard.seances.model import Decision, Scene, Seance
from dashboard.seances.pen import read_strokes
from data.frames import Frames
from data.model import Profil
from layers.kit.cartouche import ChiffreCle
from layers.kit.texts import count, long_date, short_date, typeset

VIDE = "Cette séance n'a pas encore de scène."
SANS_DECISION = "Aucune décision n'a été notée à ce jour."
STYLO = "Les traits roses ont été tracés au stylo sur la carte projetée."
SANS_TITRE = "Scène sans titre"
PROPOSITION = "Les décisions sont retranscrites telles qu'elles ont été notées pendant la séance."
ENTETES_DECISIONS = ("Scène", "Décision", "En charge (fonction)", "Échéance", "Notée le")
Avance = Callable[[str, int, int], None]
"""What is told of the progress: the scene being drawn, how many are done, how much there is to do."""
_NOTE_DEFINITIONS, _NOTE_SOURCES = 0, 1


def silent(step: str, done: int, total: int) -> None:
    """Tell nobody."""


@dataclass(frozen=True, eq=False)
class ScenePrete:
    """One scene ready to be laid out: its snapshot carries its own title, reading and figures.

    `avis` is what of its address no longer holds; `notes` are "" where they do not leave.
    """

    rang: int
    titre: str
    question: str
    notes: str
    avis: tuple[str, ...]
    instantane: Instantane

    @property
    def sources(self) -> tuple[str, ...]:
        """The sources of what it shows."""
        return self.instantane.cartouche.notes[_NOTE_SOURCES].paragraphes


@dataclass(frozen=True, eq=False)
class Dossier:
    """A séance with its scenes drawn and its decisions written; `frames` is the dataset in service.

    `faits` says the board and the day; `decisions` has a row per decision under `ENTETES_DECISIONS`.
    """

    id: str
    titre: str
    faits: str
    statut: str
    mention: str
    edition: str
    frames: Frames
    options: Options
    jour: date
    profil: Profil
    scenes: tuple[ScenePrete, ...]
    decisions: tuple[tuple[str, ...], ...]

    @property
    def organisme(self) -> str:
        """The Caf and the program."""
        return f"{self.frames.jeu.nom} · {texts.NOM}"

    @property
    def nombre(self) -> str:
        """How many scenes and decisions it holds."""
        return f"{count(len(self.scenes), 'scène')}, {count(len(self.decisions), 'décision')}"

    def drawn_one_by_one(self, avance: Avance) -> Iterator[ScenePrete]:
        """Yield the scenes, the progress being told before each is drawn, then before the file is put together."""
        total = len(self.scenes) + 1
        for scene in self.scenes:
            avance(scene.titre, scene.rang - 1, total)
            yield scene
        avance("Mise en page", total - 1, total)

    @property
    def definitions(self) -> tuple[str, ...]:
        """The definitions of every scene, each one once."""
        return _once(s.instantane.cartouche.notes[_NOTE_DEFINITIONS].paragraphes for s in self.scenes)

    @property
    def sources(self) -> tuple[str, ...]:
        """The sources of every scene, each one once."""
        return _once(s.sources for s in self.scenes)


def dossier_of(
    seance: Seance, frames: Frames, jour: date, profil: Profil = Profil.INTERNE, *, avec_notes: bool = False
) -> Dossier:
    """Read a séance against a dataset; `jour` is the edition's, a partner's `profil` prevails over the scenes'."""
    options = Options(
        statut=STATUT,
        instance=seance.instance.strip()[:TEXTE_MAX],
        adresse=frames.jeu.parametres.adresse_publique or "",
    )
    scenes = tuple(_scenes(seance, frames, jour, (profil, avec_notes), options))
    noms = {s.id: f"{prete.rang}. {prete.titre}" for s, prete in zip(seance.scenes, scenes, strict=True)}
    faits = (seance.instance.strip(), f"séance du {long_date(seance.jour)}" if seance.jour else "")
    return Dossier(
        id=seance.id,
        titre=typeset(seance.titre.strip()),
        faits=typeset(", ".join(f for f in faits if f)),
        statut=status(options, jour),
        mention=texts.FICTIF if frames.jeu.fictif else "",
        edition=_edition(frames, profil),
        frames=frames,
        options=options,
        jour=jour,
        profil=profil,
        scenes=scenes,
        decisions=tuple(_decision(d, noms.get(d.scene_id) or _gone(d.scene_id, seance)) for d in seance.decisions),
    )


def _edition(frames: Frames, profil: Profil) -> str:
    pour = "Édition partenaire" if profil is Profil.PARTENAIRE else "Édition interne"
    return typeset(
        f"{pour}, jeu de données {frames.jeu.version[:12] or 'sans version'}, {texts.NOM} {program_version()}."
    )


def _scenes(
    seance: Seance, frames: Frames, jour: date, pour: tuple[Profil, bool], options: Options
) -> Iterator[ScenePrete]:
    profil, avec_notes = pour
    for rang, scene in enumerate(seance.scenes, 1):
        lecture = from_query(scene.adresse, frames, jour)
        vue = replace(lecture.vue, profil=profil) if profil is Profil.PARTENAIRE else lecture.vue
        shown = snapshot_of(vue, frames, jour, options)
        titre = typeset(scene.titre.strip()) or shown.cartouche.titre or SANS_TITRE
        words = replace(
            shown.cartouche,
            titre=titre,
            phrase=typeset(scene.lecture.strip()) or shown.cartouche.phrase,
            chiffres=_figures(scene, shown),
            mention=texts.FICTIF if frames.jeu.fictif else "",
        )
        traces = read_strokes(scene.traits)
        if traces:
            words = replace(words, avis=(*words.avis, STYLO))
        yield ScenePrete(
            rang,
            titre,
            typeset(scene.question.strip()),
            typeset(scene.notes.strip()) if avec_notes else "",
            tuple(typeset(a) for a in lecture.avis),
            replace(shown, cartouche=words, traces=traces),
        )


def _figures(scene: Scene, shown: Instantane) -> tuple[ChiffreCle, ...]:
    """Return the figures chosen for a scene, with their terms."""
    found = chosen(shown.frames, shown.vue, scene.chiffres)
    said = ((c.valeur, f"{c.libelle} ({c.precision})" if c.precision else c.libelle) for c in found)
    return tuple(ChiffreCle(valeur, typeset(libelle)) for valeur, libelle in said)


def _decision(decision: Decision, scene: str) -> tuple[str, ...]:
    return (
        scene,
        typeset(decision.texte.strip()),
        typeset(decision.charge.strip()) or "non précisé",
        short_date(decision.echeance) if decision.echeance else "non fixée",
        short_date(decision.prise.date()),
    )


def _gone(id_scene: str, seance: Seance) -> str:
    """Name a scene that was taken out of its séance."""
    titre = next((s.titre.strip() for s in seance.retirees if s.id == id_scene), "")
    return typeset(f"{titre or SANS_TITRE} (scène retirée)")


def _once(lists: Iterator[Sequence[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(line for lines in lists for line in lines))
