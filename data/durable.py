"""Writing that survives a kill or a power cut: flush to the disk, replace in one step, one writer at a time."""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

if sys.platform == "win32":
    import msvcrt

    def _lock(flux: IO[str]) -> None:
        msvcrt.locking(flux.fileno(), msvcrt.LK_LOCK, 1)
else:
    import fcntl

    def _lock(flux: IO[str]) -> None:
        fcntl.flock(flux, fcntl.LOCK_EX)


@contextmanager
def exclusive(verrou: Path) -> Iterator[None]:
    """Wait until no one else holds the lock file; the system releases it when its holder dies."""
    with verrou.open("a", encoding="utf-8") as flux:
        _lock(flux)
        yield


def flush_folder(dossier: Path, *, contents: bool = False) -> None:
    """Force the entries of a folder to the disk, the bytes of its files too with `contents`."""
    for chemin in sorted(dossier.iterdir()) if contents else ():
        with chemin.open("rb+") as flux:
            os.fsync(flux.fileno())
    # Not every system lets a folder be opened; there, the rename itself is durable.
    with suppress(OSError):
        descripteur = os.open(dossier, os.O_RDONLY)
        try:
            os.fsync(descripteur)
        finally:
            os.close(descripteur)


def replace_text(chemin: Path, texte: str, prefixe: str) -> None:
    """Give a file a new content in one step: readers see the old one or the new one, whole.

    `prefixe` names the temporary file that a kill may leave beside it.
    """
    descripteur, provisoire = tempfile.mkstemp(prefix=prefixe, dir=chemin.parent)
    with os.fdopen(descripteur, "w", encoding="utf-8") as flux:
        flux.write(texte)
        flux.flush()
        os.fsync(flux.fileno())
    os.replace(provisoire, chemin)
    flush_folder(chemin.parent)
