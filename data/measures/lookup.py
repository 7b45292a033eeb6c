"""The territories that an address may name."""

from data.frames import Frames
from data.measures.cache import per_frames
from data.measures.territories import groups
from data.model import MAILLES_CARTE


@per_frames
def known_codes(frames: Frames) -> frozenset[str]:
    """Return the codes of every commune, Epci, département and QPV of the dataset."""
    codes = {code for maille in MAILLES_CARTE for code in groups(frames, maille).codes}
    return frozenset(codes | set(frames.qpv["code_qpv"]))
