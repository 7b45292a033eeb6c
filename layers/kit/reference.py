"""The reference on which bounds are frozen, so that a colour means the same on every day shown."""

from datetime import date

from data.frames import Frames


def reference_day(frames: Frames, defaut: date) -> date:
    """Return the day whose figures set the bounds: the dataset's own "today", else its last update."""
    mises_a_jour = [s.date_maj for s in frames.jeu.sources if s.date_maj]
    return frames.jeu.date_reference or max(mises_a_jour, default=defaut)
