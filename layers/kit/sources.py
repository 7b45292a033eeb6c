"""Credits of a layer: the sources of the tables it used."""

from pathlib import PurePath

from data.frames import Frames
from data.model import Source


def sources_of(frames: Frames, *tables: str) -> tuple[Source, ...]:
    """Return the sources of these tables in the order of the dataset, then that of the outlines."""
    par_table = [(PurePath(s.fichier).stem.replace("-", "_").lower(), s) for s in frames.jeu.sources]
    autres = [s for table, s in par_table if table in tables and table != "communes"]
    return (*autres, *(s for table, s in par_table if table == "communes"))
