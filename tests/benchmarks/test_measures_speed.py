"""How long the measures take on each click: figures to read, no time is asserted."""

from datetime import date, timedelta
from itertools import count
from timeit import repeat

import pytest

from dashboard.figures import figures
from data.frames import Frames
from data.measures import coverage, density, sheet
from data.model import FiltreEchelon, Maille
from layers.kit.view import View

pytestmark = [pytest.mark.benchmark, pytest.mark.real]


def test_measures_of_a_click(frames_62: Frames) -> None:
    jours = (date(2015, 1, 1) + timedelta(days=rang % 4000) for rang in count())
    mesures = {
        "coverage": lambda: coverage.compute(frames_62, next(jours), FiltreEchelon.TOUS, "petite_enfance"),
        "list of agreements": lambda: coverage.compute(frames_62, next(jours)).ctg_par_commune,
        "density, communes": lambda: density.compute(frames_62, next(jours), "petite_enfance", Maille.COMMUNE),
        "density, Epci": lambda: density.compute(frames_62, next(jours), "tous", Maille.EPCI),
        "figures": lambda: figures(frames_62, View(date=next(jours), champ="petite_enfance"), ""),
        "sheet": lambda: sheet.of_territory(frames_62, "62041", next(jours)),
    }
    for nom, mesure in mesures.items():
        mesure()
        print(f"{nom:20} {1000 * min(repeat(mesure, number=5, repeat=5)) / 5:8.2f} ms")
