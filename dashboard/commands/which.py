"""Which dataset a command works on: the folder given, else the installed version, else the embedded demonstration."""

from collections.abc import Callable
from pathlib import Path

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
