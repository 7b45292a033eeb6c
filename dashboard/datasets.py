"""The dataset in service: read once per process and version, read again when another version is installed."""

import gc
from collections.abc import Callable
from pathlib import Path
from threading import Lock

from data import jeu
from data.frames import Frames
from data.store import Store


class DatasetInService:
    """Gives the Frames of the folder that `locate` points at now; a folder that went bad leaves the last good one."""

    def __init__(self, locate: Callable[[], Path], magasin: Store | None = None) -> None:
        """Read the dataset at once, so that a corrupt one is refused before anyone is served.

        `magasin` is the store whose current version is served, None where a folder is.
        """
        self.magasin = magasin
        self._locate = locate
        self._lock = Lock()
        self._folder = locate()
        self._frames = jeu.load(self._folder)

    @property
    def dossier(self) -> Path:
        """Folder of the dataset in service."""
        return self._folder

    def frames(self) -> Frames:
        """Return the dataset in service; a change of version costs one read to whoever asks first."""
        folder = self._locate()
        if folder != self._folder:
            with self._lock:
                if folder != self._folder:
                    self._frames, self._folder = jeu.load(folder), folder
                    _thaw()
        return self._frames


def _thaw() -> None:
    """Let go of the dataset that leaves, where `servir` told the collector to pass over it."""
    if gc.get_freeze_count():
        gc.unfreeze()
        gc.collect()
        gc.freeze()
