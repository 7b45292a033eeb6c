"""Datasets that the tests share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from data.frames import Frames

RACINE = Path(__file__).resolve().parents[1]
REEL = RACINE.parent / "shared" / "reel"


@pytest.fixture(scope="session", autouse=True)
def own_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test reads or writes what this machine's user has installed or written down."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ATLAS_MAGASIN", str(tmp_path_factory.mktemp("magasin")))
        patch.delenv("ATLAS_DATABASE_URL", raising=False)
        yield


@pytest.fixture(scope="session")
def reel() -> Path:
    """Folder of real open data; skips where it is absent."""
    if not REEL.is_dir():
        pytest.skip(f"les données réelles ne sont pas là : {REEL}")
    return REEL


@pytest.fixture(scope="session")
def frames_demo() -> Frames:
    """The embedded demonstration."""
    from data import jeu

    return jeu.load(RACINE / "data" / "demo" / "jeu")


@pytest.fixture(scope="session")
def frames_62(reel: Path) -> Frames:
    """The real Pas-de-Calais, its agreements fictitious."""
    from data import jeu

    return jeu.load(reel / "jeu-62")
