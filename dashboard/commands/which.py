"""Which dataset and which day a command works on: those given, else the ones in service."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from data.errors import VueError
from data.frames import Frames
from data.store import Store

DEMONSTRATION = Path(__file__).resolve().parents[2] / "data" / "demo" / "jeu"


def locator(jeu: Path | None, magasin: Path | None = None) -> Callable[[], Path]:
    """Return a function that names the folder in service now."""
    store = served_store(jeu, magasin)
    if jeu is not None or store is None:
        return lambda: jeu or DEMONSTRATION
    return lambda: store.current() or DEMONSTRATION


def served_store(jeu: Path | None, magasin: Path | None = None) -> Store | None:
    """Return the store whose current version a command works on, None where a folder is given."""
    if jeu is not None:
        return None
    return Store(magasin) if magasin else Store.default()


def day_of(frames: Frames, texte: str) -> date:
    """Return the day given, else the one that the dataset is read at. Raises: VueError for anything but AAAA-MM-JJ."""
    if not texte:
        return frames.jeu.date_reference or date.today()
    try:
        return date.fromisoformat(texte)
    except ValueError:
        raise VueError(f"« {texte} » n'est pas une date : l'écrire AAAA-MM-JJ.") from None
