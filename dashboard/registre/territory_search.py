"""The territories that a few letters may mean."""

import unicodedata

from data.frames import Frames
from data.measures import lookup, territories
from data.measures.cache import per_frames
from data.model import MAILLES_CARTE

MONTRES = 30


def plain(texte: str) -> str:
    """Return a text without accents, case, hyphens nor apostrophes."""
    flat = "".join(c for c in unicodedata.normalize("NFD", texte.casefold()) if not unicodedata.combining(c))
    return flat.replace("-", " ").replace("'", " ").replace("\u2019", " ").strip()


def label(frames: Frames, code: str) -> str:
    """Return what a choice says: « Calais (62193) »."""
    return f"{frames.noms.get(code, code)} ({code})"


@per_frames
def _choices(frames: Frames) -> tuple[tuple[str, str, str], ...]:
    """Return code, label and plain label of every territory, the widest mailles first."""
    codes = [c for m in reversed(MAILLES_CARTE) for c in territories.groups(frames, m).codes]
    return tuple((c, label(frames, c), plain(label(frames, c))) for c in codes)


def suggest(frames: Frames, texte: str, choisi: str = "") -> list[dict[str, str]]:
    """Return the choices for what is typed: beginnings first, then beginnings of a word, then anywhere.

    The territory already chosen stays among them, since the box forgets a value that is not a choice.
    """
    asked = plain(texte)
    found = sorted(
        (rank, i)
        for i, (_, _, flat) in enumerate(_choices(frames))
        if (rank := 0 if flat.startswith(asked) else 1 if f" {asked}" in flat else 2 if asked in flat else 3) < 3
    )[:MONTRES]
    options = [{"value": c, "label": said} for c, said, _ in (_choices(frames)[i] for _, i in found)]
    if choisi in lookup.known_codes(frames) and choisi not in {o["value"] for o in options}:
        options.insert(0, {"value": choisi, "label": label(frames, choisi)})
    return options
