"""Credits of a layer: the sources of the tables it used."""

from pathlib import PurePath

from data.frames import Frames
from data.model import Source

_CLASSEUR = "jeu"


def sources_of(frames: Frames, *tables: str) -> tuple[Source, ...]:
    """Return the sources of these tables in the order of the dataset, then that of the outlines.

    Tables without a source of their own take that of the workbook.
    """
    par_table = [(PurePath(s.fichier).stem.replace("-", "_").lower(), s) for s in frames.jeu.sources]
    autres = [s for table, s in par_table if table in tables and table != "communes"]
    if not {table for table, _ in par_table}.issuperset(tables):
        autres += [s for table, s in par_table if table == _CLASSEUR]
    return (*autres, *(s for table, s in par_table if table == "communes"))
