"""Archives as producers publish them: their members are looked at like any other file."""

import gzip
import os
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from time import mktime

_CLASSEUR = "[Content_Types].xml"
_TAILLE_MAX = 8 * 1024**3
"""An archive that would unpack to more is left alone."""


def is_archive(chemin: Path) -> bool:
    """Tell whether a file is to be unpacked: `.zip` that is no workbook, or `.gz`."""
    if chemin.suffix.lower() == ".gz":
        return True
    if chemin.suffix.lower() != ".zip" or not zipfile.is_zipfile(chemin):
        return False
    with zipfile.ZipFile(chemin) as archive:
        return _CLASSEUR not in archive.namelist()


def unpack(chemin: Path, vers: Path) -> Iterator[tuple[str, Path]]:
    """Unpack an archive into a folder: (name inside the archive, file). A damaged archive gives nothing more.

    Dates are those of the members, names are kept flat so that no member can be written elsewhere.
    """
    vers.mkdir(parents=True, exist_ok=True)
    if chemin.suffix.lower() == ".gz":
        yield from _gunzip(chemin, vers)
        return
    with zipfile.ZipFile(chemin) as archive:
        membres = [m for m in archive.infolist() if not m.is_dir()]
        if sum(m.file_size for m in membres) > _TAILLE_MAX:
            return
        for membre in membres:
            cible = vers / membre.filename.replace("\\", "/").rsplit("/", 1)[-1]
            if cible.exists() or cible.name.startswith("."):
                continue
            with archive.open(membre) as source, cible.open("wb") as sortie:
                shutil.copyfileobj(source, sortie)
            date = mktime((*membre.date_time, 0, 0, -1))
            os.utime(cible, (date, date))
            yield membre.filename, cible


def _gunzip(chemin: Path, vers: Path) -> Iterator[tuple[str, Path]]:
    cible = vers / chemin.stem
    with gzip.open(chemin) as source, cible.open("wb") as sortie:
        shutil.copyfileobj(source, sortie)
    shutil.copystat(chemin, cible)
    yield chemin.stem, cible
