"""What the indicator behind an objective was over its perimeter, year after year, and which way it went."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from data.frames import Frames
from data.measures import indicators, perimeters, territories
from data.measures.cache import per_frames
from data.measures.sums import Lecture
from data.model import Maille, Profil


class Evolution(StrEnum):
    """Which way a series went from its first known year to its last."""

    HAUSSE = "hausse"
    BAISSE = "baisse"
    STABLE = "stable"
    UNE_ANNEE = "une_annee"
    AUCUNE = "aucune"

    @property
    def libelle(self) -> str:
        """French label: a direction, not a judgement."""
        return {
            "hausse": "↗ hausse",
            "baisse": "↘ baisse",
            "stable": "→ stable",
            "une_annee": "une seule année connue",
            "aucune": "aucune année connue",
        }[self]


@dataclass(frozen=True, slots=True)
class Suite:
    """The known values of an indicator, a year and a value each, in order of year, and which way they went."""

    points: tuple[tuple[int, float], ...]
    evolution: Evolution


def of_perimeter(
    frames: Frames, communes: tuple[str, ...], indicateur: str, jour: date, profil: Profil = Profil.INTERNE
) -> Suite | None:
    """Return the series of an indicator up to the year of a day.

    None where the dataset does not hold the indicator, or where the perimeter is no commune, Epci nor département:
    a rate of just these communes is then published by nobody.
    """
    code, exact = perimeters.place_of(frames, communes)
    maille = territories.maille_of(frames, code) if exact else None
    if maille is None or indicateur not in indicators.listed(frames):
        return None
    points = tuple(p for p in _points(frames, indicateur, maille, code, profil) if p[0] <= jour.year)
    return Suite(points, evolution(points, frames.jeu.parametres.evolution_stable_pct))


@per_frames
def _points(
    frames: Frames, indicateur: str, maille: Maille, code: str, profil: Profil
) -> tuple[tuple[int, float], ...]:
    annees = indicators.series(frames, indicateur, maille, code, Lecture(date.max.year, profil))
    return tuple((m.annee, m.valeur) for m in annees if m.annee is not None and m.valeur is not None)


def evolution(points: tuple[tuple[int, float], ...], stable_pct: float) -> Evolution:
    """Compare the last value with the first: a change of less than `stable_pct` % of the first is no change."""
    if len(points) < 2:
        return Evolution.UNE_ANNEE if points else Evolution.AUCUNE
    depart, ecart = points[0][1], points[-1][1] - points[0][1]
    if ecart == 0 or abs(ecart) * 100 < stable_pct * abs(depart):
        return Evolution.STABLE
    return Evolution.HAUSSE if ecart > 0 else Evolution.BAISSE
