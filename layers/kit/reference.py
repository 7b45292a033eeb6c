"""The reference on which bounds are frozen, so that a colour means the same on every day shown."""

from datetime import date

import pandas as pd

from data.frames import Frames
from data.measures.cache import per_frames
from layers.kit.texts import long_date

ANNEES_MAX = 30
_DATES = (("ctg", "date_signature"), ("services", "date_ouverture"))


def reference_day(frames: Frames, defaut: date) -> date:
    """Return the day up to which figures set the bounds: the dataset's own "today", its last update, its last event."""
    mises_a_jour = [s.date_maj for s in frames.jeu.sources if s.date_maj]
    evenements = [d.max().date() for t, c in _DATES if not pd.isna((d := frames[t][c]).max())]
    return frames.jeu.date_reference or max(mises_a_jour, default=None) or max(evenements, default=defaut)


@per_frames
def reference_days(frames: Frames, dernier: date) -> tuple[date, ...]:
    """Return the end of each year of the deployment, from that of the first signature, then its last day.

    Without any signature, that day alone; at most thirty years.
    """
    premiere = frames["ctg"]["date_signature"].min()
    debut = dernier.year if pd.isna(premiere) else max(premiere.year, dernier.year - ANNEES_MAX)
    return (*(date(annee, 12, 31) for annee in range(debut, dernier.year)), dernier)


def days_said(jours: tuple[date, ...]) -> str:
    """Write « à la fin de chaque année de 2019 à 2025 et au 1er novembre 2026 »."""
    *fins, dernier = jours
    if not fins:
        return f"au {long_date(dernier)}"
    annees = f"de {fins[0].year} à {fins[-1].year}" if len(fins) > 1 else f"{fins[0].year}"
    debut = f"à la fin de chaque année {annees}" if len(fins) > 1 else f"à la fin de {annees}"
    return f"{debut} et au {long_date(dernier)}"
