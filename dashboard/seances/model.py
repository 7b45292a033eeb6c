"""The words of the meeting as frozen types: no I/O, no frame."""

from dataclasses import dataclass, field
from datetime import date, datetime

CHIFFRES_MAX = 3


@dataclass(frozen=True, slots=True)
class Brouillon:
    """A scene before it is kept: an address of the map and what is said over it; `chiffres` are at most three ids."""

    adresse: str
    titre: str = ""
    lecture: str = ""
    question: str = ""
    chiffres: tuple[str, ...] = ()
    notes: str = ""
    traits: str = ""


@dataclass(frozen=True, slots=True)
class Scene(Brouillon):
    """A scene of a séance; `traits` are the pen strokes kept with it, as JSON (see `assets/stylo.js`), "" for none.

    `version` counts its changes.
    """

    id: str = ""
    version: int = 1


@dataclass(frozen=True, slots=True)
class Decision:
    """What the board decided over a scene; `charge` is a function, never a person; `adresse` that of the scene then.

    `prise` is UTC.
    """

    id: str
    seance_id: str
    scene_id: str
    adresse: str
    texte: str
    charge: str
    echeance: date | None
    prise: datetime
    version: int = 1


@dataclass(frozen=True, slots=True)
class Resume:
    """One line of the list of séances; `modifiee` is UTC."""

    id: str
    titre: str
    instance: str
    jour: date | None
    scenes: int
    decisions: int
    archivee: bool
    modifiee: datetime


@dataclass(frozen=True, slots=True)
class Seance:
    """A séance whole: its scenes in order, those taken out of it (`retirees`), the decisions in the order taken."""

    id: str
    titre: str
    instance: str
    jour: date | None
    version: int
    archivee: bool
    scenes: tuple[Scene, ...] = ()
    retirees: tuple[Scene, ...] = ()
    decisions: tuple[Decision, ...] = ()

    def decisions_of(self, scene_id: str) -> tuple[Decision, ...]:
        """Return the decisions taken over one of its scenes."""
        return tuple(d for d in self.decisions if d.scene_id == scene_id)


@dataclass(frozen=True, slots=True)
class Modification:
    """Texts that someone changed: `avant` as they were read at `version`, `apres` as they are wanted."""

    version: int
    avant: dict[str, str] = field(default_factory=dict)
    apres: dict[str, str] = field(default_factory=dict)
