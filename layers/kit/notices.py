"""What a layer cannot show, in words that say what to do about it."""

from data.frames import Frames
from data.measures import territories
from data.model import Maille
from layers.kit.texts import count, enumerate_fr, noun, typeset


def missing(frames: Frames, *tables: str) -> tuple[str, ...]:
    """Name the files of these tables that the dataset did not bring."""
    return tuple(f"{t.replace('_', '-')}.csv" for t in tables if not frames.has(t))


def lacking(fichiers: tuple[str, ...], consequence: str) -> str:
    """Say which tables are missing, what follows and what to do: « La table services.csv manque : … »."""
    nombre = len(fichiers)
    sujet = f"{noun(nombre, 'La table', 'Les tables')} {enumerate_fr(fichiers)} {noun(nombre, 'manque', 'manquent')}"
    remede = noun(nombre, "L'ajouter au jeu de données.", "Les ajouter au jeu de données.")
    return typeset(f"{sujet} : {consequence}. {remede}")


def without_epci(frames: Frames, maille: Maille) -> tuple[str, ...]:
    """Say how many communes belong to no territory of this maille."""
    hors = int((territories.groups(frames, maille).rang < 0).sum())
    return (f"{count(hors, 'commune sans Epci', 'communes sans Epci')} hors de cette carte.",) if hors else ()
