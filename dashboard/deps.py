"""What callbacks are given: the dataset in service, the cache of products, the published files."""

from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from threading import Lock
from typing import TypeVar

from flask_caching import Cache

from dashboard.carnet.database import Carnet
from dashboard.datasets import DatasetInService
from data.frames import Frames
from data.measures.cache import per_frames
from layers.renderers.leaflet import Fichier, ground_file

T = TypeVar("T")
_FICHIERS_GARDES = 512


class Published:
    """Files named by their content, kept in memory for the browsers that will ask for them."""

    def __init__(self) -> None:
        self._files: OrderedDict[str, bytes] = OrderedDict()
        self._lock = Lock()

    def publish(self, files: Iterable[Fichier]) -> None:
        """Keep these files, the oldest ones leaving when there are too many."""
        with self._lock:
            for file in files:
                self._files[file.nom] = file.gzip
                self._files.move_to_end(file.nom)
            while len(self._files) > _FICHIERS_GARDES:
                self._files.popitem(last=False)

    def get(self, nom: str) -> bytes | None:
        """Return the gzipped content of a published file, None where unknown."""
        return self._files.get(nom)


@dataclass(frozen=True)
class Deps:
    """Everything a callback may touch; `carnet` is what people write down."""

    datasets: DatasetInService
    cache: Cache
    published: Published
    today: Callable[[], date]
    carnet: Carnet = field(default_factory=Carnet.default)

    def frames(self) -> Frames:
        """Return the dataset in service."""
        return self.datasets.frames()

    def product(self, kind: str, adresse: str, make: Callable[[], T]) -> T:
        """Return a product from the cache, keyed by kind, dataset version, day and address, or make it."""
        key = f"{kind}|{self.frames().jeu.version}|{self.today().isoformat()}|{adresse}"
        found: T | None = self.cache.get(key)
        if found is None:
            found = make()
            self.cache.set(key, found)
        return found

    def ground(self, frames: Frames) -> str:
        """Publish the geometry of the dataset in service, or of one Caf of it, and return the name of its file."""
        file = _ground(frames)
        self.published.publish((file,))
        return file.nom


_GROUND = Lock()


def _ground(frames: Frames) -> Fichier:
    with _GROUND:  # made once, however many ask at the start
        return _ground_of(frames)


@per_frames
def _ground_of(frames: Frames) -> Fichier:
    return ground_file(frames)
