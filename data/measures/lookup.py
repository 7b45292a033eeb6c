"""Territories as a person looks for them: by name or by code."""

from data.frames import Frames
from data.measures.cache import per_frames
from data.measures.territories import groups
from data.model import MAILLES_CARTE, Maille


@per_frames
def known_codes(frames: Frames) -> frozenset[str]:
    """Return the codes of every commune, Epci, département and QPV of the dataset."""
    codes = {code for maille in MAILLES_CARTE for code in groups(frames, maille).codes}
    return frozenset(codes | set(frames.qpv["code_qpv"]))


@per_frames
def search_labels(frames: Frames) -> tuple[tuple[str, str], ...]:
    """Return (code, "Name (code)") of every département, Epci and commune, in that order, names sorted."""
    found = []
    for maille in (Maille.DEPARTEMENT, Maille.EPCI, Maille.COMMUNE):
        named = sorted((frames.noms.get(code, code), code) for code in groups(frames, maille).codes)
        found.extend((code, f"{nom} ({code})") for nom, code in named)
    return tuple(found)
