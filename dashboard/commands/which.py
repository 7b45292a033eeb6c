"""Which dataset a command works on: the folder given, else the installed version, else the embedded demonstration."""

from collections.abc import Callable
from pathlib import Path

from data.store import Store

DEMONSTRATION = Path(__file__).resolve().parents[2] / "data" / "demo" / "jeu"


def locator(jeu: Path | None, magasin: Path | None = None) -> Callable[[], Path]:
    """Return a function that names the folder in service now."""
    if jeu is not None:
        return lambda: jeu
    store = Store(magasin) if magasin else Store.default()
    return lambda: store.current() or DEMONSTRATION
